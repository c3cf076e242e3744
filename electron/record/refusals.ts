import type { OpenDatabase } from '../../db/open.ts'
import type { Procedure } from '../../shared/contract/procedure.ts'
import type { Clock, IdSource } from '../../shared/ids.ts'
import { recordSecurityEvent } from '../people/security-events.ts'
import type { Log } from '../rpc/log.ts'

type Parts = {
  readonly database: OpenDatabase
  readonly clock: Clock
  readonly ids: IdSource
  readonly log: Log
}

type Who = {
  readonly userId: string | null
  readonly deviceId: string
  /** The business that was named, if it is one. */
  readonly organizationId: string | null
}

// A window that asks again and again is one try.
const againAfter = 3_600_000

/**
 * Puts on record that somebody tried what their role does not include: every command, and every reading that counts as
 * sensitive; once an hour for each person and procedure.
 */
export const createRefusals = ({ database, clock, ids, log }: Parts) => {
  const told = new Map<string, number>()
  return async (name: string, procedure: Procedure, { userId, deviceId, organizationId }: Who): Promise<void> => {
    if (procedure.kind !== 'command' && (procedure.kind !== 'query' || procedure.sensitive === undefined)) return
    const tried = Date.parse(clock.now())
    const key = `${userId} ${name}`
    const before = told.get(key)
    if (before !== undefined && tried - before < againAfter) return
    told.set(key, tried)
    try {
      await database.writer.transaction().execute(async (trx) => {
        const known =
          organizationId === null
            ? undefined
            : await trx.selectFrom('organizations').select('id').where('id', '=', organizationId).executeTakeFirst()
        const organization = known?.id ?? null
        const at = clock.now()
        const id = ids.next()
        const command = { id, organizationId: organization, userId, deviceId, procedure: 'access.refused', at }
        const seq = database.unitOfWork.begin({ ...command, idempotencyKey: null, inputHash: null })
        const data = { procedure: name }
        await recordSecurityEvent(trx, { at, organizationId: organization, userId, deviceId, kind: 'refused', data })
        await database.unitOfWork.finish(seq, null)
      })
    } catch (error) {
      // They were refused; a full disk must not give them another answer.
      log.error({ procedure: name, error }, 'a refused try could not be recorded')
    }
  }
}

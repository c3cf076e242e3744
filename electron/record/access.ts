import type { OpenDatabase } from '../../db/open.ts'
import type { Clock, IdSource } from '../../shared/ids.ts'
import { recordSecurityEvent } from '../people/security-events.ts'
import type { Caller } from '../rpc/context.ts'

type Parts = { readonly database: OpenDatabase; readonly clock: Clock; readonly ids: IdSource }

type Access = {
  readonly procedure: string
  readonly what: string
  readonly input: unknown
  /** Whether something leaves or shows what is nobody else's business; looking back shows what was there before. */
  readonly isExport?: boolean
}

// Whom or what was asked for, where the input names one thing.
const subjectOf = (input: unknown): string | null => {
  if (typeof input !== 'object' || input === null) return null
  for (const key of ['clientId', 'id']) {
    const value: unknown = Reflect.get(input, key)
    if (typeof value === 'string') return value
  }
  return null
}

const detailOf = (input: unknown): string => {
  const sheet: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'sheet') : null
  return typeof sheet === 'string' ? ` (${sheet})` : ''
}

/** Puts on record that somebody read what is sensitive, before they get it. */
export const recordAccess = async (
  { database, clock, ids }: Parts,
  { userId, deviceId, organizationId }: Caller,
  { procedure, what, input, isExport = true }: Access,
): Promise<void> => {
  if (organizationId === '') return
  await database.writer.transaction().execute(async (trx) => {
    // Not before: what was waited for has happened earlier.
    const now = clock.now()
    const seq = database.unitOfWork.begin({
      id: ids.next(),
      organizationId,
      userId,
      deviceId,
      procedure,
      at: now,
      idempotencyKey: null,
      inputHash: null,
    })
    await trx
      .insertInto('accesses')
      .values({
        id: ids.next(),
        organizationId,
        createdAt: now,
        updatedAt: now,
        procedure,
        what: `${what}${detailOf(input)}`,
        subjectId: subjectOf(input),
      })
      .execute()
    const data = { what: `${what}${detailOf(input)}` }
    if (isExport) await recordSecurityEvent(trx, { at: now, organizationId, userId, deviceId, kind: 'exported', data })
    await database.unitOfWork.finish(seq, null)
  })
}

import type { OpenDatabase } from '../../db/open.ts'
import { lookCommand } from '../../shared/disclosures.ts'
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

type Row = {
  readonly caller: Pick<Caller, 'userId' | 'deviceId' | 'organizationId'>
  /** What the command is called in the record. */
  readonly command: string
  readonly procedure: string
  readonly what: string
  readonly subjectId: string | null
  readonly isExport: boolean
}

const write = async ({ database, clock, ids }: Parts, row: Row): Promise<void> => {
  const { caller, command, procedure, what, subjectId, isExport } = row
  const { userId, deviceId, organizationId } = caller
  await database.writer.transaction().execute(async (trx) => {
    // Not before: what was waited for has happened earlier.
    const now = clock.now()
    const seq = database.unitOfWork.begin({
      id: ids.next(),
      organizationId,
      userId,
      deviceId,
      procedure: command,
      at: now,
      idempotencyKey: null,
      inputHash: null,
    })
    await trx
      .insertInto('accesses')
      .values({ id: ids.next(), organizationId, createdAt: now, updatedAt: now, procedure, what, subjectId })
      .execute()
    const event = { at: now, organizationId, userId, deviceId, kind: 'exported' as const, data: { what } }
    if (isExport) await recordSecurityEvent(trx, event)
    await database.unitOfWork.finish(seq, null)
  })
}

/** Puts on record that somebody read what is sensitive, before they get it. */
export const recordAccess = async (
  parts: Parts,
  caller: Caller,
  { procedure, what, input, isExport = true }: Access,
): Promise<void> => {
  if (caller.organizationId === '') return
  const words = `${what}${detailOf(input)}`
  await write(parts, {
    caller,
    command: procedure,
    procedure,
    what: words,
    subjectId: subjectOf(input),
    isExport,
  })
}

/** That somebody looked at what is not everybody's to see. */
export type Look = Omit<Row, 'command' | 'isExport'> & {
  /** When; the row is written a little later, or much later where the disk was full. */
  readonly at: string
}

const minute = 60_000

/** Puts a look on record; one that could not be written when it happened says when that was. */
export const recordLook = async (parts: Parts, { at, what, ...look }: Look): Promise<void> => {
  const isLate = Date.parse(parts.clock.now()) - Date.parse(at) > minute
  const words = isLate ? `${what} (at ${at}, when it could not be written)` : what
  await write(parts, { ...look, what: words, command: lookCommand, isExport: false })
}

import { databaseError } from '../../db/errors.ts'
import type { OpenDatabase } from '../../db/open.ts'
import type { DisclosedSubject, Discloses } from '../../shared/disclosures.ts'
import { AppError } from '../../shared/errors.ts'
import type { Clock, IdSource } from '../../shared/ids.ts'
import type { Caller, Db } from '../rpc/context.ts'
import type { Log } from '../rpc/log.ts'
import { type Look, recordLook } from './access.ts'

type Parts = {
  readonly database: OpenDatabase
  readonly clock: Clock
  readonly ids: IdSource
  readonly log: Log
}

// A page that is opened again and again is one look.
const againAfter = 3_600_000
// Far more than anybody looks at in an hour; beyond it whatever is older than that goes.
const mostTold = 20_000
// A long command may hold the pen: whoever only reads waits no longer than is felt.
const longestWait = 250
const mostOwed = 1000

const fileOf = { client: 'clients', invoice: 'invoices', quote: 'quotes', 'credit-note': 'creditNotes' } as const
const isFileOf = (entity: string): entity is keyof typeof fileOf => entity in fileOf

/** Whose it is: the client behind a document, a message or a file; null where nobody is behind it. */
const whose = async (db: Db, { table, id }: DisclosedSubject): Promise<string | null> => {
  if (table === 'invoices' || table === 'quotes' || table === 'creditNotes' || table === 'outboxMessages') {
    const row = await db.selectFrom(table).select('clientId').where('id', '=', id).executeTakeFirst()
    return row?.clientId ?? null
  }
  if (table !== 'attachments') return id
  const file = await db.selectFrom('attachments').select(['entity', 'entityId']).where('id', '=', id).executeTakeFirst()
  if (file === undefined || !isFileOf(file.entity)) return null
  return await whose(db, { table: fileOf[file.entity], id: file.entityId })
}

/** Remembers what was told within the hour. */
const createMemory = () => {
  const told = new Map<string, number>()
  return {
    isKnown: (key: string, now: number): boolean => {
      const before = told.get(key)
      // A clock that was set back is no reason to be silent.
      return before !== undefined && Math.abs(now - before) < againAfter
    },
    keep: (key: string, now: number): void => {
      if (told.size >= mostTold) for (const [old, at] of told) if (Math.abs(now - at) >= againAfter) told.delete(old)
      if (told.size >= mostTold) told.clear()
      told.set(key, now)
    },
  }
}

const within = async (work: Promise<void>, milliseconds: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)))])
  clearTimeout(timer)
}

// What a disk that is full or read-only may take later; anything else never goes through.
const mayComeLater = (error: unknown): boolean => error instanceof AppError && error.code.startsWith('STORAGE_')

/** Puts looks on record one after the other; what cannot be written now is owed, and goes with the next. */
const createBook = (parts: Parts) => {
  const owed: Look[] = []
  let running: Promise<void> | null = null
  const write = async () => {
    for (let look = owed[0]; look !== undefined; look = owed[0]) {
      try {
        await recordLook(parts, look)
      } catch (thrown) {
        const error = databaseError(thrown)
        parts.log.warn({ procedure: look.procedure, error }, 'a look could not be put on record')
        if (mayComeLater(error)) return
      }
      owed.shift()
    }
  }
  return (look: Look): Promise<void> => {
    // Without a place to write there is an end to what is remembered: the first ones say who it was.
    if (owed.length < mostOwed) owed.push(look)
    running ??= write().finally(() => {
      running = null
    })
    return running
  }
}

export type NoteLook = (
  caller: Caller,
  procedure: string,
  discloses: Discloses<unknown>,
  input: unknown,
) => Promise<void>

/**
 * Puts on record who looked at what people, tax numbers and bank accounts are known by: once an hour for each session,
 * person and thing, and only where people are told apart. Reading goes on where it cannot be written: see decision 31.
 */
export const createDisclosures = (parts: Parts): NoteLook => {
  const { database, clock } = parts
  const memory = createMemory()
  const put = createBook(parts)
  return async (caller, procedure, { what, subject }, input) => {
    if (caller.sessionId === undefined || caller.sessionId === null || caller.organizationId === '') return
    const asked = subject?.(input)
    if (asked === null || asked?.id === caller.userId) return
    const now = Date.parse(clock.now())
    const whole = `${caller.sessionId} ${caller.organizationId} ${what}`
    const key = asked === undefined ? whole : `${whole} ${asked.table} ${asked.id}`
    if (memory.isKnown(key, now)) return
    memory.keep(key, now)
    const subjectId = asked === undefined ? null : await whose(database.reader, asked)
    if (asked !== undefined) {
      if (subjectId === null) return
      const person = `${whole} ${subjectId}`
      if (memory.isKnown(person, now)) return
      memory.keep(person, now)
    }
    await within(put({ caller, procedure, what, subjectId, at: clock.now() }), longestWait)
  }
}

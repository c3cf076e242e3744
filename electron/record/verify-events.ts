import { createPublicKey, verify } from 'node:crypto'
import { sql } from 'kysely'
import { sha256 } from '../../db/record/effect.ts'
import { type Entry, entryHash, signedText } from '../../db/record/entry.ts'
import { type EventAnchor, readAnchor } from '../../db/record/event-anchor.ts'
import { rawRows } from '../features/raw-rows.ts'
import { eventHash, eventsBegin } from '../people/security-events.ts'
import type { Db, Trx } from '../rpc/handles.ts'
import type { KnownEvent } from './verification.ts'

export type EventsVerdict = {
  readonly count: number
  /** The hash of the newest event. */
  readonly head: string
  /** The first event that is not as it was written, or that is missing; null for a whole chain. */
  readonly firstBad: number | null
  /** In words; null for a whole chain. */
  readonly text: string | null
  /** Nothing wrong, but worth knowing. */
  readonly notes: readonly string[]
}

const pageSize = 1000

// By itself only: that the key is the device's, and that none is missing, is for whoever walks the whole record.
const isSigned = (entry: Entry): boolean => {
  try {
    // Written by this product; anything else ends in the catch.
    const { publicKey } = JSON.parse(entry.body ?? '{}') as { readonly publicKey: string }
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return (
      sha256(`${entry.body}\n`).equals(entry.effectHash) &&
      entryHash(entry).equals(entry.hash) &&
      verify(null, signedText(entry.hash), key, entry.signature)
    )
  } catch {
    return false
  }
}

type SignedAnchor = EventAnchor & { readonly isSigned: boolean }

const anchorsOf = async (db: Db | Trx): Promise<SignedAnchor[]> => {
  const rows = await db
    .selectFrom('chainEntries')
    .selectAll()
    .where('kind', '=', 'key')
    // The index is of the few entries that are no commands.
    .where('kind', '<>', 'command')
    // As they were written, whatever the clock said; a device that came later has the later id.
    .orderBy('deviceId')
    .orderBy('seq')
    .execute()
  return rows.flatMap((entry) => {
    const anchor = readAnchor(entry.body)
    return anchor === null ? [] : [{ ...anchor, isSigned: isSigned(entry) }]
  })
}

const newest = ({ hashes }: EventAnchor) => hashes.at(-1)

// A restore that found fewer events than the record says there were: it is the event that the chain goes on with.
const isRestart = async (db: Db | Trx, anchor: EventAnchor): Promise<boolean> => {
  const event = db.selectFrom('securityEvents').select(['kind', 'hash']).where('seq', '=', anchor.seq)
  const row = await event.executeTakeFirst()
  return row?.kind === 'restored' && row.hash === newest(anchor)
}

// The counter of SQLite remembers events that are no longer there.
const countsOf = async (db: Db | Trx): Promise<{ readonly present: number; readonly ever: number }> => {
  const [row] = await rawRows<{ present: number | bigint | null; ever: number | bigint | null }>(
    db,
    sql`SELECT (SELECT max(seq) FROM security_events) AS present,
      (SELECT seq FROM sqlite_sequence WHERE name = 'security_events') AS ever`,
  )
  return { present: Number(row?.present ?? 0), ever: Number(row?.ever ?? 0) }
}

type Expected = {
  /** The hash that each event must have, as far as the signed record says it. */
  readonly hashes: ReadonlyMap<number, string>
  /** How far the signed record says that the events come; 0 where it says nothing. */
  readonly last: number
  /** How many there were before the record was asked: those that come meanwhile are in it later. */
  readonly present: number
  /** How many there must be. */
  readonly least: number
  /** The first event of which the record says two things. */
  readonly contradicted: number | null
  readonly notes: readonly string[]
}

const expectedOf = async (db: Db | Trx, known: readonly KnownEvent[]): Promise<Expected> => {
  const hashes = new Map<number, string>()
  const notes: string[] = []
  let last = 0
  let contradicted: number | null = null
  const { present, ever } = await countsOf(db)
  const doubt = (seq: number) => {
    contradicted = Math.min(contradicted ?? seq, seq)
  }
  const expect = (seq: number, hash: string) => {
    const before = hashes.get(seq)
    if (before === undefined) hashes.set(seq, hash)
    else if (before !== hash) doubt(seq)
  }
  for (const anchor of await anchorsOf(db)) {
    const first = anchor.seq - anchor.hashes.length + 1
    if (!anchor.isSigned) doubt(first)
    if ((hashes.get(anchor.seq) ?? newest(anchor)) !== newest(anchor) && (await isRestart(db, anchor))) {
      for (let gone = anchor.seq; gone <= last; gone += 1) hashes.delete(gone)
      notes.push(`Security events ${anchor.seq} to ${last} of before a restore could not be brought along.`)
      last = anchor.seq
    }
    for (const [index, hash] of anchor.hashes.entries()) expect(first + index, hash)
    last = Math.max(last, anchor.seq)
  }
  for (const { seq, hash } of known) expect(seq, hash)
  const least = Math.max(last, ever, ...known.map(({ seq }) => seq))
  return { hashes, last, present, least, contradicted, notes }
}

type Event = Parameters<typeof eventHash>[1] & { readonly prevHash: string; readonly hash: string }

const problemOf = (event: Event, at: KnownEvent, { hashes, last, present }: Expected): string | null => {
  const { prevHash, hash, ...link } = event
  const seq = at.seq + 1
  if (link.seq !== seq) return `Security event ${seq} is missing.`
  if (prevHash !== at.hash) {
    return `Security event ${seq} does not follow on the one before it: one was changed, moved, removed or put in.`
  }
  if (hash !== eventHash(prevHash, link)) return `Security event ${seq} was changed: its hash does not fit.`
  const expected = hashes.get(seq)
  if (expected !== undefined && expected !== hash) {
    return `Security event ${seq} is not the one that was signed: the events from there on were worked out anew.`
  }
  const isOwed = last > 0 && seq > last && seq <= present
  return isOwed ? `Security event ${seq} was put in: the record says nothing of it.` : null
}

/**
 * Reads the chain of security events again, against what the signed record and heads from elsewhere say of it; names the
 * first that was changed, removed, moved, put in, cut off, or worked out anew.
 */
export const verifyEvents = async (
  db: Db | Trx,
  { known }: { readonly known: readonly KnownEvent[] },
): Promise<EventsVerdict> => {
  const expected = await expectedOf(db, known)
  const { notes, contradicted } = expected
  let at: KnownEvent = { seq: 0, hash: eventsBegin }
  const bad = (text: string): EventsVerdict => ({ ...verdict(), firstBad: at.seq + 1, text })
  const verdict = () => ({ count: at.seq, head: at.hash, firstBad: null, text: null, notes })
  for (;;) {
    const page = await db
      .selectFrom('securityEvents')
      .selectAll()
      .where('seq', '>', at.seq)
      .orderBy('seq')
      .limit(pageSize)
      .execute()
    for (const event of page) {
      const problem = problemOf(event, at, expected)
      if (problem !== null) return bad(problem)
      if (event.seq === contradicted) return bad(`What is signed of security event ${event.seq} does not agree.`)
      at = { seq: event.seq, hash: event.hash }
    }
    if (page.length < pageSize) break
  }
  return at.seq < expected.least
    ? bad(`Security events from ${at.seq + 1} on were cut off: there were ${expected.least}.`)
    : verdict()
}

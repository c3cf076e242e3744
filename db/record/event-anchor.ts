import type Sqlite from 'better-sqlite3'

/**
 * What the signed record says of the chain of security events: how far that came, and the hashes of its newest events, the
 * newest last.
 */
export type EventAnchor = { readonly seq: number; readonly hashes: readonly string[] }

const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

/** The anchor that an entry of the record holds; null where it holds none. */
export const readAnchor = (body: string | null): EventAnchor | null => {
  try {
    const held: unknown = JSON.parse(body ?? 'null')
    const events: unknown = typeof held === 'object' && held !== null ? Reflect.get(held, 'events') : null
    if (typeof events !== 'object' || events === null) return null
    const seq: unknown = Reflect.get(events, 'seq')
    const hashes: unknown = Reflect.get(events, 'hashes')
    if (typeof seq !== 'number' || !Number.isInteger(seq) || !Array.isArray(hashes)) return null
    return hashes.length > 0 && hashes.length <= seq && hashes.every(isHash) ? { seq, hashes } : null
  } catch {
    return null
  }
}

// One command tells of a few. What is older than the record of events is held by the hash of the newest.
const mostNamed = 100

/**
 * Finds out what the record of a device does not say of the security events yet, while the entry with the given number is
 * written; on the writing connection.
 */
export const createAnchors = (database: Sqlite.Database) => {
  const newest = database.prepare('SELECT seq, hash FROM security_events ORDER BY seq DESC LIMIT 1').raw(true)
  const after = database
    .prepare(`SELECT hash FROM security_events WHERE seq > ? ORDER BY seq DESC LIMIT ${mostNamed}`)
    .pluck()
  const anchored = database
    .prepare(
      `SELECT body FROM chain_entries WHERE kind = 'key' AND kind <> 'command' AND device_id = ?
        AND json_extract(body, '$.events') IS NOT NULL ORDER BY seq DESC LIMIT 1`,
    )
    .pluck()
  // Most commands tell of none: what stood there at the last look is asked for first.
  let seen: string | null = null
  let seenAt = 0
  return (deviceId: string, entrySeq: number): EventAnchor | null => {
    // The numbers begin again where a command was rolled back, and with it what it said.
    if (entrySeq <= seenAt) seen = null
    seenAt = entrySeq
    const row = newest.get()
    // In raw mode: seq and hash, as the table declares them.
    if (!Array.isArray(row) || row[1] === seen) return null
    const seq = Number(row[0])
    seen = String(row[1])
    const body: unknown = anchored.get(deviceId)
    const last = readAnchor(typeof body === 'string' ? body : null)
    if (last !== null && last.seq === seq && last.hashes.at(-1) === seen) return null
    // After a restore the events may have begun again further back.
    const from = last !== null && last.seq < seq ? last.seq : seq - 1
    return { seq, hashes: after.all(from).map(String).reverse() }
  }
}

import { sql } from 'kysely'
import { rawRows } from '../features/raw-rows.ts'
import type { Db } from '../rpc/handles.ts'
import type { Findings } from './verification.ts'

const mostNamed = 20

type Counted = { readonly count: number; readonly last: number | null; readonly ever: number | null }
type Gap = { readonly after: number; readonly next: number }

// Numbers are given once and never again, also where a command was rolled back: a gap is a line that was taken out. When
// one business is brought back its lines are written anew, and their numbers say nothing.
const gapsOf = async (db: Db, ever: number): Promise<readonly Gap[]> => {
  const [restored] = await rawRows(
    db,
    sql<{ seq: number }>`SELECT seq FROM commands WHERE procedure = 'recovery.restoreBusiness' LIMIT 1`,
  )
  if (restored !== undefined) return []
  return await rawRows(
    db,
    sql<Gap>`SELECT * FROM (SELECT lag(seq, 1, 0) OVER (ORDER BY seq) AS after, seq AS next
      FROM (SELECT seq FROM activity UNION ALL SELECT ${ever + 1})) WHERE next > after + 1 ORDER BY next LIMIT ${mostNamed}`,
  )
}

/**
 * Holds the lines of timelines against the commands that wrote them: that none is missing, and that each has the instant
 * of its command; returns how many there are. What a line says beyond that is not in the record.
 */
export const verifyTimeline = async (db: Db, findings: Findings): Promise<number> => {
  const say = (commandSeq: number | null, text: string) =>
    findings.add({ kind: 'timeline', deviceId: null, seq: null, commandSeq, text })
  // A picture of the past ends earlier than the numbers that were given, its commands too.
  const [counted] = await rawRows(
    db,
    sql<Counted>`SELECT count(*) AS count, max(seq) AS last,
      (SELECT t.seq FROM sqlite_sequence t, sqlite_sequence c WHERE t.name = 'activity' AND c.name = 'commands'
        AND c.seq = (SELECT max(seq) FROM commands)) AS ever FROM activity`,
  )
  const { count = 0, last = 0, ever = 0 } = counted ?? {}
  const end = Math.max(Number(last ?? 0), Number(ever ?? 0))
  if (end > count) {
    for (const { after, next } of await gapsOf(db, end)) {
      const which =
        next === after + 2
          ? `Line ${after + 1} of the timelines is`
          : `Lines ${after + 1} to ${next - 1} of the timelines are`
      say(null, `${which} missing: it was taken out without the record.`)
    }
  }
  const strange = await rawRows(
    db,
    sql<{
      seq: number
      commandSeq: number
    }>`SELECT a.seq, a.command_seq FROM activity a LEFT JOIN commands c ON c.seq = a.command_seq
      WHERE c.seq IS NULL OR (c.procedure <> 'recovery.restoreBusiness' AND c.at <> a.at)
      ORDER BY a.seq LIMIT ${mostNamed}`,
  )
  for (const { seq, commandSeq } of strange) {
    say(
      commandSeq,
      `Line ${seq} of the timelines is not of command ${commandSeq}, which it names: that was at another instant, or there is none.`,
    )
  }
  return count
}

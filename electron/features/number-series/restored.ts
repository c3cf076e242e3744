import { sql } from 'kysely'
import type { Db } from '../../rpc/context.ts'
import { rawRows } from '../raw-rows.ts'

/** Numbers whose documents went when a backup was restored. */
export type Gone = {
  readonly seriesId: string
  readonly period: string
  readonly from: number
  readonly to: number
  /** When it was restored, by whom, and of when the backup is; null where it is not on record. */
  readonly at: string
  readonly by: string | null
  readonly backup: string | null
  /** One business was brought back, and each of these documents is on record; or everything was, and the counters are. */
  readonly isBusiness: boolean
}

// What the event of a restore says stands at the moment of its command.
const backupOf = sql`(SELECT json_extract(e.data, '$.backup') FROM security_events e
  WHERE e.kind = 'restored' AND e.at = c.at LIMIT 1)`

// A restore of everything lets the counters go on: from what they were in the backup to what they had come to.
const ofEverything = (db: Db, organizationId: string) =>
  rawRows<Omit<Gone, 'isBusiness'>>(
    db,
    sql`SELECT n.series_id, n.period, c.at, u.name AS "by", ${backupOf} AS backup,
        coalesce(json_extract(a.old_values, '$.last_value'), 0) + 1 AS "from", json_extract(a.new_values, '$.last_value') AS "to"
      FROM commands c JOIN audit_log a ON a.command_seq = c.seq AND a.table_name = 'number_counters'
      JOIN number_counters n ON n.id = a.row_id LEFT JOIN users u ON u.id = c.user_id
      WHERE c.procedure = 'recovery.restore' AND n.organization_id = ${organizationId} ORDER BY a.seq`,
  )

const documentTables = sql.join(['invoices', 'quotes', 'credit_notes'])

// A restore of one business says of each document that it is gone, or a draft again.
const ofBusiness = (db: Db, organizationId: string) =>
  rawRows<Omit<Gone, 'isBusiness'>>(
    db,
    sql`SELECT json_extract(a.old_values, '$.series_id') AS series_id, json_extract(a.old_values, '$.period') AS period,
        c.at, u.name AS "by", ${backupOf} AS backup,
        json_extract(a.old_values, '$.counter') AS "from", json_extract(a.old_values, '$.counter') AS "to"
      FROM commands c JOIN audit_log a ON a.command_seq = c.seq AND a.table_name IN (${documentTables}) AND a.action = 'update'
      LEFT JOIN users u ON u.id = c.user_id
      WHERE c.procedure = 'recovery.restoreBusiness' AND c.organization_id = ${organizationId}
        AND json_extract(a.old_values, '$.counter') IS NOT NULL AND json_extract(a.old_values, '$.series_id') IS NOT NULL
      ORDER BY a.seq`,
  )

/** What restores took away of the numbers of a business, oldest first; as far back as the record goes. */
export const goneByRestores = async (db: Db, organizationId: string): Promise<Gone[]> => [
  ...(await ofEverything(db, organizationId)).map((it) => ({ ...it, isBusiness: false })),
  ...(await ofBusiness(db, organizationId)).map((it) => ({ ...it, isBusiness: true })),
]

const day = (at: string) => at.slice(0, 10)

/** What became of such numbers, in words for an auditor. */
export const goneWords = ({ at, by, backup, isBusiness, from, to }: Gone): string => {
  const which = backup === null ? 'a backup' : `the backup of ${day(backup)}`
  const who = by === null ? '' : ` by ${by}`
  return isBusiness
    ? `Given to documents that went when this business was brought back from ${which} on ${day(at)}${who}. They are not given again.`
    : `Counted when everything went back to ${which} on ${day(at)}${who}: it had come to ${from - 1}, the data that was put aside to ${to}. What was numbered between went with that data; no number is given again.`
}

type Range = { readonly from: number; readonly to: number }
export type Explained = Range & { readonly gone: Gone | null }

/** Cuts missing numbers into those that a restore took away and the rest, in order. */
export const splitByRestores = (missing: readonly Range[], gone: readonly Gone[]): Explained[] => {
  const parts: Explained[] = []
  const byMoment = [...gone].sort((a, b) => (a.at === b.at ? a.to - a.from - (b.to - b.from) : a.at < b.at ? -1 : 1))
  for (const range of missing) {
    let { from } = range
    while (from <= range.to) {
      // The newest that covers this number: it was given by then at the latest.
      const cover = byMoment.findLast((it) => it.from <= from && from <= it.to) ?? null
      const next = Math.min(...gone.filter((it) => it.from > from).map((it) => it.from))
      const to = Math.min(range.to, cover === null ? next - 1 : cover.to)
      const last = parts.at(-1)
      const isSame = last?.to === from - 1 && last.gone?.at === cover?.at && cover?.isBusiness === true
      if (isSame && last !== undefined) parts[parts.length - 1] = { ...last, to }
      else parts.push({ from, to, gone: cover })
      from = to + 1
    }
  }
  return parts
}

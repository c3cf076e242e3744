import { sql } from 'kysely'
import { issuesDocument } from '../../db/record/documents.ts'
import {
  changeLine,
  commandLine,
  documentLine,
  type ErasedRow,
  erasedLine,
  type LineHash,
  lineHash,
} from '../../db/record/effect.ts'
import { mark, personalColumns } from '../../db/record/personal-columns.ts'
import { rawRows } from '../features/raw-rows.ts'
import type { Db, Trx } from '../rpc/handles.ts'
import { resealedEarlier, resealedEffects } from './resealed.ts'
import { type ChangeOfCommand, type StoredCommand, storedChanges, storedCommands } from './stored-changes.ts'
import type { Findings, RecordProblem } from './verification.ts'
import type { Links } from './verify-links.ts'

const pageOf = 500

type RecordedCommand = StoredCommand & {
  readonly entryDevice: string | null
  readonly entrySeq: number | null
  readonly effectHash: Uint8Array | null
}

const recordedCommands = (db: Db, after: number) =>
  rawRows<RecordedCommand>(
    db,
    sql`SELECT c.seq, c.id, c.organization_id, c.user_id, c.device_id, c.procedure, c.at, e.device_id AS entry_device,
      e.seq AS entry_seq, e.effect_hash FROM commands c LEFT JOIN chain_entries e ON e.command_seq = c.seq
      WHERE c.seq > ${after} ORDER BY c.seq LIMIT ${pageOf}`,
  )

/** The rows that erasures found, to be asked for by table and row. */
export const erasedRows = async (db: Db): Promise<ReadonlyMap<string, string>> => {
  const rows = await db.selectFrom('erasureRows').select(['tableName', 'rowId', 'fate']).execute()
  const people = await rawRows<{ row: string }>(
    db,
    sql`SELECT f.value AS row FROM person_erasures p, json_each(p.found) f`,
  )
  return new Map([
    ...rows.map(({ tableName, rowId, fate }): [string, string] => [`${tableName} ${rowId}`, fate]),
    ...people.map(({ row }): [string, string] => [row, 'erased']),
  ])
}

// A commitment may stand only where somebody was erased, and what it stands for must be gone.
const isErased = (change: ChangeOfCommand, erased: ReadonlyMap<string, string>) => {
  if (!erased.has(`${change.table} ${change.rowId}`)) return false
  return [change.oldValues, change.newValues].every((text) => {
    // Written by the capture triggers.
    const values = text === null ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>)
    return (personalColumns[change.table] ?? []).every((column) => !(column in values) || values[column] === mark)
  })
}

const addDocument = async (db: Db | Trx, lines: LineHash, change: ChangeOfCommand) => {
  const row = await db
    .selectFrom('chainDocuments')
    .select('hash')
    .where('tableName', '=', change.table)
    // Set back by a restore since, its row is named after the command that issued it.
    .where('rowId', 'in', [change.rowId, `${change.rowId}@${change.commandSeq}`])
    .where('commandSeq', '=', change.commandSeq)
    .executeTakeFirst()
  if (row !== undefined) lines.add(documentLine({ table: change.table, rowId: change.rowId, hash: row.hash }))
}

const addErased = async (db: Db | Trx, lines: LineHash, erasureId: string) => {
  const rows = await rawRows<ErasedRow>(
    db,
    sql`SELECT table_name AS "table", row_id, fate FROM erasure_rows WHERE erasure_id = ${erasureId} ORDER BY table_name, row_id`,
  )
  for (const row of rows) lines.add(erasedLine(row))
}

// The changes of the log one by one, with a look at the next.
const reader = (db: Db | Trx, part: { readonly after?: number; readonly upTo?: number } = {}) => {
  const pages = storedChanges(db, part)
  let page: readonly ChangeOfCommand[] = []
  let at = 0
  const peek = async (): Promise<ChangeOfCommand | null> => {
    if (at >= page.length) {
      const next = await pages.next()
      if (next.done === true) return null
      page = next.value
      at = 0
    }
    return page[at] ?? null
  }
  return { peek, skip: () => (at += 1) }
}

const effectOf = async (
  db: Db | Trx,
  command: StoredCommand,
  changes: ReturnType<typeof reader>,
  seen: (change: ChangeOfCommand) => void,
) => {
  const lines = lineHash()
  lines.add(commandLine(command.seq, command))
  const documents: ChangeOfCommand[] = []
  const erasures: string[] = []
  for (;;) {
    const change = await changes.peek()
    if (change === null || change.commandSeq !== command.seq) break
    changes.skip()
    seen(change)
    lines.add(changeLine(change))
    if (issuesDocument(change)) documents.push(change)
    if (change.table === 'erasures') erasures.push(change.rowId)
  }
  for (const change of documents) await addDocument(db, lines, change)
  for (const id of erasures) await addErased(db, lines, id)
  return lines.end()
}

/** The effect of one command, as hexadecimal, worked out from what is stored. */
export const effectOfCommand = async (db: Db | Trx, seq: number): Promise<string | null> => {
  const [command] = await storedCommands(db, seq, seq)
  const { first, last } = await db
    .selectFrom('auditLog')
    .select(({ fn }) => [fn.min<number | null>('seq').as('first'), fn.max<number | null>('seq').as('last')])
    .where('commandSeq', '=', seq)
    .executeTakeFirstOrThrow()
  if (command === undefined || first === null || last === null) return null
  const changes = reader(db, { after: first - 1, upTo: last })
  return (await effectOf(db, command, changes, () => undefined)).toString('hex')
}

type Counts = { commands: number; changes: number }

const earlier = async (changes: ReturnType<typeof reader>, until: number) => {
  const lines = lineHash()
  let count = 0
  for (;;) {
    const change = await changes.peek()
    if (change === null || change.commandSeq > until) break
    changes.skip()
    lines.add(changeLine(change))
    count += 1
  }
  return { count, hash: lines.end().toString('hex') }
}

/** The hash over all changes up to a command, of before the record began, worked out from what is stored. */
export const effectOfEarlier = async (db: Db | Trx, until: number): Promise<string> =>
  (await earlier(reader(db), until)).hash

const checkEarlier = async (
  changes: ReturnType<typeof reader>,
  links: Links,
  findings: Findings,
  resealed: ReadonlySet<string>,
) => {
  const [genesis] = links.geneses
  const until = genesis?.before.commands ?? 0
  const { count, hash } = await earlier(changes, until)
  if (genesis === undefined) return 0
  const isKnown = hash === genesis.before.hash || resealed.has(`${resealedEarlier} ${hash}`)
  if (count !== genesis.before.changes || !isKnown) {
    const text = `What happened before the record began is not what it was then: ${genesis.before.changes} changes were there, ${count} are.`
    findings.add({ kind: 'genesis', deviceId: genesis.deviceId, seq: 1, commandSeq: null, text })
  }
  return until
}

/** Works the effect of every command out again from what is stored, and finds what has no entry. */
export const verifyEffects = async (db: Db, links: Links, findings: Findings): Promise<Counts> => {
  const erased = await erasedRows(db)
  const changes = reader(db)
  const counts: Counts = { commands: 0, changes: 0 }
  const resealed = await resealedEffects(db)
  let after = await checkEarlier(changes, links, findings, resealed)
  // What a checkpoint stands for has no entries any more; what is left of it is compared with the checkpoint.
  after = Math.max(after, links.checkpoint?.cut.command ?? 0)
  for (;;) {
    const page = await recordedCommands(db, after)
    for (const command of page) {
      const problem = (kind: RecordProblem['kind'], text: string) =>
        findings.add({ kind, deviceId: command.entryDevice, seq: command.entrySeq, commandSeq: command.seq, text })
      for (
        let stray = await changes.peek();
        stray !== null && stray.commandSeq < command.seq;
        stray = await changes.peek()
      ) {
        changes.skip()
        problem('unrecorded', `Change ${stray.seq} of ${stray.table} belongs to no command of this place.`)
      }
      const effect = await effectOf(db, command, changes, (change) => {
        counts.changes += 1
        if (change.commitment === null || isErased(change, erased)) return
        problem('erasure', `Change ${change.seq} of ${change.table} stands as erased, but nobody erased it.`)
      })
      counts.commands += 1
      if (command.effectHash === null)
        problem('unrecorded', `Command ${command.seq} (${command.procedure}) has no entry.`)
      else if (!effect.equals(command.effectHash) && !resealed.has(`${command.seq} ${effect.toString('hex')}`)) {
        problem(
          'effect',
          `Command ${command.seq} (${command.procedure}) or its changes are not what entry ${command.entrySeq} says.`,
        )
      }
    }
    if (page.length < pageOf) break
    after = page.at(-1)?.seq ?? after
  }
  for (let stray = await changes.peek(); stray !== null; stray = await changes.peek()) {
    changes.skip()
    const text = `Change ${stray.seq} of ${stray.table} belongs to no command.`
    findings.add({ kind: 'unrecorded', deviceId: null, seq: null, commandSeq: stray.commandSeq, text })
  }
  return counts
}

/** Entries whose command is gone. */
export const verifyCommands = async (db: Db, findings: Findings): Promise<void> => {
  const rows = await rawRows<{ deviceId: string; seq: number; commandSeq: number }>(
    db,
    sql`SELECT e.device_id, e.seq, e.command_seq FROM chain_entries e LEFT JOIN commands c ON c.seq = e.command_seq
      WHERE e.command_seq IS NOT NULL AND c.seq IS NULL ORDER BY e.seq LIMIT 20`,
  )
  for (const row of rows) {
    findings.add({ kind: 'effect', ...row, text: `Command ${row.commandSeq} of entry ${row.seq} was removed.` })
  }
}

import { sql } from 'kysely'
import { z } from 'zod'
import { canonicalJson } from '../../db/record/canonical-json.ts'
import { documentShapes, issuesDocument } from '../../db/record/documents.ts'
import { commitmentOf, type ErasedRow, hex, splitChange } from '../../db/record/effect.ts'
import type { Entry } from '../../db/record/entry.ts'
import { readAnchor } from '../../db/record/event-anchor.ts'
import { rawRows } from '../features/raw-rows.ts'
import type { Db } from '../rpc/handles.ts'
import { eventLines } from './export-events.ts'
import { createStatement, type FileStatement, isSealed } from './file-statement.ts'
import { resealedEffects } from './resealed.ts'
import { type ChangeOfCommand, storedCommands } from './stored-changes.ts'
import { storedDocument } from './stored-documents.ts'

/** Names the format in the first line of the file. */
export const recordFileFormat = 'counterfoil-record'

const pageOf = 500

const hexOrNull = (bytes: Uint8Array | null) => (bytes === null ? null : hex(bytes))

const entryJson = (entry: Entry, isShown: boolean) =>
  canonicalJson({
    entry: {
      at: entry.at,
      body: entry.body,
      command: entry.commandSeq,
      device: entry.deviceId,
      effect: hex(entry.effectHash),
      format: entry.format,
      hash: hex(entry.hash),
      kind: entry.kind,
      previous: hexOrNull(entry.previousHash),
      seq: entry.seq,
      signature: Buffer.from(entry.signature).toString('base64'),
    },
    shown: isShown,
  })

// Texts that are canonical JSON already are put in as they are.
const changeJson = (change: ChangeOfCommand) => {
  const parts = splitChange(change)
  const head = canonicalJson({
    action: change.action,
    commitment: hexOrNull(commitmentOf(change, parts)),
    organization: change.organizationId,
    row: change.rowId,
    salt: hexOrNull(change.salt),
    seq: change.seq,
    table: change.table,
  }).slice(0, -1)
  return `{"change":${head},"new":${parts.new},"old":${parts.old},"personal":${parts.personal ?? 'null'}}}`
}

type Line = {
  readonly text: string
  readonly isWithdrawn?: boolean
  /** The row that stands as erased, as table and id. */
  readonly sealed?: string | undefined
  /** The rows that it says were erased. */
  readonly erased?: readonly string[]
}

const documentJson = async (db: Db, { table, rowId, commandSeq }: ChangeOfCommand): Promise<Line | null> => {
  const row = await db
    .selectFrom('chainDocuments')
    .selectAll()
    .where('tableName', '=', table)
    // Set back by a restore since, its row is named after the command that issued it, and its content is gone.
    .where('rowId', 'in', [rowId, `${rowId}@${commandSeq}`])
    .where('commandSeq', '=', commandSeq)
    .executeTakeFirst()
  const shape = documentShapes.get(table)
  if (row === undefined || shape === undefined) return null
  const isThere = row.rowId === rowId
  const content = isThere ? await storedDocument(db, shape, rowId) : null
  const head = canonicalJson({
    commitment: hexOrNull(row.commitment),
    hash: hex(row.hash),
    row: rowId,
    salt: hexOrNull(row.salt),
    table,
    ...(isThere ? {} : { withdrawn: true }),
  }).slice(0, -1)
  return {
    text: `{"document":${head},"content":${content?.open ?? 'null'},"person":${content?.personal ?? 'null'}}}`,
    isWithdrawn: !isThere,
    sealed: isSealed(row) ? `${table} ${rowId}` : undefined,
  }
}

const changesOf = (db: Db, commandSeq: number, after: number) =>
  rawRows<ChangeOfCommand>(
    db,
    sql`SELECT seq, command_seq, organization_id, table_name AS "table", row_id, action, old_values, new_values, salt, commitment
      FROM audit_log WHERE command_seq = ${commandSeq} AND seq > ${after} ORDER BY seq LIMIT ${pageOf}`,
  )

const foundSchema = z.object({ found: z.string() })
const rowsSchema = z.array(z.string())

// The erasure of somebody who worked here names what it found itself.
const foundIn = ({ table, newValues }: ChangeOfCommand): readonly string[] => {
  if (table !== 'person_erasures') return []
  const said = foundSchema.safeParse(JSON.parse(newValues))
  return said.success ? rowsSchema.parse(JSON.parse(said.data.found)) : []
}

// The effect of a command, where all of it is of this organization or of none: what others do is nobody's business here,
// and stays in the chain as a hash.
const effectLines = async (db: Db, commandSeq: number, organizationId: string): Promise<Line[] | null> => {
  const lines: Line[] = []
  const documents: Line[] = []
  const erasures: string[] = []
  let isOurs = false
  for (let after = 0; ; ) {
    const page = await changesOf(db, commandSeq, after)
    for (const change of page) {
      if (change.organizationId !== null && change.organizationId !== organizationId) return null
      if (change.organizationId === organizationId) isOurs = true
      const sealed = isSealed(change) ? `${change.table} ${change.rowId}` : undefined
      lines.push({ text: changeJson(change), sealed, erased: foundIn(change) })
      if (change.table === 'erasures') erasures.push(change.rowId)
      if (!issuesDocument(change)) continue
      const document = await documentJson(db, change)
      if (document !== null) documents.push(document)
    }
    if (page.length < pageOf) break
    after = page.at(-1)?.seq ?? after
  }
  const erased: Line[] = []
  for (const id of erasures) {
    const rows = await rawRows<ErasedRow>(
      db,
      sql`SELECT table_name AS "table", row_id, fate FROM erasure_rows WHERE erasure_id = ${id} ORDER BY table_name, row_id`,
    )
    for (const { table, rowId, fate } of rows) {
      erased.push({ text: canonicalJson({ erased: { fate, row: rowId, table } }), erased: [`${table} ${rowId}`] })
    }
  }
  return isOurs ? [...lines, ...documents, ...erased] : null
}

export type RecordFile = {
  /** Every line but the last. */
  readonly bytes: Uint8Array
  /** What the last line says: what the file holds, for the device to sign. */
  readonly end: FileStatement
  readonly entries: number
  /** How many of them are shown with what they did. */
  readonly shown: number
  readonly head: string | null
}

type Input = {
  readonly organizationId: string
  readonly madeAt: string
  /** Whether security events stand there with what they tell, not as hashes alone. */
  readonly showsEvents?: boolean
}

// What of the commands of a page is shown, by their numbers.
const shownOf = async (db: Db, page: readonly Entry[], organizationId: string, resealed: ReadonlySet<string>) => {
  const numbers = page.flatMap(({ commandSeq }) => (commandSeq === null ? [] : [commandSeq]))
  const found = numbers.length === 0 ? [] : await storedCommands(db, Math.min(...numbers), Math.max(...numbers))
  // Without what it said of somebody who was erased its effect is not that of its entry: shown as a hash.
  const own = found.filter((it) => [null, organizationId].includes(it.organizationId) && !resealed.has(String(it.seq)))
  return new Map(own.map((command) => [command.seq, command]))
}

/**
 * The record as a file of JSON lines that anybody can check with resources/verifier/verify.mjs and no other program, but
 * for its last line, which the device signs (`signRecordFile`).
 */
export const exportRecord = async (
  db: Db,
  { organizationId, madeAt, showsEvents = false }: Input,
): Promise<RecordFile> => {
  const statement = createStatement(organizationId)
  const { put } = statement
  put(canonicalJson({ format: recordFileFormat, madeAt, organization: organizationId, version: 1 }))
  const resealed = new Set([...(await resealedEffects(db))].flatMap((it) => it.split(' ', 1)))
  let lastEvent = 0
  let last: Entry | null = null
  let after = { deviceId: '', seq: 0 }
  for (;;) {
    const page = await db
      .selectFrom('chainEntries')
      .selectAll()
      .where((row) => row(row.refTuple('deviceId', 'seq'), '>', row.tuple(after.deviceId, after.seq)))
      .orderBy('deviceId')
      .orderBy('seq')
      .limit(pageOf)
      .execute()
    const commands = await shownOf(db, page, organizationId, resealed)
    for (const entry of page) {
      const command = commands.get(entry.commandSeq ?? 0)
      const effect = command === undefined ? null : await effectLines(db, command.seq, organizationId)
      put(entryJson(entry, effect !== null))
      statement.entry(entry, effect === null ? null : (command ?? null))
      if (effect !== null && command !== undefined) {
        const { seq, id, procedure, organizationId: organization, userId: user, deviceId: device, at } = command
        put(canonicalJson({ command: { at, command: seq, device, id, organization, procedure, user } }))
        for (const line of effect) {
          put(line.text)
          statement.line(line)
        }
      }
      last = entry
      // What happens meanwhile is in neither.
      lastEvent = Math.max(lastEvent, readAnchor(entry.body)?.seq ?? 0)
    }
    const end = page.at(-1)
    if (end === undefined) break
    after = { deviceId: end.deviceId, seq: end.seq }
  }
  for await (const line of eventLines(db, showsEvents ? organizationId : null, lastEvent)) put(line)
  return await statement.close(db, last === null ? null : hex(last.hash))
}

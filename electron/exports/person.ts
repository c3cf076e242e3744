import { strToU8, type Zippable, zipSync } from 'fflate'
import { sql } from 'kysely'
import { toJson } from '../../db/json.ts'
import type { DataKey } from '../../db/key.ts'
import { plainFileName } from '../../shared/file-name.ts'
import { subjectActivity, subjectIds, subjectTables } from '../data-rights/subject.ts'
import { rawRows } from '../features/raw-rows.ts'
import { openFileStore } from '../files.ts'
import type { Db } from '../rpc/handles.ts'
import { type PersonFile, type PersonRow, type PersonTable, personPage } from './person-page.ts'

export type PersonInput = {
  readonly organizationId: string
  readonly clientId: string
  readonly directory: string
  readonly businessName: string
  readonly madeAt: string
}

const about = {
  what: 'Everything that names this client, as Counterfoil keeps it: one list of rows for each table.',
  numbers:
    'Keys that end in E4 are amounts in ten-thousandths, E6 prices, quantities and percentages in millionths, E10 exchange rates; they are strings of digits.',
  dates: 'Dates are YYYY-MM-DD, instants ISO 8601 in UTC. A row with deletedAt was deleted then.',
}

const tablesOf = async (db: Db, organizationId: string, clientId: string): Promise<PersonTable[]> => {
  const ids = await subjectIds(db, organizationId, clientId)
  const tables: PersonTable[] = []
  for (const { table, about: words, where } of subjectTables(ids)) {
    const rows = await rawRows<PersonRow>(db, sql`SELECT t.* FROM ${sql.table(table)} t WHERE ${where} ORDER BY t.id`)
    if (rows.length > 0) tables.push({ name: table, about: words, rows })
  }
  const timeline = await rawRows<PersonRow>(
    db,
    sql`SELECT t.at, t.kind, t.entity, t.entity_id, t.data FROM activity t WHERE ${subjectActivity(ids)} ORDER BY t.seq`,
  )
  return [...tables, { name: 'activity', about: 'What happened, in order', rows: timeline }]
}

// A kept file by its hash, with the name that it gets in the archive.
const namedFiles = (tables: readonly PersonTable[]): { readonly sha256: string; readonly path: string }[] =>
  tables.flatMap(({ name, rows }) =>
    rows.flatMap((row) => {
      const sha256 = name === 'attachments' ? row['sha256'] : row['pdfSha256']
      if (typeof sha256 !== 'string') return []
      // Two files may have one name: the row's own id tells them apart.
      const path =
        name === 'attachments'
          ? `files/${String(row['id']).slice(-6)}-${plainFileName(String(row['fileName']))}`
          : `pdf/${plainFileName(String(row['number']))}.pdf`
      return [{ sha256, path }]
    }),
  )

// Fixed, so that the same data gives the same bytes.
const stamp = new Date('2000-01-01T00:00:00Z')

/** The archive of everything that names one client: a page to read, the same as data, kept PDFs and files. */
export const exportPerson = async (db: Db, input: PersonInput, key: DataKey) => {
  const { organizationId, clientId, directory, businessName, madeAt } = input
  const tables = await tablesOf(db, organizationId, clientId)
  const store = openFileStore(directory, key)
  const entries: Zippable = {}
  const files: PersonFile[] = []
  const missing: string[] = []
  for (const { sha256, path } of namedFiles(tables)) {
    const content = await store.get(sha256).catch(() => null)
    if (content === null) missing.push(path)
    else {
      entries[path] = [content, { level: 0 }]
      files.push({ path, title: path.replace(/^\w+\//, '') })
    }
  }
  const data = {
    format: 'counterfoil-person',
    formatVersion: 1,
    about,
    business: businessName,
    exportedAt: madeAt,
    tables: Object.fromEntries(tables.map(({ name, about: words, rows }) => [name, { about: words, rows }])),
  }
  entries['data.json'] = strToU8(JSON.stringify(JSON.parse(toJson(data)), null, 2))
  entries['index.html'] = strToU8(personPage({ businessName, madeAt, tables, files }))
  const rowCount = tables.reduce((sum, { rows }) => sum + rows.length, 0)
  return { bytes: zipSync(entries, { mtime: stamp }), rowCount, fileCount: files.length, missing }
}

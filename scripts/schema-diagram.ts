import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { rowColumns } from '../db/capture/triggers.ts'
import { migrate } from '../db/migrate.ts'
import { openConnection } from '../db/open.ts'

const target = new URL('../docs/schema.md', import.meta.url)

type Column = { readonly name: string; readonly type: string; readonly notnull: number; readonly hidden: number }
type Key = { readonly table: string; readonly from: string }

const introduction = `# The schema

Generated from a migrated database by \`node scripts/schema-diagram.ts\`; a test compares the two, so edit a migration, not this page.

Every entity table also has ${rowColumns.map((name) => `\`${name}\``).join(', ')}, which the diagram leaves out, and so does it with
references to the organization. Integers named \`_e4\`, \`_e6\` and \`_e10\` carry that many decimals. \`PK\` is the key, \`FK\` a reference;
a column marked "null" may be empty, one marked "derived" is computed by SQLite.
`

const columnLine = ({ name, type, notnull, hidden }: Column, keys: readonly Key[], primary: boolean): string => {
  const key = primary ? ' PK' : keys.some(({ from }) => from === name) ? ' FK' : ''
  const note = hidden === 0 ? (notnull === 0 && !primary ? ' "null"' : '') : ' "derived"'
  return `    ${type} ${name}${key}${note}`
}

const columnsOf = (database: Sqlite.Database, table: string) =>
  // The columns that SQLite documents for this pragma.
  database.prepare('SELECT name, type, "notnull", hidden, pk FROM pragma_table_xinfo(?)').all(table) as (Column & {
    readonly pk: number
  })[]

const keysOf = (database: Sqlite.Database, table: string) =>
  // The columns that SQLite documents for this pragma.
  database.prepare('SELECT "table", "from" FROM pragma_foreign_key_list(?) ORDER BY "from"').all(table) as Key[]

/** The page docs/schema.md of an open, migrated database: a Mermaid entity-relationship diagram. */
export const schemaPage = (database: Sqlite.Database): string => {
  const tables = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%' ORDER BY name`)
    .pluck()
    .all()
    .map(String)
  const common = new Set<string>(rowColumns)
  const lines: string[] = []
  for (const table of tables) {
    const columns = columnsOf(database, table)
    const keys = keysOf(database, table)
    const entity = rowColumns.every((name) => columns.some((column) => column.name === name))
    const shown = columns.filter(({ name }) => !entity || name === 'id' || !common.has(name))
    lines.push(`  ${table} {`, ...shown.map((column) => columnLine(column, keys, column.pk > 0)), '  }')
  }
  for (const table of tables) {
    for (const { table: parent, from } of keysOf(database, table)) {
      if (from === 'organization_id') continue
      const optional = columnsOf(database, table).some(({ name, notnull }) => name === from && notnull === 0)
      lines.push(`  ${parent} ${optional ? '|o' : '||'}--o{ ${table} : ${from}`)
    }
  }
  return `${introduction}\n\`\`\`mermaid\nerDiagram\n${lines.join('\n')}\n\`\`\`\n`
}

/** The page as it is in the folder docs. */
export const writtenPage = (): string => readFileSync(target, 'utf8')

if (process.argv[1]?.endsWith('schema-diagram.ts')) {
  const directory = mkdtempSync(join(tmpdir(), 'counterfoil-schema-'))
  const file = join(directory, 'schema.db')
  const database = openConnection(file, { readonly: false })
  migrate(database, file)
  writeFileSync(target, schemaPage(database))
  database.close()
  rmSync(directory, { recursive: true })
}

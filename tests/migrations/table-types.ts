import { readFileSync } from 'node:fs'

export type DeclaredColumn = {
  /** As in SQL. */
  readonly name: string
  /** What is inside `Generated<…>`, without `| null`. */
  readonly type: string
  readonly nullable: boolean
  readonly generated: 'no' | 'default' | 'always'
}

const folder = new URL('../../db/tables/', import.meta.url)

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const columnOf = (name: string, declared: string): DeclaredColumn => {
  const wrapped = /^(Generated|GeneratedAlways)<(.*)>$/.exec(declared)
  const inner = wrapped?.[2] ?? declared
  const members = inner.split('|').map((member) => member.trim())
  return {
    name: snakeCase(name),
    type: members.filter((member) => member !== 'null').join(' | '),
    nullable: members.includes('null'),
    generated: wrapped === null ? 'no' : wrapped[1] === 'GeneratedAlways' ? 'always' : 'default',
  }
}

const fieldsOf = (body: string): DeclaredColumn[] =>
  [...body.matchAll(/^ {2}(\w+): (.+)$/gm)].map(([, name = '', type = '']) => columnOf(name, type))

const rowColumns = fieldsOf(readFileSync(new URL('row.ts', folder), 'utf8'))

/** Every table of db/tables as its type declares it: name in SQL, and its columns. */
export const declaredTables = (): ReadonlyMap<string, readonly DeclaredColumn[]> => {
  const index = readFileSync(new URL('index.ts', folder), 'utf8')
  const files = new Map(
    [...index.matchAll(/import type \{ (\w+) \} from '\.\/(.+)'/g)].map(([, type = '', file = '']) => [type, file]),
  )
  const tables = new Map<string, readonly DeclaredColumn[]>()
  for (const [, table = '', type = ''] of index.matchAll(/^ {2}(\w+): (\w+Table)$/gm)) {
    const source = readFileSync(new URL(files.get(type) ?? '', folder), 'utf8')
    const [, base = '', body = ''] =
      new RegExp(`export type ${type} = (?:(RowColumns|WorkspaceRowColumns) & )?\\{([^]*?)\\n\\}`).exec(source) ?? []
    const inherited = rowColumns.map((column) =>
      column.name === 'organization_id' && base === 'WorkspaceRowColumns' ? { ...column, nullable: true } : column,
    )
    tables.set(snakeCase(table), [...(base === '' ? [] : inherited), ...fieldsOf(body)])
  }
  return tables
}

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

/** What a type of a file is made of: the types that it extends, and its own fields. */
const typeOf = (file: string, type: string) => {
  const source = readFileSync(new URL(file, folder), 'utf8')
  const declared = new RegExp(`export type ${type} = ((?:\\w+ & )*)(?:(\\w+)|\\{([^]*?)\\}) *\\n(?=\\n|$)`).exec(
    `${source}\n`,
  )
  if (declared === null) throw new Error(`${file} declares no ${type} that this test can read.`)
  const [, bases = '', only = '', body = ''] = declared
  return {
    bases: [...bases.split(' & '), only].filter((base) => base !== ''),
    own: fieldsOf(body.includes('\n') ? body : body.replace(/ ?(\w+: [^;]+?);?(?= \w+:| *$)/g, '\n  $1')),
    fileOf: (base: string) =>
      new RegExp(`import type \\{[^}]*\\b${base}\\b[^}]*\\} from '\\./(.+)'`).exec(source)?.[1] ?? file,
  }
}

const columnsOf = (file: string, type: string): DeclaredColumn[] => {
  // The one type that is told by an Omit: a row of the workspace may belong to no organization.
  if (type === 'WorkspaceRowColumns') {
    return columnsOf(file, 'RowColumns').map((column) =>
      column.name === 'organization_id' ? { ...column, nullable: true } : column,
    )
  }
  const { bases, own, fileOf } = typeOf(file, type)
  return [...bases.flatMap((base) => columnsOf(fileOf(base), base)), ...own]
}

/** Every table of db/tables as its type declares it: name in SQL, and its columns. */
export const declaredTables = (): ReadonlyMap<string, readonly DeclaredColumn[]> => {
  const index = readFileSync(new URL('index.ts', folder), 'utf8')
  const files = new Map(
    [...index.matchAll(/import type \{ (\w+) \} from '\.\/(.+)'/g)].map(([, type = '', file = '']) => [type, file]),
  )
  return new Map(
    [...index.matchAll(/^ {2}(\w+): (\w+Table)$/gm)].map(([, table = '', type = '']) => [
      snakeCase(table),
      columnsOf(files.get(type) ?? '', type),
    ]),
  )
}

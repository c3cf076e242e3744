import type Sqlite from 'better-sqlite3'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type UnknownRow,
} from 'kysely'
import type { Rewrite } from './shadow.ts'

/** Called after each statement that ran, with its SQL: slow-call logs and fault tests listen here. */
export type StatementListener = (sql: string) => void

/** How statements are changed before they are prepared, as long as it is set. */
export type Rewriting = { current: Rewrite | null }

type Prepared = { readonly statement: Sqlite.Statement; readonly read: ((row: unknown[]) => UnknownRow) | null }

/** Another connection whose pages are at hand, and whether somebody who only reads may use it at this moment. */
export type Warm = { readonly database: Sqlite.Database; readonly isFree: () => boolean }

const scaledColumn = /_e(4|6|10)$|E(4|6|10)$/

const camelCase = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

// The driver reads every INTEGER as a bigint (above 2^53 it would otherwise round in silence). Columns whose name
// carries a scale stay bigint, all others are counts, flags and versions: numbers.
const rowReader = (columns: readonly string[]) => {
  const fields = columns.map((column) => ({ name: camelCase(column), scaled: scaledColumn.test(column) }))
  return (row: unknown[]): UnknownRow => {
    const result: Record<string, unknown> = {}
    for (let index = 0; index < fields.length; index += 1) {
      const field = fields[index]
      const value = row[index]
      if (field === undefined) continue
      result[field.name] = typeof value === 'bigint' && !field.scaled ? Number(value) : value
    }
    return result
  }
}

const bindable = (value: unknown): unknown => {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value)
  if (typeof value === 'boolean') return value ? 1n : 0n
  return value ?? null
}

type ConnectionOptions = {
  readonly listener?: StatementListener | undefined
  readonly rewriting?: Rewriting | undefined
  readonly onlyReads?: boolean
}

class Connection implements DatabaseConnection {
  readonly #database: Sqlite.Database
  readonly #prepared = new Map<string, Prepared>()
  readonly #listener: StatementListener | undefined
  readonly #rewriting: Rewriting | undefined
  readonly #onlyReads: boolean

  constructor(database: Sqlite.Database, { listener, rewriting, onlyReads = false }: ConnectionOptions = {}) {
    this.#database = database
    this.#listener = listener
    this.#rewriting = rewriting
    this.#onlyReads = onlyReads
  }

  execute(sql: string): void {
    this.#prepare(sql).statement.run()
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return Promise.resolve(this.#run<R>(query))
    } catch (error) {
      return Promise.reject(error)
    }
  }

  #run<R>(query: CompiledQuery): QueryResult<R> {
    const { statement, read } = this.#prepare(query.sql)
    const parameters = query.parameters.map(bindable)
    if (read === null) {
      const { changes, lastInsertRowid } = statement.run(parameters)
      this.#listener?.(query.sql)
      return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] }
    }
    // Statements that return rows were put in raw mode when they were prepared.
    const rows = statement.all(parameters) as unknown[][]
    this.#listener?.(query.sql)
    return { rows: rows.map(read) as R[] }
  }

  #prepare(written: string): Prepared {
    const sql = this.#rewriting?.current?.(written) ?? written
    const known = this.#prepared.get(sql)
    if (known) return known
    const statement = this.#database.prepare(sql)
    if (this.#onlyReads && !statement.readonly) throw new Error('What was given to read cannot be written through.')
    let read: Prepared['read'] = null
    if (statement.reader) {
      statement.raw(true)
      read = rowReader(statement.columns().map((column) => column.name))
    }
    const prepared = { statement, read }
    // Lists with free filters make many texts; the oldest go first.
    if (this.#prepared.size >= 500) {
      const oldest = this.#prepared.keys().next().value
      if (oldest !== undefined) this.#prepared.delete(oldest)
    }
    this.#prepared.set(sql, prepared)
    return prepared
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for the method; the product reads whole pages instead
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported: read by keyset page instead.')
  }
}

const snakeCaseNames = new Map<string, string>()

const snakeCase = (name: string): string => {
  const known = snakeCaseNames.get(name)
  if (known !== undefined) return known
  const made = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  snakeCaseNames.set(name, made)
  return made
}

// camelCase in TypeScript, snake_case in SQL: named while the text is written, where Kysely's own plugin would first
// copy the tree of every query.
class ColumnNamesCompiler extends SqliteQueryCompiler {
  protected override sanitizeIdentifier(identifier: string): string {
    return super.sanitizeIdentifier(snakeCase(identifier))
  }
}

// All else stays with the connection that could not write.
const mayBeRead = /^\s*(?:select|with)\b/i

class WarmConnection extends Connection {
  readonly #warm: Connection
  readonly #isFree: Warm['isFree']

  constructor(database: Sqlite.Database, { database: warm, isFree }: Warm) {
    super(database)
    this.#warm = new Connection(warm, { onlyReads: true })
    this.#isFree = isFree
  }

  override executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return mayBeRead.test(query.sql) && this.#isFree() ? this.#warm.executeQuery(query) : super.executeQuery(query)
  }
}

class SingleConnectionDriver implements Driver {
  readonly #database: Sqlite.Database
  readonly #connection: Connection
  #last: Promise<void> = Promise.resolve()
  #release: (() => void) | null = null

  constructor(database: Sqlite.Database, connection: Connection) {
    this.#database = database
    this.#connection = connection
  }

  async init(): Promise<void> {
    await Promise.resolve()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last
    let release = (): void => undefined
    this.#last = new Promise((resolve) => {
      release = resolve
    })
    await before
    this.#release = release
    return this.#connection
  }

  beginTransaction(): Promise<void> {
    return this.#execute('BEGIN IMMEDIATE')
  }

  commitTransaction(): Promise<void> {
    return this.#execute('COMMIT')
  }

  rollbackTransaction(): Promise<void> {
    // A full disk makes SQLite roll back by itself; a second ROLLBACK would hide the first error.
    return this.#database.inTransaction ? this.#execute('ROLLBACK') : Promise.resolve()
  }

  async releaseConnection(): Promise<void> {
    this.#release?.()
    await Promise.resolve()
  }

  async destroy(): Promise<void> {
    this.#database.close()
    await Promise.resolve()
  }

  async #execute(sql: string): Promise<void> {
    this.#connection.execute(sql)
    await Promise.resolve()
  }
}

/** Kysely in the SQL of SQLite, with names in camelCase; the driver says where the statements go. */
export abstract class NamedSqliteDialect implements Dialect {
  abstract createDriver(): Driver

  createQueryCompiler(): QueryCompiler {
    return new ColumnNamesCompiler()
  }

  createAdapter(): DialectAdapter {
    return new SqliteAdapter()
  }

  // Kysely's own signature: it hands over an instance whose tables are unknown.
  // biome-ignore lint/suspicious/noExplicitAny: the interface that Kysely declares
  createIntrospector(database: Kysely<any>): DatabaseIntrospector {
    return new SqliteIntrospector(database)
  }
}

/** Kysely over one open SQLite connection: statements prepared once, integers exact, names in camelCase. */
export class ExactSqliteDialect extends NamedSqliteDialect {
  readonly #database: Sqlite.Database
  readonly #listener: StatementListener | undefined
  readonly #rewriting: Rewriting | undefined

  constructor(database: Sqlite.Database, listener?: StatementListener, rewriting?: Rewriting) {
    super()
    database.defaultSafeIntegers(true)
    this.#database = database
    this.#listener = listener
    this.#rewriting = rewriting
  }

  createDriver(): Driver {
    return new SingleConnectionDriver(
      this.#database,
      new Connection(this.#database, { listener: this.#listener, rewriting: this.#rewriting }),
    )
  }
}

/** Reads through the connection given as warm whenever that is free, else through its own, which cannot write. */
export class WarmReadDialect extends NamedSqliteDialect {
  readonly #database: Sqlite.Database
  readonly #warm: Warm

  constructor(database: Sqlite.Database, warm: Warm) {
    super()
    database.defaultSafeIntegers(true)
    this.#database = database
    this.#warm = warm
  }

  createDriver(): Driver {
    return new SingleConnectionDriver(this.#database, new WarmConnection(this.#database, this.#warm))
  }
}

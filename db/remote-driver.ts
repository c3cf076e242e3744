import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  type UnknownRow,
} from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import { NamedSqliteDialect } from './driver.ts'
import type { Database } from './tables/index.ts'

/** Runs one statement that reads, wherever its connection is, and gives its rows. */
export type RunElsewhere = (sql: string, parameters: readonly unknown[]) => Promise<readonly UnknownRow[]>

class RemoteConnection implements DatabaseConnection {
  readonly #run: RunElsewhere

  constructor(run: RunElsewhere) {
    this.#run = run
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    // Kysely's own word for what a statement gives: it asks for no proof of any driver.
    return { rows: (await this.#run(sql, parameters)) as R[] }
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for the method; the product reads whole pages instead
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported: read by keyset page instead.')
  }
}

const refuse = (): Promise<void> => Promise.reject(new Error('What is read elsewhere has no transaction here.'))

class RemoteDriver implements Driver {
  readonly #connection: RemoteConnection

  constructor(run: RunElsewhere) {
    this.#connection = new RemoteConnection(run)
  }

  init = () => Promise.resolve()
  acquireConnection = (): Promise<DatabaseConnection> => Promise.resolve(this.#connection)
  releaseConnection = () => Promise.resolve()
  beginTransaction = refuse
  commitTransaction = refuse
  rollbackTransaction = refuse
  destroy = () => Promise.resolve()
}

class RemoteDialect extends NamedSqliteDialect {
  readonly #run: RunElsewhere

  constructor(run: RunElsewhere) {
    super()
    this.#run = run
  }

  createDriver(): Driver {
    return new RemoteDriver(this.#run)
  }
}

/** A handle that reads through a connection elsewhere, such as in another thread. */
export const remoteReader = (run: RunElsewhere): ReadonlyKysely<Database> =>
  // The same instance seen through Kysely's read-only type.
  new Kysely<Database>({ dialect: new RemoteDialect(run) }) as unknown as ReadonlyKysely<Database>

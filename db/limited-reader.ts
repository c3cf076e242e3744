import { CompiledQuery, Kysely, type UnknownRow } from 'kysely'
import { ExactSqliteDialect } from './driver.ts'
import type { DataKey } from './key.ts'
import { openConnection } from './open.ts'
import { keepSums, rewriteFor, type Shadow, showThrough } from './shadow.ts'
import type { Database } from './tables/index.ts'

export type LimitedReader = {
  readonly read: (sql: string, parameters: readonly unknown[]) => Promise<readonly UnknownRow[]>
  readonly close: () => Promise<void>
}

/** What took this long is kept until somebody changes something. */
const keptMilliseconds = 2
const mostKept = 200
const mostKeptRows = 1000

const nameOf = (sql: string, parameters: readonly unknown[]): string | null =>
  parameters.some((value) => typeof value === 'object' && value !== null)
    ? null
    : [sql, ...parameters.map((value) => `${typeof value} ${String(value)}`)].join('\n')

/** Opens a connection for many readings through one shadow: dear sums and answers stay until the data changes. */
export const openLimitedReader = (file: string, key: DataKey, shadow: Shadow): LimitedReader => {
  const connection = openConnection(file, { readonly: true, key })
  // There are several beside the one of everybody else.
  connection.pragma('cache_size = -8000')
  showThrough(connection, shadow)
  const sums = keepSums(connection, shadow)
  const dialect = new ExactSqliteDialect(connection, undefined, { current: rewriteFor(shadow) })
  const db = new Kysely<Database>({ dialect })
  const kept = new Map<string, readonly UnknownRow[]>()
  const worked = new Set<string>()
  let changes: unknown = null

  const forgetChanged = () => {
    // SQLite's count of what other connections have committed.
    const now = connection.pragma('data_version', { simple: true })
    if (now === changes) return
    changes = now
    kept.clear()
    worked.clear()
  }

  const workOut = (sql: string) => {
    for (const [table, fill] of sums) {
      if (worked.has(table) || !sql.includes(table)) continue
      fill()
      worked.add(table)
    }
  }

  return {
    read: async (sql, parameters) => {
      forgetChanged()
      const name = nameOf(sql, parameters)
      const before = name === null ? undefined : kept.get(name)
      if (before !== undefined) return before
      const started = performance.now()
      workOut(sql)
      const { rows } = await db.executeQuery<UnknownRow>(CompiledQuery.raw(sql, [...parameters]))
      const isWorthKeeping = performance.now() - started > keptMilliseconds && rows.length <= mostKeptRows
      if (name !== null && isWorthKeeping && kept.size < mostKept) kept.set(name, rows)
      return rows
    },
    close: async () => {
      await db.destroy()
      // Kysely leaves a connection open that never ran a query.
      connection.close()
    },
  }
}

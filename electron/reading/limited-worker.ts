import type { UnknownRow } from 'kysely'
import type { DataKey } from '../../db/key.ts'
import { type LimitedReader, openLimitedReader } from '../../db/limited-reader.ts'
import type { Shadow } from '../../db/shadow.ts'

export type LimitedTask = {
  readonly file: string
  readonly shadowKey: string
  /** What a connection is opened with: told where the thread has none, and so no more often than it must. */
  readonly opening: { readonly key: DataKey; readonly shadow: Shadow } | null
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** What comes back; `unknown` asks for what a connection is opened with. */
export type LimitedAnswer =
  | { readonly rows: readonly UnknownRow[] }
  | { readonly problem: { readonly message: string; readonly code: string } }
  | { readonly unknown: true }

/** As many people and branches as are looked at in turn; each keeps pages of the file in memory. */
export const mostConnections = 4

const held = new Map<string, LimitedReader>()

const find = async ({ file, shadowKey, opening }: LimitedTask): Promise<LimitedReader | null> => {
  const name = `${file} ${shadowKey}`
  const known = held.get(name) ?? (opening === null ? null : openLimitedReader(file, opening.key, opening.shadow))
  if (known === null) return null
  // The one that was used last is closed last. The thread takes one statement after the other, so that nothing is being
  // read on what is closed here.
  held.delete(name)
  held.set(name, known)
  for (const [oldest, { close }] of [...held].slice(0, Math.max(0, held.size - mostConnections))) {
    held.delete(oldest)
    await close()
  }
  return known
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

/** What the thread runs: one statement through a shadow, on a connection that is kept for the next. */
export const limitedTask = async (task: LimitedTask): Promise<LimitedAnswer> => {
  try {
    const from = await find(task)
    return from === null ? { unknown: true } : { rows: await from.read(task.sql, task.parameters) }
  } catch (error) {
    if (error instanceof Error) return { problem: { message: error.message, code: codeOf(error) } }
    throw error
  }
}

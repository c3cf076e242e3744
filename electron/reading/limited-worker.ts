import type { UnknownRow } from 'kysely'
import { limitedConnection, type Opening } from './limited-connections.ts'

export type LimitedTask = {
  readonly file: string
  readonly shadowKey: string
  readonly opening: Opening | null
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** What comes back; `unknown` asks for what a connection is opened with. */
export type LimitedAnswer =
  | { readonly rows: readonly UnknownRow[] }
  | { readonly problem: { readonly message: string; readonly code: string } }
  | { readonly unknown: true }

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

/** What the thread runs: one statement through a shadow, on a connection that is kept for the next. */
export const limitedTask = async ({
  file,
  shadowKey,
  opening,
  sql,
  parameters,
}: LimitedTask): Promise<LimitedAnswer> => {
  try {
    const from = await limitedConnection(file, shadowKey, opening)
    return from === null ? { unknown: true } : { rows: await from.read(sql, parameters) }
  } catch (error) {
    if (error instanceof Error) return { problem: { message: error.message, code: codeOf(error) } }
    throw error
  }
}

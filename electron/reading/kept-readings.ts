import { serialize } from 'node:v8'
import type { LimitedReader } from '../../db/limited-reader.ts'
import { remoteReader } from '../../db/remote-driver.ts'
import type { Shadow } from '../../db/shadow.ts'
import type { Db } from '../rpc/handles.ts'
import { limitedConnection } from './limited-connections.ts'
import type { ReadingKind, ReadingTask } from './readings.ts'

/** Looked at again and again while nothing changes; what is packed or checked is not. */
const keptKinds: ReadonlySet<ReadingKind> = new Set([
  'aged',
  'report',
  'reportDocuments',
  'invoiceTotals',
  'quoteTotals',
  'creditNoteTotals',
  'paymentTotals',
  'scheduleTotals',
])
// By each connection: some are of every client.
const mostAnswers = 10

/** A reading of a part of the business that is worth keeping. */
type KeptTask = ReadingTask & { readonly shadow: Shadow }

/** Whether the answer of a task is kept: one about a part, which is made of what is shown and of no sums of triggers. */
export const isKept = (task: ReadingTask): task is KeptTask => task.shadow !== null && keptKinds.has(task.kind)

type Answers = { version: string; readonly byTask: Map<string, unknown> }

const kept = new WeakMap<LimitedReader, Answers>()

// SQLite's count of what other connections have committed, as it was before anything was read.
const versionOf = async ({ read }: LimitedReader): Promise<string> => {
  const [row] = await read('PRAGMA data_version', [])
  return Object.values(row ?? {}).join()
}

const answersAt = async (reader: LimitedReader): Promise<Map<string, unknown>> => {
  const version = await versionOf(reader)
  const known = kept.get(reader)
  if (known?.version === version) return known.byTask
  const fresh = { version, byTask: new Map<string, unknown>() }
  kept.set(reader, fresh)
  return fresh.byTask
}

/** The answer to a task as it was given before, or as `run` gives it now, until somebody commits something. */
export const keptReading = async (
  { kind, file, key, shadow, input }: KeptTask,
  run: (db: Db) => Promise<unknown>,
): Promise<unknown> => {
  const reader = await limitedConnection(file, shadow.key, { key, shadow })
  if (reader === null) throw new Error('A connection that was told how to open opened none.')
  const answers = await answersAt(reader)
  // Inputs hold maps and amounts, which JSON does not tell apart.
  const name = `${kind} ${serialize(input).toString('base64')}`
  const value = answers.get(name) ?? (await run(remoteReader(reader.read)))
  answers.delete(name)
  answers.set(name, value)
  for (const oldest of [...answers.keys()].slice(0, Math.max(0, answers.size - mostAnswers))) answers.delete(oldest)
  return value
}

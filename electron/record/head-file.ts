import { createPublicKey, verify } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { OpenDatabase } from '../../db/open.ts'
import { canonicalJson } from '../../db/record/canonical-json.ts'
import { hex } from '../../db/record/effect.ts'
import type { Signer } from '../../db/record/entry.ts'
import { newestEvent } from '../people/security-events.ts'
import type { ChangeFeed } from '../rpc/changes.ts'
import type { Log } from '../rpc/log.ts'
import { chainHead } from './open-record.ts'
import type { VerifyInput } from './verification.ts'

const headSchema = z.object({
  deviceId: z.string(),
  seq: z.int(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.string(),
  publicKey: z.string(),
  /** The newest security event; heads of before these were signed say none. */
  events: z.object({ seq: z.int(), hash: z.string().regex(/^[0-9a-f]{64}$/) }).optional(),
  signature: z.string(),
})
const fileSchema = z.object({
  head: headSchema.nullable(),
  /** Heads that the record lost: it went back to an earlier state. */
  lost: z.array(headSchema),
  /** The same, but a backup was restored on purpose. */
  restored: z.array(headSchema),
})
type KnownHead = z.output<typeof headSchema>
type HeadFile = z.output<typeof fileSchema>

const nothing: HeadFile = { head: null, lost: [], restored: [] }
const fileOf = (directory: string) => join(directory, 'record-head.json')

/** The heads of the record that were seen in this data folder; nothing where the file is not there or not ours. */
export const readHeads = (directory: string): HeadFile => {
  const file = fileOf(directory)
  if (!existsSync(file)) return nothing
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return nothing
  }
}

const textOf = ({ events, ...head }: Omit<KnownHead, 'signature'>) =>
  Buffer.from(`counterfoil head 1\n${canonicalJson(events === undefined ? head : { ...head, events })}`)

const isSigned = ({ signature, ...head }: KnownHead): boolean => {
  try {
    const key = createPublicKey({ key: Buffer.from(head.publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify(null, textOf(head), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

type KnownHeads = Required<Pick<VerifyInput, 'heads' | 'events' | 'unsigned'>>

/** What the record of a data folder is held against: the heads that it must hold, and those that nobody signed. */
export const knownHeads = (directory: string): KnownHeads => {
  const { head, lost } = readHeads(directory)
  const all = [...lost, ...(head === null ? [] : [head])]
  return {
    heads: all.map(({ hash }) => hash),
    events: all.flatMap(({ events }) => (events === undefined ? [] : [events])),
    unsigned: all.filter((known) => !isSigned(known)).map(({ hash }) => hash),
  }
}

/** The hashes that the record must hold. */
export const expectedHeads = (directory: string): readonly string[] => knownHeads(directory).heads

const write = (directory: string, content: HeadFile) => {
  const file = fileOf(directory)
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Call when a backup is put in place on purpose: that the record is shorter then is no tampering. */
export const acceptEarlierRecord = (directory: string): void => {
  const { head, lost, restored } = readHeads(directory)
  write(directory, { head: null, lost: [], restored: [...restored, ...lost, ...(head === null ? [] : [head])] })
}

const signed = (head: Omit<KnownHead, 'signature'>, signer: Signer): KnownHead => ({
  ...head,
  signature: Buffer.from(signer.sign(textOf(head))).toString('base64'),
})

/** The head that a record had and no longer holds: it ends earlier than it did, by so many entries. */
export type LostHead = { readonly hash: string; readonly at: string; readonly missing: number }

type Parts = {
  readonly database: OpenDatabase
  readonly directory: string
  readonly deviceId: string
  readonly signer: Signer
  readonly feed: ChangeFeed
  readonly log: Log
}

// Often enough to catch a cut, seldom enough that nobody waits for the disk.
const everyMilliseconds = 2000

/** Keeps the newest head of the record outside the database, so that a cut-off end shows. Ends with `close`. */
export const keepHead = async ({ database, directory, deviceId, signer, feed, log }: Parts) => {
  const current = async () => {
    const head = await chainHead(database.reader, deviceId)
    if (head === undefined) return null
    const { seq, at, hash } = head
    const events = await newestEvent(database.reader)
    const known = { deviceId, seq, at, hash: hex(hash), publicKey: signer.publicKey }
    return signed(events === null ? known : { ...known, events }, signer)
  }
  const save = async () => {
    try {
      write(directory, { ...readHeads(directory), head: await current() })
    } catch (error) {
      // A full or read-only disk: the next save tells more; the record itself is in the database.
      log.warn({ error }, 'the head of the record could not be kept')
    }
  }
  const before = readHeads(directory)
  const known =
    before.head === null ||
    (await database.reader
      .selectFrom('chainEntries')
      .select('seq')
      .where('hash', '=', Buffer.from(before.head.hash, 'hex'))
      .executeTakeFirst()) !== undefined
  let lost: LostHead | null = null
  if (!known && before.head !== null) {
    const left = await chainHead(database.reader, deviceId)
    lost = { ...before.head, missing: Math.max(0, before.head.seq - (left?.seq ?? 0)) }
    log.error({ seq: before.head.seq }, 'the record is shorter than it was')
    write(directory, { ...before, head: null, lost: [...before.lost, before.head] })
  }
  await save()
  const stop = new AbortController()
  let timer: NodeJS.Timeout | null = null
  const watching = (async () => {
    for await (const _ of feed.watch(stop.signal)) {
      timer ??= setTimeout(() => {
        timer = null
        void save()
      }, everyMilliseconds).unref()
    }
  })()
  return {
    /** What the record held when it was last in use, and holds no more; null where nothing is missing. */
    lost,
    close: async () => {
      stop.abort()
      await watching
      if (timer !== null) clearTimeout(timer)
      await save()
    },
  }
}

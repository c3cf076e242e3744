import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import { canonicalJson } from './canonical-json.ts'
import {
  documentCommitment,
  documentContent,
  documentHash,
  documentShapes,
  headSql,
  issuesDocument,
  partSql,
} from './documents.ts'
import {
  type CommandHead,
  changeLine,
  commandLine,
  documentLine,
  erasedLine,
  type LineHash,
  lineHash,
  recordFormat,
  type StoredChange,
  sha256,
} from './effect.ts'
import { type Entry, entryHash, type Signer, signedText } from './entry.ts'
import { createAnchors } from './event-anchor.ts'

// Asking the system for each 16 bytes costs more than all the rest of a salt.
const saltSource = () => {
  let pool = Buffer.alloc(0)
  return (): Buffer => {
    if (pool.length < 16) pool = randomBytes(4096)
    const salt = pool.subarray(0, 16)
    pool = pool.subarray(16)
    return salt
  }
}

/** Writes the entry of a command, the last thing in its transaction; a large one lets others in between. */
export type Sealer = (command: CommandHead, seq: number, signer: Signer) => Promise<void>

// Long enough that no usual command ever waits, short enough that nobody feels it.
const longestMilliseconds = 15

// The transaction stays open while others are answered: they read what was before, and whoever writes waits for its turn.
const rests = () => {
  let rested = performance.now()
  return {
    isDue: () => performance.now() - rested > longestMilliseconds,
    take: async () => {
      // A turn of the event loop is not enough in the desktop app: messages of its window come only while nothing waits.
      await setTimeout(1)
      rested = performance.now()
    },
  }
}

type Link = Pick<Entry, 'deviceId' | 'kind' | 'commandSeq' | 'at' | 'body' | 'effectHash'>

/** What an entry that is no command says, as text and as the hash that stands for it. */
export const bodyOf = (body: Parameters<typeof canonicalJson>[0]): Pick<Entry, 'body' | 'effectHash'> => {
  const text = canonicalJson(body)
  return { body: text, effectHash: sha256(`${text}\n`) }
}

/**
 * What an entry that is no command says of the key of its device: from here on that signs each file of the record too, so
 * that one that is not signed is not of this device.
 */
export const ofKey = (publicKey: string): { readonly publicKey: string; readonly files: number } => ({
  publicKey,
  files: 1,
})

/** The entry that follows on the given one, hashed and signed. */
export const nextEntry = (link: Link, head: Pick<Entry, 'seq' | 'hash'> | null, signer: Signer): Entry => {
  const content = { ...link, format: recordFormat, seq: (head?.seq ?? 0) + 1, previousHash: head?.hash ?? null }
  const hash = entryHash(content)
  return { ...content, hash, signature: signer.sign(signedText(hash)) }
}

/** The hash over no rows at all: what a chain commits to that begins with the database. */
export const nothingBefore = (): Buffer => lineHash().end()

// Rows come raw, in the order of the statement's columns; the schema says what each is.
const asChange = (row: unknown): StoredChange => {
  const [seq, organizationId, table, rowId, action, oldValues, newValues, salt, commitment] = row as [
    bigint,
    string | null,
    string,
    string,
    string,
    string | null,
    string,
    Uint8Array | null,
    Uint8Array | null,
  ]
  return { seq: Number(seq), organizationId, table, rowId, action, oldValues, newValues, salt, commitment }
}

// Small commands are one page; a large import is never one list.
const pageOf = 250

const documentSealer = (database: Sqlite.Database) => {
  const statements = new Map(
    [...documentShapes].map(([table, shape]) => [
      table,
      {
        shape,
        head: database.prepare(headSql(shape)).raw(true),
        parts: shape.parts.map((part) => database.prepare(partSql(shape, part)).raw(true)),
      },
    ]),
  )
  const insert = database.prepare(
    'INSERT INTO chain_documents (table_name, row_id, command_seq, format, hash, salt) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const nextSalt = saltSource()
  return (table: string, rowId: string, commandSeq: number): string | null => {
    const known = statements.get(table)
    if (known === undefined) return null
    // In raw mode: lists of values.
    const head = known.head.get(rowId) as unknown[]
    const parts = known.parts.map((part) => part.all(rowId) as unknown[][])
    const content = documentContent(known.shape, head, parts)
    const salt = nextSalt()
    const hash = documentHash(content.open, documentCommitment(salt, content))
    insert.run(table, rowId, commandSeq, recordFormat, hash, salt)
    return documentLine({ table, rowId, hash })
  }
}

/** Prepares the statements that every command runs at its end; on the writing connection. */
export const createSealer = (database: Sqlite.Database): Sealer => {
  const changes = database
    .prepare(
      `SELECT seq, organization_id, table_name, row_id, action, old_values, new_values, salt, commitment
      FROM audit_log WHERE command_seq = ? AND seq > ? ORDER BY seq LIMIT ${pageOf}`,
    )
    .raw(true)
    .safeIntegers(true)
  const erased = database
    .prepare('SELECT table_name, row_id, fate FROM erasure_rows WHERE erasure_id = ? ORDER BY table_name, row_id')
    .raw(true)
  const last = database
    .prepare('SELECT seq, hash FROM chain_entries WHERE device_id = ? ORDER BY seq DESC LIMIT 1')
    .raw(true)
  const insert = database.prepare(
    `INSERT INTO chain_entries (device_id, seq, format, kind, command_seq, at, body, effect_hash, previous_hash, hash, signature)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const sealDocument = documentSealer(database)
  const anchorOf = createAnchors(database)

  const headOf = (deviceId: string) => {
    const row = last.get(deviceId)
    // In raw mode: seq and hash, as the table declares them.
    return Array.isArray(row) ? { seq: Number(row[0]), hash: row[1] as Uint8Array } : null
  }

  const append = (link: Link, head: Pick<Entry, 'seq' | 'hash'> | null, signer: Signer) => {
    const it = nextEntry(link, head, signer)
    insert.run(
      it.deviceId,
      it.seq,
      it.format,
      it.kind,
      it.commandSeq,
      it.at,
      it.body,
      it.effectHash,
      it.previousHash,
      it.hash,
      it.signature,
    )
    return it
  }

  const addErased = (lines: LineHash, erasureId: string) => {
    for (const row of erased.iterate(erasureId)) {
      // In raw mode: three texts.
      const [table, rowId, fate] = row as [string, string, string]
      lines.add(erasedLine({ table, rowId, fate }))
    }
  }

  const effectOf = async (command: CommandHead, seq: number): Promise<Buffer> => {
    const lines = lineHash()
    const rest = rests()
    lines.add(commandLine(seq, command))
    const documents: [string, string][] = []
    const erasures: string[] = []
    for (let after = 0, page = pageOf; page === pageOf; ) {
      const rows = changes.all(seq, after)
      page = rows.length
      for (const row of rows) {
        const change = asChange(row)
        lines.add(changeLine(change))
        if (issuesDocument(change)) documents.push([change.table, change.rowId])
        if (change.table === 'erasures') erasures.push(change.rowId)
        after = change.seq
      }
      if (rest.isDue()) await rest.take()
    }
    for (const [table, rowId] of documents) {
      const line = sealDocument(table, rowId, seq)
      if (line !== null) lines.add(line)
      if (rest.isDue()) await rest.take()
    }
    for (const id of erasures) addErased(lines, id)
    return lines.end()
  }

  return async (command, seq, signer) => {
    const { deviceId, at } = command
    let head = headOf(deviceId)
    if (head === null) {
      // The first command of all: nothing was before it. Any other beginning is made while the database opens.
      if (seq !== 1) throw new Error(`The record of device ${deviceId} has no beginning.`)
      const before = { commands: 0, changes: 0, hash: nothingBefore().toString('hex') }
      const body = bodyOf({ before, ...ofKey(signer.publicKey) })
      head = append({ deviceId, kind: 'genesis', commandSeq: null, at, ...body }, null, signer)
    }
    const effectHash = await effectOf(command, seq)
    const entry = append({ deviceId, kind: 'command', commandSeq: seq, at, body: null, effectHash }, head, signer)
    const events = anchorOf(deviceId, entry.seq)
    if (events === null) return
    const body = bodyOf({ events, ...ofKey(signer.publicKey) })
    append({ deviceId, kind: 'key', commandSeq: null, at, ...body }, entry, signer)
  }
}

import { generateKeyPairSync, sign } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { canonicalJson, type Json } from '../../db/record/canonical-json.ts'
import { changeLine, commandLine, hex, lineHash } from '../../db/record/effect.ts'
import { type Entry, entryHash, type Signer, signedText } from '../../db/record/entry.ts'
import { bodyOf } from '../../db/record/seal.ts'
import { withoutGuards } from './record.ts'

/** A key of somebody's own. */
export const ownSigner = (): Signer & { readonly pem: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    sign: (message) => sign(null, message, privateKey),
  }
}

type Row = Record<string, unknown>

const effectOf = (database: Sqlite.Database, commandSeq: number) => {
  const lines = lineHash()
  const head = database
    .prepare(
      `SELECT id, procedure, organization_id AS organizationId, user_id AS userId, device_id AS deviceId, at FROM commands WHERE seq = ?`,
    )
    .get(commandSeq) as Parameters<typeof commandLine>[1]
  lines.add(commandLine(commandSeq, head))
  const changes = database
    .prepare(
      `SELECT seq, organization_id AS organizationId, table_name AS "table", row_id AS rowId, action, old_values AS oldValues,
      new_values AS newValues, salt, "commitment" FROM audit_log WHERE command_seq = ? ORDER BY seq`,
    )
    .all(commandSeq) as Parameters<typeof changeLine>[0][]
  for (const change of changes) lines.add(changeLine(change))
  return lines.end()
}

const entriesOf = (database: Sqlite.Database, from: number) =>
  database
    .prepare(
      `SELECT device_id AS deviceId, seq, format, kind, command_seq AS commandSeq, at, body, effect_hash AS effectHash,
      previous_hash AS previousHash, hash, signature FROM chain_entries WHERE seq >= ? ORDER BY seq`,
    )
    .all(from) as Entry[]

const insert = (database: Sqlite.Database, it: Entry) =>
  database
    .prepare('INSERT INTO chain_entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
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

// A key entry of one's own in the place of the given entry, and all from there on signed anew behind it.
const resign = (database: Sqlite.Database, at: Entry, signer: Signer, changed: number) => {
  const known = JSON.parse(
    String(database.prepare('SELECT body FROM chain_entries WHERE seq = 1').pluck().get()),
  ) as Row
  const later = entriesOf(database, at.seq)
  database.prepare('DELETE FROM chain_entries WHERE seq >= ?').run(at.seq)
  let previousHash = at.previousHash
  const put = (link: Omit<Entry, 'previousHash' | 'hash' | 'signature'>) => {
    const content = { ...link, previousHash }
    const hash = entryHash(content)
    insert(database, { ...content, hash, signature: signer.sign(signedText(hash)) })
    previousHash = hash
  }
  const { publicKey } = signer
  const body = bodyOf({ previous: String(known['publicKey']), publicKey })
  put({ ...at, kind: 'key', commandSeq: null, ...body })
  for (const entry of later) {
    const said = entry.body === null ? null : ({ ...JSON.parse(entry.body), publicKey } as Json)
    const named = said === null ? {} : bodyOf(said)
    const effect = entry.commandSeq === changed ? { effectHash: effectOf(database, changed) } : {}
    put({ ...entry, seq: entry.seq + 1, ...named, ...effect })
  }
  return { seq: at.seq + later.length, hash: hex(previousHash ?? Buffer.alloc(0)), publicKey }
}

export type Forged = {
  readonly directory: string
  readonly file: string
  /** The first entry of the other key. */
  readonly seq: number
  readonly publicKey: string
  readonly remove: () => void
}

/**
 * A copy of a closed data folder in which somebody gave a payment another date, and signed everything since anew with a key
 * of their own, the head beside the database too.
 */
export const forgedFolder = (from: string): Forged => {
  const directory = mkdtempSync(join(tmpdir(), 'counterfoil-forged-'))
  cpSync(from, directory, { recursive: true })
  const file = join(directory, 'counterfoil.db')
  const signer = ownSigner()
  let seq = 0
  let newest = { seq: 0, hash: '', publicKey: '' }
  withoutGuards(file, (database) => {
    const change = database
      .prepare(
        `SELECT seq, command_seq AS commandSeq, row_id AS rowId FROM audit_log WHERE table_name = 'payments' AND action = 'insert' ORDER BY seq LIMIT 1`,
      )
      .get() as { seq: number; commandSeq: number; rowId: string }
    database
      .prepare(`UPDATE audit_log SET new_values = json_replace(new_values, '$.method', 'cash') WHERE seq = ?`)
      .run(change.seq)
    database.prepare(`UPDATE payments SET method = 'cash' WHERE id = ?`).run(change.rowId)
    const at = entriesOf(database, 1).find(({ commandSeq }) => commandSeq === change.commandSeq)
    if (at === undefined) throw new Error('The payment has no entry.')
    seq = at.seq
    newest = resign(database, at, signer, change.commandSeq)
  })
  writeFileSync(join(directory, 'device.key'), signer.pem)
  const headFile = join(directory, 'record-head.json')
  const content = JSON.parse(readFileSync(headFile, 'utf8')) as { head: Row }
  const { signature: _, ...head } = { ...content.head, ...newest } as Row
  const text = `counterfoil head 1\n${canonicalJson(head as Json)}`
  const signature = Buffer.from(signer.sign(Buffer.from(text))).toString('base64')
  writeFileSync(headFile, JSON.stringify({ ...content, head: { ...head, signature } }))
  return {
    directory,
    file,
    seq,
    publicKey: signer.publicKey,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

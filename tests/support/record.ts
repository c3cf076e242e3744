import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type Sqlite from 'better-sqlite3'
import type { DataKey } from '../../db/key.ts'
import { openConnection, openReader } from '../../db/open.ts'
import { createFileKeyStore, openDeviceKey } from '../../electron/record/device-key.ts'
import { exportRecord } from '../../electron/record/export-record.ts'
import { signRecordFile } from '../../electron/record/file-statement.ts'
import type { RecordVerification, VerifyInput } from '../../electron/record/verification.ts'
import { verifyRecord } from '../../electron/record/verify.ts'
import { makeClient, makeDraft, makeInvoice, makePayment } from './factories.ts'
import type { Workspace } from './workspace.ts'

/** A few weeks of a small business: drafts, issued invoices, a payment, a changed client. */
export const recordSomeWork = async (workspace: Workspace) => {
  const clientId = await makeClient(workspace, 'Rosewood Bakery')
  const first = await makeInvoice(workspace, clientId)
  workspace.clock.advance(86_400_000)
  const second = await makeInvoice(workspace, clientId)
  await makeDraft(workspace, clientId)
  await makePayment(workspace, clientId, '50')
  return { clientId, first, second }
}

/** Runs a check on a database file as the app does in its worker. */
export const verifyFile = async (
  file: string,
  heads: readonly string[] = [],
  { key = null, ...known }: Partial<VerifyInput> & { readonly key?: DataKey } = {},
): Promise<RecordVerification> => {
  const { db, close } = openReader(file, key)
  try {
    return await verifyRecord(db, { heads, ...known })
  } finally {
    await close()
  }
}

/** The exported record of an organization. */
export const exportFile = async (file: string, organizationId: string, showsEvents = false) => {
  const { db, close } = openReader(file)
  try {
    const made = await exportRecord(db, { organizationId, madeAt: '2026-01-01T00:00:00.000Z', showsEvents })
    return { ...made, bytes: signRecordFile(made, openDeviceKey(createFileKeyStore(dirname(file)))) }
  } finally {
    await close()
  }
}

/** Changes a closed database as somebody can who writes to the file and has taken its guards away. */
export const withoutGuards = (file: string, change: (database: Sqlite.Database) => void, key: DataKey = null): void => {
  const database = openConnection(file, { readonly: false, key })
  database.pragma('foreign_keys = OFF')
  // Only a test reads it: hundreds of triggers are taken away and put back at once.
  database.pragma('synchronous = OFF')
  database.exec('BEGIN')
  const triggers = database.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all() as {
    name: string
    sql: string
  }[]
  for (const { name } of triggers) database.exec(`DROP TRIGGER "${name}"`)
  change(database)
  for (const { sql } of triggers) database.exec(sql)
  database.exec('COMMIT')
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}

/** A copy of a closed database, changed by somebody who can write to the file and has taken its guards away. */
export const tampered = (file: string, change: (database: Sqlite.Database) => void, key: DataKey = null) => {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-tampered-'))
  const copy = join(folder, 'counterfoil.db')
  copyFileSync(file, copy)
  const deviceKey = join(dirname(file), 'device.key')
  if (existsSync(deviceKey)) copyFileSync(deviceKey, join(folder, 'device.key'))
  withoutGuards(copy, change, key)
  return { file: copy, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

const verifier = fileURLToPath(new URL('../../resources/verifier/verify.mjs', import.meta.url))

type FoundAlone = {
  readonly entry: number | null
  readonly event?: number
  readonly kind: string
  readonly text: string
}

export type StandAlone = {
  readonly ok: boolean
  readonly problems: readonly FoundAlone[]
  readonly entries: number
  readonly shown: number
  readonly notes: readonly string[]
  readonly keys: readonly string[]
  readonly hidden: Readonly<Record<string, string>>
  readonly events: number
  readonly erased: number
  readonly checkpoint: { readonly changes: number } | null
  readonly head: string | null
  readonly first: FoundAlone | null
}

/** Runs the stand-alone verifier on the text of a record, in a process of its own. */
export const verifyAlone = async (
  text: string,
  ...options: string[]
): Promise<StandAlone & { readonly code: number }> => {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-record-'))
  const file = join(folder, 'record.jsonl')
  writeFileSync(file, text)
  try {
    return await new Promise((resolve, reject) => {
      execFile(process.execPath, [verifier, file, ...options], (error, stdout, stderr) => {
        if (stdout === '') return reject(new Error(stderr))
        resolve({ ...(JSON.parse(stdout) as StandAlone), code: error === null ? 0 : Number(error.code) })
      })
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

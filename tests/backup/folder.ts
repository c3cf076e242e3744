import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { openConnection } from '../../db/open.ts'
import { sha256Of } from '../../electron/files.ts'
import { asCommand, freshDirectory, insertIssuedInvoice, seedBasics } from '../support/database.ts'
import { placeMigratedFile } from '../support/migrated-file.ts'

export const testKey = new Uint8Array(32).fill(7)
export const otherKey = new Uint8Array(32).fill(8)

export type Made = {
  readonly directory: string
  readonly file: string
  readonly key: Uint8Array | null
  /** The connection that is in use. */
  readonly database: Sqlite.Database
  readonly addInvoice: (counter: number) => void
  readonly close: () => void
  readonly remove: () => void
}

/** A data folder in use, with an organization, a client and three issued invoices of 120.00. */
export const madeFolder = (key: Uint8Array | null): Made => {
  const { directory, remove } = freshDirectory()
  const file = join(directory, 'counterfoil.db')
  placeMigratedFile(directory, key)
  const database = openConnection(file, { readonly: false, key })
  const addInvoice = (counter: number) =>
    asCommand(database, () => insertIssuedInvoice(database, `invoice-${counter}`, counter))
  asCommand(database, () => seedBasics(database))
  for (const counter of [1, 2, 3]) addInvoice(counter)
  return {
    directory,
    file,
    key,
    database,
    addInvoice,
    close: () => database.close(),
    remove: () => {
      database.close()
      remove()
    },
  }
}

/** Keeps a file in a data folder as the file store does; its hash. */
export const keepFile = (directory: string, text: string): string => {
  const hash = sha256Of(text)
  mkdirSync(join(directory, 'files', hash.slice(0, 2)), { recursive: true })
  writeFileSync(join(directory, 'files', hash.slice(0, 2), hash), text)
  return hash
}

import { cpSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { attachBackup, encryptedPageSize, rekeyConnection } from '../../db/key.ts'
import { openConnection } from '../../db/open.ts'
import { rekeyFile } from '../../db/rekey.ts'
import { convertFile } from '../../electron/keys/convert.ts'
import { freshDirectory } from '../support/database.ts'
import { placeMigratedFile } from '../support/migrated-file.ts'

const key = new Uint8Array(32).fill(7)

const pageSizeOf = (file: string, itsKey: Uint8Array | null) => {
  const database = openConnection(file, { readonly: false, key: itsKey })
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    return database.pragma('page_size', { simple: true })
  } finally {
    database.close()
  }
}

test('a database has pages of one size, encrypted and in the clear', async () => {
  const { directory, remove } = freshDirectory()
  placeMigratedFile(directory)
  const [plain, sealed, other, back] = ['counterfoil', 'sealed', 'other', 'back'].map((name) =>
    join(directory, `${name}.db`),
  )
  if (!plain || !sealed || !other || !back) throw new Error('four files')
  await convertFile(plain, sealed, { from: null, to: key })
  expect(pageSizeOf(sealed, key)).toBe(encryptedPageSize)
  const another = new Uint8Array(32).fill(8)
  await convertFile(sealed, other, { from: key, to: another })
  expect(pageSizeOf(other, another)).toBe(encryptedPageSize)
  await convertFile(sealed, back, { from: key, to: null })
  expect(pageSizeOf(back, null)).toBe(4096)
  remove()
})

test('a file in the clear is put under a key where it lies', () => {
  const { directory, remove } = freshDirectory()
  placeMigratedFile(directory)
  const file = join(directory, 'counterfoil.db')
  rekeyFile(file, null, key)
  expect(pageSizeOf(file, key)).toBe(encryptedPageSize)
  remove()
})

// As versions before 2026-11-21 encrypted: in pages of 1024 bytes.
const encryptAsBefore = (file: string) => {
  const database = new Sqlite(file)
  database.pragma('journal_mode = DELETE')
  database.pragma('page_size = 1024')
  database.exec('VACUUM')
  rekeyConnection(database, key)
  database.close()
}

test('what was encrypted in smaller pages opens, also with a log beside it, and is put under another key', async () => {
  const { directory, remove } = freshDirectory()
  placeMigratedFile(directory)
  const file = join(directory, 'counterfoil.db')
  encryptAsBefore(file)
  expect(pageSizeOf(file, key)).toBe(1024)
  const open = openConnection(file, { readonly: false, key })
  open.exec('CREATE TABLE more (id TEXT); INSERT INTO more VALUES (1)')
  // As a kill leaves it: the newest rows are in the log alone.
  const left = join(directory, 'left.db')
  for (const end of ['', '-wal']) cpSync(`${file}${end}`, `${left}${end}`)
  open.close()
  const again = openConnection(left, { readonly: false, key })
  expect(again.prepare('SELECT count(*) FROM more').pluck().get()).toBe(1)
  again.close()
  const another = new Uint8Array(32).fill(8)
  await convertFile(left, join(directory, 'other.db'), { from: key, to: another })
  expect(pageSizeOf(join(directory, 'other.db'), another)).toBe(1024)
  expect(() => openConnection(left, { readonly: true, key: another })).toThrow(/not a database/)
  remove()
})

test('a business comes back from a backup whose pages have another size', async () => {
  const { directory, remove } = freshDirectory()
  placeMigratedFile(directory)
  const plain = join(directory, 'counterfoil.db')
  const [small, wide] = [join(directory, 'small.db'), join(directory, 'wide.db')]
  await convertFile(plain, wide, { from: null, to: key })
  cpSync(plain, small)
  encryptAsBefore(small)
  for (const [present, backup] of [
    [small, wide],
    [wide, small],
    [wide, wide],
  ] as const) {
    const database = openConnection(present, { readonly: false, key })
    attachBackup(database, backup, key)
    expect(database.prepare('SELECT count(*) FROM backup.organizations').pluck().get()).toBe(0)
    expect(() => attachBackup(database, backup, new Uint8Array(32).fill(8))).toThrow()
    database.close()
  }
  remove()
})

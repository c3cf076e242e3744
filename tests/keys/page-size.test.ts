import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encryptedPageSize } from '../../db/key.ts'
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

test('an encrypted database has small pages, of which a commit encrypts less, and in the clear it has wide ones again', async () => {
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

test('a file in the clear with wide pages is put under a key where it lies', () => {
  const { directory, remove } = freshDirectory()
  placeMigratedFile(directory)
  const file = join(directory, 'counterfoil.db')
  rekeyFile(file, null, key)
  expect(pageSizeOf(file, key)).toBe(encryptedPageSize)
  remove()
})

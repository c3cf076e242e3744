import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { createBackup } from '../../electron/backup/create.ts'
import { drillBackup } from '../../electron/backup/drill.ts'
import { isTurnOf, listKept } from '../../electron/backup/kept-files.ts'
import { restoreBackup } from '../../electron/backup/restore.ts'
import { verifyBackup } from '../../electron/backup/verify.ts'
import { openFileStore, sha256Of } from '../../electron/files.ts'
import { asCommand, insertRow } from '../support/database.ts'
import { type Made, madeFolder, testKey } from './folder.ts'

const at = '2026-11-21T12:05:00.000Z'
const made: Made[] = []
afterEach(() => {
  for (const it of made.splice(0)) it.remove()
})

const text = 'A contract, signed.'

/** A data folder with one kept file that a row names, and a backup of it. */
const backedUp = async (key: Uint8Array | null) => {
  const it = madeFolder(key)
  made.push(it)
  const hash = await openFileStore(it.directory, key).put(Buffer.from(text))
  asCommand(it.database, () =>
    insertRow(it.database, 'attachments', {
      id: 'a1',
      sha256: hash,
      size: text.length,
      media_type: 'text/plain',
      file_name: 'contract.txt',
      entity: 'invoice',
      entity_id: 'invoice-1',
    }),
  )
  const place = join(it.directory, 'backups')
  const input = {
    directory: it.directory,
    key,
    destination: place,
    reason: 'auto',
    appVersion: '1',
    full: true,
  } as const
  const { file } = await createBackup({ ...input, createdAt: at })
  const [path = ''] = listKept(it.directory)
  return { it, file, path, inData: join(it.directory, path), inPlace: join(place, path), input }
}

// One byte of a disk that has gone bad.
const flip = (file: string) => {
  const bytes = readFileSync(file)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  writeFileSync(file, bytes)
}

describe.each([
  ['in the clear', null],
  ['sealed', testKey],
])('a kept file %s', (_, key) => {
  const read = async (directory: string) =>
    Buffer.from(await openFileStore(directory, key).get(sha256Of(text))).toString()

  test('that is damaged beside its backup is named, and written anew from a sound one by the trial', async () => {
    const { it, file, path, inPlace } = await backedUp(key)
    expect(verifyBackup(file, key)).toMatchObject({ sound: true, missing: [] })
    flip(inPlace)
    expect(verifyBackup(file, key)).toMatchObject({ sound: true, missing: [path] })
    expect(await drillBackup({ directory: it.directory, source: file, key, at })).toMatchObject({
      missing: 0,
      healed: 1,
    })
    expect(verifyBackup(file, key)).toMatchObject({ sound: true, missing: [] })
    expect(existsSync(join(it.directory, 'drill'))).toBe(false)
  })

  test('that is damaged in both places is told by the trial and left as it is', async () => {
    const { it, file, inPlace, inData } = await backedUp(key)
    flip(inPlace)
    flip(inData)
    const bytes = readFileSync(inPlace)
    expect(await drillBackup({ directory: it.directory, source: file, key, at })).toMatchObject({
      missing: 1,
      healed: 0,
    })
    expect(readFileSync(inPlace).equals(bytes)).toBe(true)
  })

  test('is brought back from the backup where the data folder has it damaged, and kept where the backup has', async () => {
    for (const damaged of ['inData', 'inPlace'] as const) {
      const kept = await backedUp(key)
      const { it, file } = kept
      it.close()
      flip(kept[damaged])
      const plan = { directory: it.directory, source: file, key, keys: { kind: 'keep' }, at } as const
      expect(await restoreBackup(plan)).toMatchObject({ missing: [] })
      expect(await read(it.directory)).toBe(text)
    }
  })

  test('is looked at again by a backup on its day, and written anew', async () => {
    const { file, path, inPlace, input } = await backedUp(key)
    flip(inPlace)
    const days = Array.from({ length: 29 }, (_day, index) =>
      new Date(Date.parse(at) + index * 86_400_000).toISOString(),
    )
    const its = days.filter((day) => isTurnOf(day)(path))
    expect(its).toHaveLength(1)
    await createBackup({ ...input, createdAt: days.find((day) => !its.includes(day)) ?? '' })
    expect(verifyBackup(file, key)).toMatchObject({ missing: [path] })
    await createBackup({ ...input, createdAt: its[0] ?? '' })
    expect(verifyBackup(file, key)).toMatchObject({ missing: [] })
  })
})

test('that is gone beside its backup is put back there by the trial', async () => {
  const { it, file, inPlace } = await backedUp(null)
  rmSync(inPlace)
  expect(await drillBackup({ directory: it.directory, source: file, key: null, at })).toMatchObject({ healed: 1 })
  expect(readFileSync(inPlace, 'utf8')).toBe(text)
})

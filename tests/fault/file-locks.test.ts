import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { examineFile } from '../../db/examine.ts'
import { createBackup } from '../../electron/backup/create.ts'
import { drillBackup } from '../../electron/backup/drill.ts'
import { previewBackup } from '../../electron/backup/preview.ts'
import { verifyBackup } from '../../electron/backup/verify.ts'
import { type Made, madeFolder, testKey } from '../backup/folder.ts'

const made: Made[] = []
afterEach(() => {
  for (const it of made.splice(0)) it.remove()
})

const locks = '/proc/locks'
if (!existsSync(locks)) process.stderr.write(`SKIPPED: file locks are only seen where there is ${locks}\n`)

/** How many locks this process holds on a file. */
const locksOn = (file: string): number => {
  const { ino } = statSync(file)
  return readFileSync(locks, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((parts) => parts[4] === String(process.pid) && parts[5]?.endsWith(`:${ino}`) === true).length
}

// Closing a file in any other way than SQLite does lets go of every lock of the process: another program that then opens
// and closes the data takes its log away, and what is saved afterwards is gone.
describe.skipIf(!existsSync(locks)).each([
  ['in the clear', null],
  ['encrypted', testKey],
])('the lock on a database that is in use, %s', (_, key) => {
  const about = { isEncrypted: key !== null, openers: null }
  const inUse = () => {
    const it = madeFolder(key)
    made.push(it)
    // Whoever reads holds it, from the first statement on.
    expect(locksOn(it.file)).toBeGreaterThan(0)
    return it
  }

  const backUp = ({ directory }: Made) =>
    createBackup({
      directory,
      key,
      destination: join(directory, 'backups'),
      reason: 'manual',
      createdAt: '2026-11-21T09:00:00.000Z',
      appVersion: '1.0.0',
      full: true,
    })

  test.each([false, true])('outlasts its check (in full: %s)', (full) => {
    const it = inUse()
    expect(examineFile(it.file, key, full).sound).toBe(true)
    expect(locksOn(it.file)).toBeGreaterThan(0)
  })

  test('outlasts a backup, its check, a drill and a preview', async () => {
    const it = inUse()
    const { file } = await backUp(it)
    expect(locksOn(it.file)).toBeGreaterThan(0)
    expect(verifyBackup(file, key).sound).toBe(true)
    expect(locksOn(it.file)).toBeGreaterThan(0)
    await drillBackup({ directory: it.directory, source: file, key, at: '2026-11-21T10:00:00.000Z' })
    expect(locksOn(it.file)).toBeGreaterThan(0)
    const { lost } = previewBackup({ directory: it.directory, source: file, key, presentKey: key, ...about })
    expect(lost).toMatchObject({ documents: 0 })
    expect(locksOn(it.file)).toBeGreaterThan(0)
  })

  test('outlasts somebody choosing the data itself as a backup', () => {
    const it = inUse()
    const preview = () => previewBackup({ directory: it.directory, source: it.file, key, presentKey: key, ...about })
    expect(preview).toThrow('is the data that is in use, not a backup.')
    expect(locksOn(it.file)).toBeGreaterThan(0)
  })
})

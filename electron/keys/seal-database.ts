import { existsSync, readdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { syncFolder } from '../backup/durable.ts'
import { convertFile, shred } from './convert.ts'

// Also what a log of each kind is called that belongs to a database of that name: SQLite itself finds them together.
const logs = ['-shm', '-journal', '-wal'] as const
const plainOf = (file: string) => `${file}.plain`

/** Called after each step: a test ends the work there. */
export type AfterSealStep = (step: 'converted' | 'moved' | 'placed' | 'shredded') => void

const shredIfThere = async (file: string) => {
  if (existsSync(file)) await shred(file)
}

// The database last: until it is gone, `takeBack` knows that something was left over.
const shredPlain = async (file: string, after: AfterSealStep = () => undefined) => {
  for (const end of [...logs, '']) {
    await shredIfThere(`${plainOf(file)}${end}`)
    after('shredded')
  }
}

/**
 * Encrypts a database that nobody has open, where it lies; what was in the clear is written over before it goes. Its log
 * leaves the name together with it, so that no log is ever beside a database that it does not belong to: cut off anywhere,
 * `takeBack` ends it or takes it back.
 */
export const sealDatabase = async (
  file: string,
  key: Uint8Array,
  after: AfterSealStep = () => undefined,
): Promise<void> => {
  const scratch = `${file}.partial`
  // With what is in its log: read by SQLite, checked in full.
  await convertFile(file, scratch, { from: null, to: key })
  after('converted')
  for (const end of ['', ...logs]) {
    if (!existsSync(`${file}${end}`)) continue
    renameSync(`${file}${end}`, `${plainOf(file)}${end}`)
    after('moved')
  }
  syncFolder(dirname(file))
  renameSync(scratch, file)
  syncFolder(dirname(file))
  after('placed')
  await shredPlain(file, after)
}

/**
 * Ends what a kill within `sealDatabase` left of files with such names in a folder: where the sealed one has the name,
 * what was in the clear goes; else that gets its name back, with its log.
 */
export const takeBack = async (folder: string, isName: (name: string) => boolean): Promise<void> => {
  const left = (existsSync(folder) ? readdirSync(folder) : []).flatMap(
    (name) => /^(.+)\.plain(-wal|-shm|-journal)?$/.exec(name)?.[1] ?? [],
  )
  for (const name of new Set(left.filter(isName))) {
    const file = join(folder, name)
    if (existsSync(file)) {
      // Of a kill in an earlier version: a sealed one has no log of its own yet.
      for (const end of logs) await shredIfThere(`${file}${end}`)
      await shredPlain(file)
    } else {
      // Its log first: a database that has its name has all that belongs to it.
      for (const end of [...logs, '']) {
        if (existsSync(`${plainOf(file)}${end}`)) renameSync(`${plainOf(file)}${end}`, `${file}${end}`)
      }
    }
  }
}

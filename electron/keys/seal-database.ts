import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from '../backup/durable.ts'
import { convertFile, shred } from './convert.ts'

/** Encrypts a database that nobody has open, where it lies; what was in the clear is written over before it goes. */
export const sealDatabase = async (file: string, key: Uint8Array): Promise<void> => {
  const scratch = `${file}.partial`
  await convertFile(file, scratch, { from: null, to: key })
  const plain = `${file}.plain`
  renameSync(file, plain)
  renameSync(scratch, file)
  syncFolder(join(file, '..'))
  await shred(plain)
  for (const end of ['-wal', '-shm', '-journal']) if (existsSync(`${file}${end}`)) await shred(`${file}${end}`)
}

/** Ends what a kill within `sealDatabase` left of files with such names in a folder: between its two renames the name is nobody's. */
export const takeBack = (folder: string, isName: (name: string) => boolean): void => {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const own = name.slice(0, -'.plain'.length)
    if (!name.endsWith('.plain') || !isName(own)) continue
    const file = join(folder, own)
    if (existsSync(file)) rmSync(join(folder, name), { force: true })
    else renameSync(join(folder, name), file)
  }
}

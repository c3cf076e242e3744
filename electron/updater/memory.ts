import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { replacePrivateFile } from '../mail/private-file.ts'
import { isVersion } from './version.ts'

const memorySchema = z.object({
  newestSeen: z.string().refine(isVersion).nullable(),
  checkedAt: z.string().nullable(),
  /** Why the install at the last end of the app was left; shown once it runs again. */
  problem: z.string().max(1000).nullable(),
})
export type UpdateMemory = z.output<typeof memorySchema>

const nothing: UpdateMemory = { newestSeen: null, checkedAt: null, problem: null }

/** What is remembered of releases from one start to the next, in `directory`/state.json; a damaged file is as none. */
export const openUpdateMemory = (directory: string) => {
  const file = join(directory, 'state.json')
  let known: UpdateMemory | null = null
  const read = async (): Promise<UpdateMemory> => {
    known ??= await readFile(file, 'utf8')
      .then(
        (text) => memorySchema.parse(JSON.parse(text)),
        () => nothing,
      )
      .catch(() => nothing)
    return known
  }
  const write = async (changes: Partial<UpdateMemory>): Promise<void> => {
    known = { ...(await read()), ...changes }
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await replacePrivateFile(file, Buffer.from(`${JSON.stringify(known)}\n`))
  }
  return { read, write }
}

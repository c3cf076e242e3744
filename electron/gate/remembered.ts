import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readPrivateFile, replacePrivateFile } from '../mail/private-file.ts'

const tokenFile = z.strictObject({
  token: z.string().min(20).max(200),
  /** Somebody asked to stay signed in, however long the app is closed. */
  stays: z.boolean().default(false),
})
export type KeptToken = z.output<typeof tokenFile>

const attemptsFile = z.record(
  z.string(),
  z.strictObject({ failures: z.int().min(0), latest: z.string(), blockedUntil: z.string().nullable() }),
)
export type ColdAttempts = z.output<typeof attemptsFile>

/** What this computer remembers of its sessions beside the database: readable before that is open. */
export type Remembered = {
  readonly token: () => Promise<KeptToken | null>
  readonly keepToken: (kept: KeptToken) => Promise<void>
  readonly forgetToken: () => Promise<void>
  /** Wrong tries to open encrypted data, by person. */
  readonly attempts: () => Promise<ColdAttempts>
  readonly keepAttempts: (attempts: ColdAttempts) => Promise<void>
}

/** The session files of a data folder. One that cannot be read counts as not there: the password is asked for. */
export const openRemembered = (directory: string): Remembered => {
  const sessionPath = join(directory, 'session.json')
  const attemptsPath = join(directory, 'sign-in-attempts.json')
  const read = async <T>(path: string, schema: z.ZodType<T>): Promise<T | null> => {
    try {
      const text = await readPrivateFile(path, 'store-permissions')
      return text === null ? null : schema.parse(JSON.parse(text.toString('utf8')))
    } catch {
      return null
    }
  }
  const write = (path: string, content: unknown) =>
    replacePrivateFile(path, Buffer.from(`${JSON.stringify(content)}\n`))
  return {
    token: () => read(sessionPath, tokenFile),
    keepToken: (kept) => write(sessionPath, kept),
    forgetToken: () => rm(sessionPath, { force: true }),
    attempts: async () => (await read(attemptsPath, attemptsFile)) ?? {},
    keepAttempts: (attempts) => write(attemptsPath, attempts),
  }
}

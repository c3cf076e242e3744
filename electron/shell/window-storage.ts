import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Session } from 'electron'

/**
 * The storage of the window in its profile folder, whose files keep every value that was overwritten or removed. The
 * page has read it all before it asks for its key, and writes it again, sealed.
 */
export const createWindowStorage = (folder: string, session: () => Pick<Session, 'clearStorageData'>) => {
  // It says that the files were begun anew since the data is encrypted.
  const mark = join(folder, 'storage-is-sealed')
  return {
    /** Begins the files anew for data that is encrypted; once, and again after it was in the clear. */
    follow: async (isEncrypted: boolean): Promise<void> => {
      if (!isEncrypted) return rmSync(mark, { force: true })
      if (existsSync(mark)) return
      // Of one origin alone Chromium removes the values, and leaves the files as they are.
      await session().clearStorageData({ storages: ['localstorage'] })
      writeFileSync(mark, '', { mode: 0o600 })
    },
  }
}

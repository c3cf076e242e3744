import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspectFile } from '../../db/inspect-file.ts'
import { type DataKey, rekeyConnection } from '../../db/key.ts'
import { migrate, newestVersion } from '../../db/migrate.ts'
import { openConnection } from '../../db/open.ts'
import { openScratch } from '../../db/scratch.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cache = join(root, 'node_modules', '.cache', 'counterfoil')

// Whatever may change the file that comes out.
const sources = () =>
  ['db', 'db/migrations', 'db/capture'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => join(root, folder, name)),
  )

const makeMigrated = (): string => {
  const hash = createHash('sha256')
  for (const source of sources()) hash.update(source).update(readFileSync(source))
  const file = join(cache, `migrated-${newestVersion()}-${hash.digest('hex').slice(0, 16)}.db`)
  if (existsSync(file)) return file
  mkdirSync(cache, { recursive: true })
  const partial = `${file}.${process.pid}.partial`
  rmSync(partial, { force: true })
  // Makes the file that is not there, with its mark.
  inspectFile(partial, null)
  const database = openConnection(partial, { readonly: false })
  migrate(database, partial)
  // Ends the log: what is copied is one file.
  database.close()
  renameSync(partial, file)
  return file
}

let migrated: string | null = null

/**
 * Puts a database with every migration applied and nothing in it into a folder that has none: what opening the folder
 * would make, in a tenth of the time. Tests of migrations and of the first opening do not use it.
 */
export const placeMigratedFile = (directory: string, key: DataKey = null): void => {
  const file = join(directory, 'counterfoil.db')
  if (existsSync(file)) return
  migrated ??= makeMigrated()
  mkdirSync(directory, { recursive: true })
  copyFileSync(migrated, file)
  if (key === null) return
  const database = openScratch(file, null)
  rekeyConnection(database, key)
  database.close()
}

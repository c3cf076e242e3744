import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { storageError } from '../../db/errors.ts'
import { examineFile } from '../../db/examine.ts'
import type { DatabaseFacts } from '../../db/facts.ts'
import { isOwnLog } from '../../db/inspect-log.ts'
import type { DataKey } from '../../db/key.ts'
import { type SalvagedTable, salvage } from '../../db/salvage.ts'
import { swapDatabase } from '../../db/swap.ts'
import { AppError } from '../../shared/errors.ts'
import { needSpace, syncPath } from '../backup/durable.ts'
import { asideFolder } from '../backup/restore.ts'
import { fileSize } from './file-size.ts'
import { setAside } from './set-aside.ts'

export type SalvageInput = { readonly directory: string; readonly key: DataKey; readonly at: string }

export type Salvaged = {
  readonly tables: readonly SalvagedTable[]
  /** What the new file holds. */
  readonly facts: DatabaseFacts
  /** Where the damaged database was copied to, byte for byte. */
  readonly aside: string
}

const salvagedFile = (directory: string) => join(directory, 'salvage', 'counterfoil.db')

/**
 * Reads what is left of a damaged database into a new file and checks that; nothing takes its place before somebody
 * agrees (`acceptSalvage`). AppError STORAGE_UNAVAILABLE where nothing can be read any more.
 */
export const salvageDatabase = (
  { directory, key, at }: SalvageInput,
  onTable: (step: string, done: number, total: number) => void = () => undefined,
): Salvaged => {
  const file = join(directory, 'counterfoil.db')
  const folder = join(directory, 'salvage')
  try {
    needSpace(directory, (fileSize(file) + fileSize(`${file}-wal`)) * 3 + 1_000_000)
    const aside = setAside(directory, at)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    // From a copy of the copy: reading one that has a log writes beside it.
    const source = join(setAside(folder, at, aside), 'counterfoil.db')
    // Rows of another database are not what was lost here.
    if (!isOwnLog(source, key)) rmSync(`${source}-wal`)
    const target = salvagedFile(directory)
    const tables = salvage(source, key, target, (done, total) => onTable('tables', done, total))
    rmSync(join(folder, 'damaged'), { recursive: true, force: true })
    syncPath(target)
    const examined = examineFile(target, key, true)
    if (!examined.sound) throw new Error(examined.faults.join('; '))
    if (tables.every(({ read }) => read === 0)) throw new Error('not one row could be read')
    return { tables, facts: examined.facts, aside }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    const known = storageError(error, directory)
    if (known instanceof AppError && known.code === 'STORAGE_FULL') throw known
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'STORAGE_UNAVAILABLE',
      `Nothing could be read out of the damaged database (${reason}). It was left as it is. Restore a backup.`,
    )
  }
}

/** Puts what was salvaged in the place of the damaged database, which is kept; gives the folder that keeps it. */
export const acceptSalvage = (directory: string, at: string): string => {
  const incoming = 'counterfoil.db.incoming'
  if (!existsSync(salvagedFile(directory))) {
    throw new AppError('INVALID_STATE', 'Nothing was salvaged yet: read what is left first.')
  }
  renameSync(salvagedFile(directory), join(directory, incoming))
  const aside = swapDatabase(directory, { incoming, aside: asideFolder(at), keys: { kind: 'keep' } })
  rmSync(join(directory, 'salvage'), { recursive: true, force: true })
  return join(directory, aside)
}

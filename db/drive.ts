import { realpathSync, statfsSync } from 'node:fs'
import { AppError } from '../shared/errors.ts'

// Magic numbers of statfs(2): file systems whose locks SQLite cannot trust.
const remote = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x564c, 'NCP'],
  [0x5346414f, 'AFS'],
  [0x01021997, '9P'],
])

const filesystemTypeOf = (directory: string): string | null => {
  // A mapped network drive resolves to its \\server\share name on Windows.
  if (realpathSync.native(directory).startsWith('\\\\')) return 'a Windows share'
  if (process.platform !== 'linux') return null
  return remote.get(Number(statfsSync(directory).type) >>> 0) ?? null
}

/** Refuses a data directory on a network drive: its locks do not hold, and the database would break. */
export const refuseNetworkDrive = (
  directory: string,
  typeOf: (directory: string) => string | null = filesystemTypeOf,
): void => {
  const type = typeOf(directory)
  if (type === null) return
  throw new AppError(
    'STORAGE_UNAVAILABLE',
    `${directory} is on a network drive (${type}), where a database can be damaged. ` +
      'Choose a folder on a disk of this computer; several computers share data through sync instead.',
  )
}

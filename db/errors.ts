import { AppError, type ErrorCode } from '../shared/errors.ts'

const codeOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

const camelCase = (column: string) => column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

const storage: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  SQLITE_FULL: ['STORAGE_FULL', 'The disk is full. Nothing was changed. Free some space and try again.'],
  ENOSPC: ['STORAGE_FULL', 'The disk is full. Nothing was changed. Free some space and try again.'],
  SQLITE_READONLY: [
    'STORAGE_UNAVAILABLE',
    'The data folder cannot be written to. Check its permissions and try again.',
  ],
  EACCES: ['STORAGE_UNAVAILABLE', 'The data folder cannot be opened. Check its permissions and try again.'],
  EPERM: ['STORAGE_UNAVAILABLE', 'The data folder cannot be opened. Check its permissions and try again.'],
  EROFS: ['STORAGE_UNAVAILABLE', 'The data folder is on a read-only disk. Choose a folder that can be written to.'],
  // Also what making a folder on a read-only disk ends with.
  ENOENT: [
    'STORAGE_UNAVAILABLE',
    'The data folder cannot be made. Check that its disk is there and is not a read-only disk.',
  ],
  ENOTDIR: ['STORAGE_UNAVAILABLE', 'The data folder is a file. Choose a folder.'],
  EEXIST: ['STORAGE_UNAVAILABLE', 'The data folder is a file. Choose a folder.'],
  SQLITE_CANTOPEN: [
    'STORAGE_UNAVAILABLE',
    'The data folder cannot be opened. Check that it exists and can be written to.',
  ],
  SQLITE_BUSY: ['STORAGE_UNAVAILABLE', 'Another program holds the database. Close it and try again.'],
  SQLITE_NOTADB: [
    'STORAGE_UNAVAILABLE',
    'The file is not a Counterfoil database, or it is encrypted. It was left as it is.',
  ],
  SQLITE_CORRUPT: [
    'STORAGE_UNAVAILABLE',
    'The database is damaged. It was left as it is. Restore a backup from the "backups" folder.',
  ],
  SQLITE_IOERR: ['STORAGE_UNAVAILABLE', 'The disk could not be read or written. Check the disk and try again.'],
}

const damaged = { problem: 'damaged' } as const

/** Whether an expected problem is that the data itself is damaged. */
export const isDamage = (error: unknown): boolean =>
  error instanceof AppError &&
  typeof error.details === 'object' &&
  error.details !== null &&
  'problem' in error.details &&
  error.details.problem === damaged.problem

/** Turns a fault of the disk or of SQLite into an AppError that says what to do; anything else passes unchanged. */
export const storageError = (error: unknown, file?: string): unknown => {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  const known = storage[code] ?? storage[code.split('_').slice(0, 2).join('_')]
  if (known === undefined) return error
  const more = /^SQLITE_(CORRUPT|NOTADB)/.test(code) ? { details: damaged } : {}
  return new AppError(known[0], file === undefined ? known[1] : `${known[1]} (${file})`, more)
}

// The word before the colon is what our triggers raise; see db/migrations.
const raised: readonly (readonly [string, ErrorCode])[] = [
  ['immutable: ', 'IMMUTABLE'],
  ['over-allocated: ', 'OVER_ALLOCATED'],
  ['state: ', 'INVALID_STATE'],
  ['forbidden: ', 'FORBIDDEN'],
]

// SQLite names the columns of an index, or the index itself where that is of an expression: `index 'tags_name'`.
const columnOf = (message: string): string => {
  const index = /index '([a-z0-9_]+)'$/.exec(message)?.[1]
  if (index !== undefined) return ofIndex[index] ?? 'value'
  return message.split('.').pop() ?? 'value'
}
const ofIndex: Readonly<Record<string, string>> = {
  payment_accounts_default: 'currency',
  settings_key: 'key',
  tags_name: 'name',
}

/** Turns whatever a statement threw into an AppError where it is an expected problem; a bug passes unchanged. */
export const databaseError = (error: unknown): unknown => {
  if (error instanceof AppError || !(error instanceof Error)) return error
  for (const [prefix, code] of raised) {
    if (!error.message.startsWith(prefix)) continue
    const text = error.message.slice(prefix.length)
    return new AppError(code, `${text.charAt(0).toUpperCase()}${text.slice(1)}.`)
  }
  const code = codeOf(error)
  if (code === 'SQLITE_CONSTRAINT_UNIQUE') {
    const column = columnOf(error.message)
    const message = `There is already one with the same ${column.replaceAll('_', ' ')}.`
    return new AppError('DUPLICATE', message, { fields: { [camelCase(column)]: message } })
  }
  if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return new AppError('DUPLICATE', 'There is already one with the same id. Use a new id.')
  }
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY') {
    return new AppError('NOT_FOUND', 'Something that this refers to does not exist.')
  }
  return storageError(error)
}

import { statfsSync } from 'node:fs'
import { AppError } from '../shared/errors.ts'

const megabytes = (bytes: number) => `${Math.max(1, Math.ceil(bytes / 1_000_000))} MB`

/** Refuses to begin what would not fit: AppError STORAGE_FULL with both sizes. */
export const needSpace = (folder: string, bytes: number): void => {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  if (free >= bytes) return
  throw new AppError(
    'STORAGE_FULL',
    `There is no room in ${folder}: ${megabytes(bytes)} are needed and ${megabytes(free)} are free. Nothing was changed. Free some space or choose another folder.`,
  )
}

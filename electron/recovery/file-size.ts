import { statSync } from 'node:fs'

/** Bytes of a file; 0 for none and for a folder. */
export const fileSize = (path: string): number => {
  const status = statSync(path, { throwIfNoEntry: false })
  return status?.isFile() === true ? status.size : 0
}

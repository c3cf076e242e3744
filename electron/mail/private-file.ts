import { constants } from 'node:fs'
import { link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SecretError, type SecretErrorCode } from './secrets.ts'

const OWNER_ONLY = 0o600
const MAX_BYTES = 1024 * 1024
/** Windows has no such bits, and its users' folders are closed to others by default. */
const HAS_MODE_BITS = process.platform !== 'win32'

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}

function unreachable(path: string, error: unknown): SecretError {
  return new SecretError(
    'unreachable',
    path,
    `${path} cannot be read or written (${codeOf(error)}). Check the folder, its permissions and the free space.`,
  )
}

/**
 * Reads a file that only its owner may read; null where there is none. Where others may read it too: SecretError(`refused`),
 * or, for what is sealed in itself, `onExposed` is told in words, and the file made its owner's alone if the disk can.
 */
export async function readPrivateFile(
  path: string,
  refused: SecretErrorCode,
  onExposed?: (problem: string) => void,
): Promise<Buffer | null> {
  try {
    // A link could make the check of one file and the reading of another out of it.
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    try {
      const { mode, uid, size } = await file.stat()
      const refuse = async (problem: string) => {
        if (onExposed === undefined) throw new SecretError(refused, path, problem)
        // FAT, NTFS and folders of a cloud keep no such bits.
        await file.chmod(OWNER_ONLY).catch(() => undefined)
        onExposed(problem)
      }
      if (HAS_MODE_BITS && (mode & 0o077) !== 0) {
        await refuse(
          `${path} may be read by other users (mode ${(mode & 0o777).toString(8)}). Make it yours alone (chmod 600), and change the passwords kept in it if others use this computer.`,
        )
      }
      if (process.getuid !== undefined && uid !== process.getuid()) {
        await refuse(`${path} belongs to another user of this computer (number ${uid}). Make it your own (chown).`)
      }
      if (size > MAX_BYTES)
        throw new SecretError(refused, path, `${path} is larger than it can be. Restore it from a backup.`)
      return await file.readFile()
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof SecretError) throw error
    if (codeOf(error) === 'ENOENT') return null
    if (codeOf(error) === 'ELOOP') {
      throw new SecretError(
        refused,
        path,
        `${path} is a link to another file, which is not allowed here. Put the file itself there.`,
      )
    }
    throw unreachable(path, error)
  }
}

async function writeTemporary(path: string, content: Uint8Array, isSealed = false): Promise<string> {
  const temporary = `${path}.tmp`
  // Left over where an earlier write was cut off; its content was never in use.
  await rm(temporary, { force: true })
  const file = await open(temporary, 'wx', OWNER_ONLY)
  try {
    // What is sealed in itself is kept on disks too that know no owner.
    await file.chmod(OWNER_ONLY).catch((error: unknown) => {
      if (!isSealed) throw error
    })
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  return temporary
}

async function syncFolder(path: string): Promise<void> {
  if (!HAS_MODE_BITS) return
  const folder = await open(dirname(path), constants.O_RDONLY)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/**
 * Replaces a file in one step: after a crash there is the old content or the new one, never half of it. What is sealed in
 * itself is written to disks too that cannot keep it from others.
 */
export async function replacePrivateFile(path: string, content: Uint8Array, isSealed = false): Promise<void> {
  try {
    await rename(await writeTemporary(path, content, isSealed), path)
    await syncFolder(path)
  } catch (error) {
    throw unreachable(path, error)
  }
}

/** Creates a file in one step; false where there is one already, which is left as it is. */
export async function createPrivateFile(path: string, content: Uint8Array): Promise<boolean> {
  try {
    const temporary = await writeTemporary(path, content)
    try {
      await link(temporary, path)
    } finally {
      await rm(temporary, { force: true })
    }
    await syncFolder(path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw unreachable(path, error)
  }
}

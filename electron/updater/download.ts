import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { askFeed } from './feed.ts'
import type { ReleaseFile } from './manifest.ts'
import { UpdateError } from './update-error.ts'

// A stalled line is given up after this time without a byte; what is there is kept for the next try.
const stall = 30_000

export type DownloadOptions = {
  readonly feed: URL
  readonly file: ReleaseFile
  readonly directory: string
  readonly signal: AbortSignal
  /** Told the bytes that are there so far. */
  readonly onProgress: (received: number) => void
}

const changed = () =>
  new UpdateError('changed', 'What was downloaded is not what was released. It was thrown away; nothing was installed.')

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? 0

const hashInto = async (hash: Hash, path: string) => {
  for await (const part of createReadStream(path)) hash.update(part)
}

/** Whether a file on the disk is the released one, byte for byte. */
export const isReleased = async (path: string, { size, sha512 }: ReleaseFile): Promise<boolean> => {
  if ((await sizeOf(path)) !== size) return false
  const hash = createHash('sha512')
  await hashInto(hash, path)
  return hash.digest('base64') === sha512
}

type Line = { readonly response: Response; readonly watch: () => void; readonly end: () => void }

const openLine = async ({ feed, file, signal }: DownloadOptions, from: number): Promise<Line> => {
  const stalled = new AbortController()
  let timer = setTimeout(() => stalled.abort(), stall)
  const watch = () => {
    clearTimeout(timer)
    timer = setTimeout(() => stalled.abort(), stall)
  }
  const end = () => clearTimeout(timer)
  try {
    const response = await askFeed(feed, file.name, { from, signal: AbortSignal.any([signal, stalled.signal]) })
    return { response, watch, end }
  } catch (error) {
    end()
    throw error
  }
}

const take = async (
  { response, watch }: Line,
  handle: FileHandle,
  start: { readonly received: number; readonly hash: Hash },
  { file, onProgress }: DownloadOptions,
): Promise<number> => {
  let { received } = start
  for await (const part of response.body ?? []) {
    watch()
    received += part.byteLength
    if (received > file.size) {
      throw new UpdateError('oversized', 'More arrived than was released. It was thrown away; nothing was installed.')
    }
    start.hash.update(part)
    await handle.write(part)
    onProgress(received)
  }
  return received
}

const cutError = (signal: AbortSignal, received: number, size: number) =>
  new UpdateError(
    'cut',
    signal.aborted
      ? 'The download was stopped. What is there is kept.'
      : `The line was cut after ${Math.floor((received / size) * 100)} %. Try again: it goes on from there.`,
  )

const isFull = (error: unknown) =>
  error instanceof Error && 'code' in error && /^(ENOSPC|EDQUOT|EROFS|EACCES|EIO)$/.test(String(error.code))

/** Brings the rest of a file into `partial`; gives whether it is now whole and right. */
const fetchInto = async (partial: string, options: DownloadOptions): Promise<boolean> => {
  const { file, signal } = options
  const kept = await sizeOf(partial)
  const line = await openLine(options, kept < file.size ? kept : 0)
  const { response } = line
  const goesOn = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${kept}-`) === true
  let received = goesOn ? kept : 0
  const hash = createHash('sha512')
  let handle: FileHandle | null = null
  try {
    if (!response.ok) throw new UpdateError('unreachable', `The new version could not be fetched: ${response.status}.`)
    if (goesOn) await hashInto(hash, partial)
    handle = await open(partial, goesOn ? 'a' : 'w', 0o600)
    received = await take(line, handle, { received, hash }, options)
    await handle.sync()
  } catch (error) {
    if (error instanceof UpdateError) throw error
    if (isFull(error))
      throw new UpdateError('disk', 'The new version could not be written: the disk is full or closed.')
    throw cutError(signal, await sizeOf(partial), file.size)
  } finally {
    line.end()
    await response.body?.cancel().catch(() => undefined)
    await handle?.close()
  }
  if (received < file.size) throw cutError(signal, received, file.size)
  return hash.digest('base64') === file.sha512
}

/**
 * Brings a release onto the disk and gives its path, checked byte for byte on the way. A cut download is kept and goes
 * on the next time; what is too large or not as released is thrown away. UpdateError.
 */
export const downloadRelease = async (options: DownloadOptions): Promise<string> => {
  const { file, directory } = options
  const path = join(directory, file.name)
  const partial = `${path}.partial`
  await mkdir(directory, { recursive: true, mode: 0o700 })
  if (await isReleased(path, file)) return path
  await rm(path, { force: true })
  const resumed = (await sizeOf(partial)) > 0
  try {
    let right = await fetchInto(partial, options)
    if (!right && resumed) {
      // What was kept may be of another release of the same name: once more from its first byte.
      await rm(partial, { force: true })
      right = await fetchInto(partial, options)
    }
    if (!right) throw changed()
  } catch (error) {
    if (error instanceof UpdateError && (error.problem === 'oversized' || error.problem === 'changed')) {
      await rm(partial, { force: true })
    }
    throw error
  }
  await rename(partial, path)
  return path
}

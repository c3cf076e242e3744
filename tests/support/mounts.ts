import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Mount = {
  readonly directory: string
  readonly remount: (options: string) => void
  /**
   * Readies a folder of it to become read-only at once, in the midst of work: from `begin` to `lift` nothing is opened for
   * writing, named or removed in it, though files in it are open.
   */
  readonly coverOf: (folder: string) => { readonly begin: () => void; readonly lift: () => void }
  readonly remove: () => void
}

const run = (command: string, ...parameters: string[]) => spawnSync(command, parameters, { encoding: 'utf8' })

const must = (...parameters: string[]) => {
  const { status, stderr } = run('mount', ...parameters)
  if (status !== 0) throw new Error(stderr)
}

/** A small disk in memory, or null with a line on the terminal where this machine does not let a test mount one. */
export const mountSmallDisk = (size: string): Mount | null => {
  const directory = mkdtempSync(join(tmpdir(), 'counterfoil-disk-'))
  const mounted =
    process.platform === 'linux' ? run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', directory) : null
  if (mounted?.status !== 0) {
    rmSync(directory, { recursive: true })
    const reason = mounted === null ? 'only Linux can' : mounted.stderr.trim() || String(mounted.error)
    process.stderr.write(`LEFT OUT: tests on a full or read-only disk, because none can be mounted here (${reason}).\n`)
    return null
  }
  return {
    directory,
    remount: (options) => {
      // What has just been closed, or is held by a program that is about to begin, is busy for a moment.
      for (let tries = 1; ; tries += 1) {
        const again = run('mount', '-o', `remount,${options}`, directory)
        if (again.status === 0) return
        if (tries === 20 || !again.stderr.includes('busy')) throw new Error(again.stderr)
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
      }
    },
    coverOf: (folder) => {
      const aside = mkdtempSync(join(tmpdir(), 'counterfoil-cover-'))
      must('--bind', folder, aside)
      must('-o', 'remount,ro,bind', aside)
      return {
        // What it is bound from is read-only already: there is no moment in which somebody could open it otherwise.
        begin: () => must('--bind', aside, folder),
        lift: () => {
          run('umount', '-l', folder)
          run('umount', '-l', aside)
          rmdirSync(aside)
        },
      }
    },
    remove: () => {
      run('umount', '-l', directory)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

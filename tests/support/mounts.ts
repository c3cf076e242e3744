import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Mount = {
  readonly directory: string
  readonly remount: (options: string) => void
  readonly remove: () => void
}

const run = (command: string, ...parameters: string[]) => spawnSync(command, parameters, { encoding: 'utf8' })

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
      const again = run('mount', '-o', `remount,${options}`, directory)
      if (again.status !== 0) throw new Error(again.stderr)
    },
    remove: () => {
      run('umount', '-l', directory)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

export type PartName = 'main' | 'shell' | 'renderer'

type Part = {
  readonly config: string
  /** Folders and files that the part is made of; a change in one of them makes it stale. */
  readonly inputs: readonly string[]
  /** What must be there when it is built. */
  readonly output: string
}

const parts: Readonly<Record<PartName, Part>> = {
  main: {
    config: 'vite.main.config.ts',
    inputs: ['electron', 'db', 'shared', 'resources', 'package.json', 'package-lock.json'],
    output: 'out/main/main.js',
  },
  shell: {
    config: 'vite.preload.config.ts',
    inputs: ['electron/preload.ts', 'electron/shell', 'package-lock.json'],
    output: 'out/shell/boot.cjs',
  },
  renderer: {
    config: 'vite.renderer.config.ts',
    inputs: ['renderer', 'shared', 'resources', 'package-lock.json'],
    output: 'out/renderer/index.html',
  },
}

const filesUnder = (path: string): readonly string[] => {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (statSync(full).isFile()) return [path]
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort()
}

const fingerprint = ({ config, inputs }: Part): string => {
  const hash = createHash('sha256')
  for (const file of [config, 'tsconfig.base.json', ...inputs].flatMap(filesUnder)) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

const stampOf = (name: PartName) => join(root, 'out', '.stamps', name)

const isFresh = (name: PartName, print: string): boolean => {
  const { output } = parts[name]
  const stamp = stampOf(name)
  return existsSync(join(root, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === print
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const lock = join(root, 'out', '.stamps', 'lock')

const tryLock = (): boolean => {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0
    if (owner > 0 && !isRunning(owner)) rmSync(lock, { force: true })
    return false
  }
}

// Two builds into one folder would each delete what the other has just written.
const locked = async <T>(work: () => Promise<T>): Promise<T> => {
  mkdirSync(join(root, 'out', '.stamps'), { recursive: true })
  while (!tryLock()) await pause(200)
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

const buildPart = async (name: PartName): Promise<boolean> => {
  const part = parts[name]
  const print = fingerprint(part)
  if (isFresh(name, print)) return false
  rmSync(stampOf(name), { force: true })
  const { build } = await import('vite')
  await build({ configFile: join(root, part.config), logLevel: 'warn', mode: 'production' })
  writeFileSync(stampOf(name), print)
  return true
}

/** How Node is started for the web host: it may ask for what the start left in memory to be collected. */
export const hostFlags = ['--expose-gc'] as const

/** Where Node keeps compiled code between starts of the built app. */
export const compileCache = join(root, 'out', '.compile-cache')

/** Set for the children of a run that has built already: they take what is there. */
export const builtAlready = { COUNTERFOIL_BUILT: '1' } as const

/** Builds the parts whose inputs changed since their last build; returns the names of those. */
export const ensureBuilt = async (
  names: readonly PartName[] = ['main', 'shell', 'renderer'],
): Promise<readonly PartName[]> => {
  if (process.env['COUNTERFOIL_BUILT'] === builtAlready.COUNTERFOIL_BUILT) return []
  return await locked(async () => {
    const built: PartName[] = []
    for (const name of names) if (await buildPart(name)) built.push(name)
    return built
  })
}

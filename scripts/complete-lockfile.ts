/**
 * Completes package-lock.json with the packages of other platforms that the registry in use does not carry.
 * npm leaves them out and then `npm ci` refuses its own file (npm/cli issue 9846); named with version and platform,
 * they are skipped here and fetched where they belong.
 */
import { readFileSync, writeFileSync } from 'node:fs'

type Entry = {
  version?: string
  cpu?: string[]
  os?: string[]
  libc?: string[]
  dev?: boolean
  optional?: boolean
  optionalDependencies?: Record<string, string>
  hasInstallScript?: boolean
}
type Lockfile = { packages: Record<string, Entry> }

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']
const asProcessor: Record<string, string> = { gnueabihf: 'arm', armv7: 'arm', wasm: 'wasm32' }

const platformOf = (name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> | null => {
  const words = name.split(/[/-]/)
  const os = words.find((word) => systems.includes(word))
  const cpu = words.map((word) => asProcessor[word] ?? word).find((word) => processors.includes(word))
  if (cpu === undefined) return os === undefined ? null : { os: [os] }
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined
  return { cpu: [cpu], ...(libc === undefined ? {} : { libc: [libc] }), ...(os === undefined ? {} : { os: [os] }) }
}

// Versions in optionalDependencies of platform packages are exact; a range has no version to write down.
const exactVersion = /^\d+\.\d+\.\d+[\w.-]*$/

const complete = (lockfile: Lockfile): readonly string[] => {
  const added: string[] = []
  for (const entry of Object.values(lockfile.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`
      const platform = platformOf(name)
      if (path in lockfile.packages || platform === null || !exactVersion.test(version)) continue
      lockfile.packages[path] = { version, ...platform, ...(entry.dev === true ? { dev: true } : {}), optional: true }
      added.push(`${name}@${version}`)
    }
  }
  const sorted = Object.entries(lockfile.packages).sort(([left], [right]) => left.localeCompare(right, 'en'))
  lockfile.packages = Object.fromEntries(sorted)
  return added
}

const path = process.argv[2] ?? 'package-lock.json'
// The file is npm's own; only the fields named above are read.
const lockfile = JSON.parse(readFileSync(path, 'utf8')) as Lockfile
const added = complete(lockfile)
if (added.length > 0) writeFileSync(path, `${JSON.stringify(lockfile, null, 2)}\n`)
console.log(added.length === 0 ? 'package-lock.json is complete.' : `Added ${added.length}: ${added.join(', ')}`)

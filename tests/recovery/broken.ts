import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { seeded } from '../bench/generate.ts'

/** Files of one data folder, closed: what a broken one is made of. */
export type Base = {
  readonly database: Buffer
  /** The log of the same database, not yet taken back into it. */
  readonly log: Buffer
  /** The log of a database of somebody else. */
  readonly foreignLog: Buffer
}

export type Broken = {
  readonly name: string
  /** Which of the two bases it is made of. */
  readonly encrypted: boolean
  readonly wrongKey: boolean
  /** Whether the damage may be nowhere: in bytes that nothing uses. */
  readonly mayBeSound: boolean
  readonly make: (directory: string, base: Base) => void
}

const database = (directory: string) => join(directory, 'counterfoil.db')
const pageBytes = 4096

const copyOf =
  (change: (bytes: Buffer, random: (limit: number) => number) => Buffer | undefined, seed: number) =>
  (directory: string, base: Base) => {
    const bytes = Buffer.from(base.database)
    writeFileSync(database(directory), change(bytes, seeded(seed)) ?? bytes)
  }

const flip = (most: number) => (bytes: Buffer, random: (limit: number) => number) => {
  for (let count = 1 + random(most); count > 0; count -= 1) {
    const at = random(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 + random(255))
  }
  return undefined
}

const zero = (most: number) => (bytes: Buffer, random: (limit: number) => number) => {
  const pages = bytes.length / pageBytes
  for (let count = 1 + random(most); count > 0; count -= 1) {
    const page = random(pages)
    bytes.fill(0, page * pageBytes, (page + 1) * pageBytes)
  }
  return undefined
}

const letters: readonly Buffer[] = [
  Buffer.alloc(20_000, 'Dear Sir or Madam, '),
  Buffer.from('89504e470d0a1a0a0000000d49484452'.repeat(2000), 'hex'),
  Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(9000, 7)]),
  Buffer.alloc(4096),
  Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(20_000, 0xaa)]),
]

const small = (size: number) => (directory: string, base: Base) =>
  writeFileSync(database(directory), base.database.subarray(0, size))

const others = (encrypted: boolean): Broken[] => {
  const plain = { encrypted, wrongKey: false, mayBeSound: false }
  return [
    ...[0, 1, 15, 16, 50, 99, 100, 511].map((size) => ({ ...plain, name: `only ${size} bytes`, make: small(size) })),
    ...letters.map((letter, index) => ({
      ...plain,
      name: `not SQLite ${index}`,
      make: (directory: string) => writeFileSync(database(directory), letter),
    })),
    {
      ...plain,
      name: 'of another program',
      make: (directory) => {
        const other = new Sqlite(database(directory))
        other.exec('CREATE TABLE songs (title TEXT)')
        other.close()
      },
    },
    { ...plain, name: 'a folder in its place', make: (directory) => void mkdirSync(database(directory)) },
    {
      ...plain,
      name: 'a folder with a log beside it',
      make: (directory, base) => {
        mkdirSync(database(directory))
        writeFileSync(`${database(directory)}-wal`, base.log)
      },
    },
    {
      ...plain,
      name: 'gone, with its log still there',
      make: (directory, base) => writeFileSync(`${database(directory)}-wal`, base.log),
    },
    { ...plain, name: 'gone', make: () => undefined },
  ]
}

const logs = (encrypted: boolean): Broken[] =>
  Array.from({ length: 16 }, (_, seed) => ({
    name: `swapped log ${seed}`,
    encrypted,
    wrongKey: false,
    // A log that does not belong to the file is left alone, and then nothing is wrong.
    mayBeSound: true,
    make: (directory: string, base: Base) => {
      const random = seeded(seed)
      const log = Buffer.from(seed % 2 === 0 ? base.foreignLog : base.log)
      if (seed % 4 > 1) flip(20)(log, random)
      writeFileSync(database(directory), base.database)
      writeFileSync(`${database(directory)}-wal`, log)
      if (seed % 8 > 5) truncateSync(`${database(directory)}-wal`, random(log.length))
      if (seed % 3 === 0) writeFileSync(`${database(directory)}-shm`, Buffer.alloc(32_768, seed))
    },
  }))

const many = (
  count: number,
  name: string,
  encrypted: boolean,
  make: (seed: number) => Broken['make'],
  mayBeSound: boolean,
) =>
  Array.from(
    { length: count },
    (_, seed): Broken => ({
      name: `${name} ${seed}`,
      encrypted,
      wrongKey: false,
      mayBeSound,
      make: make(seed + (encrypted ? 1000 : 0)),
    }),
  )

const family = (encrypted: boolean, share: number): Broken[] => [
  ...many(Math.round(80 * share), 'one flipped byte', encrypted, (seed) => copyOf(flip(1), seed), true),
  ...many(Math.round(50 * share), 'flipped bytes', encrypted, (seed) => copyOf(flip(200), seed), true),
  ...many(Math.round(50 * share), 'zero pages', encrypted, (seed) => copyOf(zero(6), seed), true),
  ...many(
    Math.round(50 * share),
    'cut tail',
    encrypted,
    (seed) => copyOf((bytes, random) => bytes.subarray(0, 512 + random(bytes.length - 1024)), seed),
    false,
  ),
  ...logs(encrypted),
  ...others(encrypted),
]

/** The broken files: the same each time, none of them stored. */
export const corpus: readonly Broken[] = [
  ...family(false, 0.7),
  ...family(true, 0.3),
  {
    name: 'whole, with another key',
    encrypted: true,
    wrongKey: true,
    mayBeSound: false,
    make: (directory, base) => writeFileSync(database(directory), base.database),
  },
  {
    name: 'in the clear, with a key',
    encrypted: false,
    wrongKey: true,
    mayBeSound: false,
    make: (directory, base) => writeFileSync(database(directory), base.database),
  },
]

/** Empties a folder for the next one. */
export const clear = (directory: string): void => {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory)
}

/** Reads what a closed folder's database is made of. */
export const readBase = (file: string, log: Buffer, foreignLog: Buffer): Base => ({
  database: readFileSync(file),
  log,
  foreignLog,
})

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { freshDirectory } from '../support/database.ts'
import { randomFrom } from '../support/random.ts'
import { times } from '../support/scale.ts'
import { openWorkspace } from '../support/workspace.ts'

const kills = Number(process.env['COUNTERFOIL_KILLS'] ?? times(6))
const leastWrites = Math.max(300, kills * 50)
const seed = Number(process.env['COUNTERFOIL_SEED'] ?? 20261121)

type Store = { readonly directory: string; readonly key: Buffer | undefined }

const plain = freshDirectory()
const encrypted = freshDirectory()
afterAll(() => {
  plain.remove()
  encrypted.remove()
})
const stores: readonly (readonly [string, Store])[] = [
  ['in the clear', { directory: plain.directory, key: undefined }],
  ['encrypted', { directory: encrypted.directory, key: createHash('sha256').update('kill').digest() }],
]

const script = fileURLToPath(new URL('write-until-killed.ts', import.meta.url))

type Run = { readonly acknowledged: readonly string[]; readonly errors: string }

/** Lets a process work and kills it some milliseconds after it was started (0 answers) or gave so many answers. */
const workAndKill = ({ directory, key }: Store, round: number, answers: number, milliseconds: number): Promise<Run> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, directory, String(seed + round), key?.toString('hex') ?? ''], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let errors = ''
    let struck = false
    const strike = () => {
      if (struck || output.split('\n').length <= answers) return
      struck = true
      setTimeout(() => child.kill('SIGKILL'), milliseconds)
    }
    strike()
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      strike()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString('utf8')
    })
    child.once('error', reject)
    // A line that was cut off by the kill was not acknowledged.
    child.once('close', (_code, signal) => {
      const acknowledged = output.split('\n').slice(0, -1)
      if (signal === 'SIGKILL') resolve({ acknowledged, errors })
      else reject(new Error(`The process ended by itself: ${errors}`))
    })
  })

const open = ({ directory, key }: Store) =>
  openConnection(join(directory, 'counterfoil.db'), { readonly: true, key: key ?? null })

const damages = (store: Store): unknown[] => {
  const database = open(store)
  try {
    return [
      ...(database.pragma('integrity_check', { simple: true }) === 'ok' ? [] : ['integrity_check']),
      // The rows that refer to nothing.
      ...(database.pragma('foreign_key_check') as unknown[]),
      ...database.prepare('SELECT command_seq FROM change_context WHERE command_seq IS NOT NULL').all(),
      // Half a deed: a command without its changes would be seen here, and a frozen invoice without lines.
      ...database
        .prepare(
          `SELECT i.id FROM invoices i WHERE i.issued_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM invoice_lines l WHERE l.invoice_id = i.id)`,
        )
        .all(),
      ...database
        .prepare(
          `SELECT series_id FROM invoices WHERE counter IS NOT NULL GROUP BY series_id, period
           HAVING count(*) <> max(counter) OR max(counter) <> (SELECT last_value FROM number_counters n WHERE n.series_id = invoices.series_id AND n.period = invoices.period)`,
        )
        .all(),
    ]
  } finally {
    database.close()
  }
}

const missing = (store: Store, acknowledged: readonly string[]): string[] => {
  const database = open(store)
  try {
    return acknowledged.filter((line) => {
      const [table = '', id = ''] = line.split(' ')
      return database.prepare(`SELECT 1 FROM ${table} WHERE id = ?`).get(id) === undefined
    })
  } finally {
    database.close()
  }
}

describe(`killed ${kills} times and more, in the middle of at least ${leastWrites} writes (COUNTERFOIL_KILLS, COUNTERFOIL_SEED=${seed})`, () => {
  test.each(stores)(
    '%s, every acknowledged write is there, and nothing is half done',
    { timeout: 120_000 + kills * 5000 },
    async (_, store) => {
      const random = randomFrom(seed)
      const acknowledged: string[] = []
      let round = 0
      for (; round < kills || acknowledged.length < leastWrites; round += 1) {
        // The first ones hit the very making of the database; most hit it at work.
        const early = round < 2 || random.chance(0.2)
        const run = await (early
          ? workAndKill(store, round, 0, random.between(100, 900))
          : workAndKill(store, round, random.between(20, 110), random.between(0, 25)))
        expect(run.errors).toBe('')
        acknowledged.push(...run.acknowledged)
        const exists = acknowledged.length > 0
        if (exists) {
          expect(`${round} ${JSON.stringify(damages(store))}`).toBe(`${round} []`)
          expect(missing(store, acknowledged)).toEqual([])
        }
      }
      process.stdout.write(`${round} kills, ${acknowledged.length} acknowledged writes, none lost\n`)

      const workspace = await openWorkspace({
        directory: store.directory,
        realClock: true,
        ...(store.key === undefined ? {} : { key: store.key }),
      })
      const { differences, checked } = await workspace.call('integrity.check', {})
      expect(differences).toEqual([])
      expect(checked).toBeGreaterThan(10)
      const { rows } = await workspace.call('invoices.list', { limit: 200 })
      for (const row of rows.slice(0, 20))
        expect((await workspace.call('invoices.get', { id: row.id })).id).toBe(row.id)
      expect(workspace.errors).toEqual([])
      await workspace.close()
    },
  )
})

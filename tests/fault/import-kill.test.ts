import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { freshDirectory } from '../support/database.ts'
import { randomFrom } from '../support/random.ts'
import { times } from '../support/scale.ts'
import { openWorkspace } from '../support/workspace.ts'

const kills = Number(process.env['COUNTERFOIL_KILLS'] ?? times(2))
const seed = Number(process.env['COUNTERFOIL_SEED'] ?? 20261121)
const script = fileURLToPath(new URL('import-until-killed.ts', import.meta.url))

type Outcome = { readonly acknowledged: boolean; readonly errors: string }

/** Lets a process import and kills it some milliseconds after its transaction may have begun. */
const importAndKill = (directory: string, rows: number, kind: string, milliseconds: number): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, directory, String(rows), kind], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let errors = ''
    let struck = false
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      if (struck || !output.includes('begins\n')) return
      struck = true
      setTimeout(() => child.kill('SIGKILL'), milliseconds)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString('utf8')
    })
    child.once('error', reject)
    child.once('close', () => resolve({ acknowledged: output.includes('imported '), errors }))
  })

const countsIn = (directory: string) => {
  const database = openConnection(join(directory, 'counterfoil.db'), { readonly: true })
  const count = (sql: string) => Number(database.prepare(sql).pluck().get())
  try {
    return {
      sound: database.pragma('integrity_check', { simple: true }) === 'ok',
      dangling: (database.pragma('foreign_key_check') as unknown[]).length,
      open: count('SELECT count(*) FROM change_context WHERE command_seq IS NOT NULL'),
      imports: count('SELECT count(*) FROM imports'),
      clients: count('SELECT count(*) FROM clients'),
      invoices: count('SELECT count(*) FROM invoices'),
      payments: count('SELECT count(*) FROM payments'),
      captured: count(
        `SELECT count(*) FROM audit_log WHERE table_name IN ('clients', 'invoices', 'payments') AND action = 'insert'`,
      ),
      found: count(`SELECT count(*) FROM search_entries WHERE kind = 'client'`),
    }
  } finally {
    database.close()
  }
}

const nothing = { imports: 0, clients: 0, invoices: 0, payments: 0, captured: 0, found: 0 }

describe.each([
  ['clients', 12_000, { imports: 1, clients: 12_000, invoices: 0, payments: 0, captured: 12_000, found: 12_000 }],
  ['invoices', 300, { imports: 1, clients: 7, invoices: 300, payments: 300, captured: 607, found: 7 }],
] as const)('an import of %s killed %i rows long', (kind, rows, all) => {
  test(`leaves nothing or all, ${kills} times (COUNTERFOIL_KILLS, COUNTERFOIL_SEED=${seed})`, {
    timeout: 60_000 + kills * 20_000,
  }, async () => {
    const random = randomFrom(seed)
    let whole = 0
    for (let round = 0; round < kills; round += 1) {
      const { directory, remove } = freshDirectory()
      const { acknowledged, errors } = await importAndKill(directory, rows, kind, random.between(0, 900))
      expect(errors).toBe('')
      const { sound, dangling, open, ...counts } = countsIn(directory)
      expect({ sound, dangling, open }).toEqual({ sound: true, dangling: 0, open: 0 })
      expect(counts).toEqual(counts.imports === 0 ? nothing : all)
      if (acknowledged) expect(counts.imports).toBe(1)
      whole += counts.imports
      // What was cut off can be done again, whole.
      if (round === 0 && counts.imports === 0) {
        const again = await importAndKill(directory, rows, kind, 60_000)
        expect(again).toEqual({ acknowledged: true, errors: '' })
        const { sound: _s, dangling: _d, open: _o, ...after } = countsIn(directory)
        expect(after).toEqual(all)
      }
      const workspace = await openWorkspace({ directory, realClock: true })
      expect((await workspace.call('integrity.check', {})).differences).toEqual([])
      await workspace.close()
      remove()
    }
    process.stdout.write(`${kills} kills while importing ${kind}: ${whole} left all, ${kills - whole} nothing\n`)
  })
})

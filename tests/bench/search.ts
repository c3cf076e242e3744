import { join } from 'node:path'
import { openConnection } from '../../db/open.ts'
import { compare, type Measure } from './compare.ts'
import { openBenchCore } from './core.ts'
import { generate } from './generate.ts'
import { benchSize } from './list.ts'

const typed = [
  'am',
  'ambe',
  'amber',
  'amber w',
  'amber wil',
  'inv-1234',
  'willow river',
  'saffron 77',
  'zeph',
  'grove pe',
]

/** Measure 4: search as you type over 20,000 clients and the texts of 1,000,000 lines, against raw FTS5 and a LIKE scan. */
export const measureSearch = async (): Promise<Measure[]> => {
  const { directory, organizationId } = await generate(benchSize)
  const core = await openBenchCore(directory)
  const database = openConnection(join(directory, 'counterfoil.db'), { readonly: true })
  const raw = database.prepare(
    `SELECT e.kind, e.entity_id, e.title, e.subtitle FROM search_words w JOIN search_entries e ON e.id = w.rowid WHERE search_words MATCH ? AND e.organization_id = ? LIMIT 50`,
  )
  const like = database.prepare(
    `SELECT kind, entity_id, title FROM search_entries WHERE title LIKE ? OR body LIKE ? LIMIT 50`,
  )
  let turn = 0
  const advance = (step: number) => {
    turn += step
    return turn
  }
  const next = () => typed[advance(1) % typed.length] ?? ''
  const number = () => `INV-${180_000 + (advance(7) % 9000)}`
  const ours = () =>
    core.call('search.find', { organizationId, idempotencyKey: null, input: { text: next(), limit: 50 } })
  const match = (text: string) =>
    text
      .split(/\W+/)
      .map((word, at, all) => (at === all.length - 1 ? `"${word}"*` : `"${word}"`))
      .join(' ')
  const measures = [
    await compare({
      name: '4 search as you type / raw FTS5 MATCH LIMIT 50',
      target: 3,
      ours,
      theirs: () => raw.all(match(next()), organizationId),
    }),
    await compare({
      name: '4 search of one invoice number / LIKE scan of the same texts (at least 50x faster)',
      target: 0.02,
      pairs: 5,
      repeat: 2,
      warmUp: 2,
      ours: () =>
        core.call('search.find', { organizationId, idempotencyKey: null, input: { text: number(), limit: 50 } }),
      theirs: () => like.all(`%${number()}%`, `%${number()}%`),
    }),
  ]
  database.close()
  await core.close()
  return measures
}

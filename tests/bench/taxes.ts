import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { openConnection, openReader } from '../../db/open.ts'
import { figuresFromTotals } from '../../electron/features/tax-reports/figures.ts'
import { compare, type Measure } from './compare.ts'
import { openBenchCore } from './core.ts'
import { generate, withoutTriggers } from './generate.ts'
import { benchSize } from './list.ts'

// The generated documents have no rows of taxes of their own yet: one for each, a second for every fifth.
const addTaxes = async (directory: string, organizationId: string): Promise<void> => {
  const core = await openBenchCore(directory)
  const database = new Sqlite(join(directory, 'counterfoil.db'))
  const { count } = database.prepare('SELECT count(*) AS count FROM invoice_taxes').get() as { count: number }
  if (count === 0) {
    database.pragma('synchronous = OFF')
    const insert = (position: number, rate: number, where: string) =>
      database.exec(`INSERT INTO invoice_taxes (id, organization_id, created_at, updated_at, invoice_id, position, name, category,
          rate_e6, is_compound, taxable_e4, tax_e4, base_taxable_e4, base_tax_e4)
        SELECT replace(id, '-7000-', '-7${position}00-'), organization_id, created_at, updated_at, id, ${position}, 'VAT ${rate}%', 'S',
          ${rate} * 1000000, 0, net_e4, net_e4 * ${rate} / 100, net_e4, net_e4 * ${rate} / 100 FROM invoices WHERE ${where}`)
    withoutTriggers(database, () => {
      insert(1, 20, 'issued_at IS NOT NULL')
      insert(2, 5, 'issued_at IS NOT NULL AND counter % 5 = 0')
    })
    database.exec('ANALYZE')
  }
  database.close()
  await core.call('integrity.rebuild', { organizationId, idempotencyKey: null, input: {} })
  await core.close()
}

/** The tax report of twelve months at 200,000 invoices: kept sums against a raw GROUP BY, with equal digits. */
export const measureTaxes = async (): Promise<Measure[]> => {
  const { directory, organizationId } = await generate(benchSize)
  await addTaxes(directory, organizationId)
  const file = join(directory, 'counterfoil.db')
  const { db, close } = openReader(file)
  const database = openConnection(file, { readonly: true })
  database.defaultSafeIntegers(true)
  const period = { organizationId, from: '2025-01-01', to: '2025-12-31', large: [] }
  const raw = database.prepare(
    `SELECT t.name, t.category, t.rate_e6, d.tax_treatment, coalesce(d.place_of_supply, '') AS place,
       sum(t.base_taxable_e4) AS taxable, sum(t.base_tax_e4) AS tax
     FROM invoices d JOIN invoice_taxes t ON t.invoice_id = d.id
     WHERE d.organization_id = ? AND d.issued_on BETWEEN ? AND ? AND d.issued_at IS NOT NULL AND d.voided_at IS NULL
       AND d.deleted_at IS NULL AND t.deleted_at IS NULL
     GROUP BY 1, 2, 3, 4, 5 ORDER BY t.rate_e6`,
  )
  const theirs = () =>
    raw.all(organizationId, period.from, period.to) as { rate_e6: bigint; taxable: bigint; tax: bigint }[]
  const kept = [...(await figuresFromTotals(db, period))].sort((a, b) => Number(a.rateE6 - b.rateE6))
  const digits = (rows: readonly (readonly bigint[])[]) => rows.map((row) => row.join(' ')).join('\n')
  const ours = digits(kept.map((it) => [it.rateE6, it.taxableE4, it.taxE4]))
  const counted = digits(theirs().map((it) => [it.rate_e6, it.taxable, it.tax]))
  if (ours !== counted || ours === '') throw new Error(`The kept sums differ from the rows:\n${ours}\n${counted}`)
  const measures = [
    await compare({
      name: 'tax report of 12 months at 200,000 invoices / raw GROUP BY (at least 50x faster, digits equal)',
      target: 0.02,
      pairs: 5,
      repeat: 2,
      warmUp: 3,
      ours: () => figuresFromTotals(db, period),
      theirs,
    }),
  ]
  database.close()
  await close()
  return measures
}

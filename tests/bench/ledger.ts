import { join } from 'node:path'
import { openConnection, openReader } from '../../db/open.ts'
import { agedReceivables } from '../../electron/features/statements/aged.ts'
import { statementsOf } from '../../electron/features/statements/of-client.ts'
import { compare, type Measure } from './compare.ts'
import { generate } from './generate.ts'
import { benchSize } from './list.ts'

/** Ageing of everybody and the statement of one client at 200,000 invoices, against the barest SQL for the same figure. */
export const measureLedger = async (): Promise<Measure[]> => {
  const { directory, organizationId } = await generate(benchSize)
  const file = join(directory, 'counterfoil.db')
  const { db, close } = openReader(file)
  const database = openConnection(file, { readonly: true })
  database.defaultSafeIntegers(true)
  const on = '2026-10-31'
  const open = database.prepare(
    `SELECT client_id, currency, sum(payable_e4 - paid_e4) AS open_e4 FROM invoices
     WHERE organization_id = ? AND issued_at IS NOT NULL AND voided_at IS NULL AND issued_on <= ? AND payable_e4 > paid_e4
     GROUP BY client_id, currency`,
  )
  const input = {
    organizationId,
    baseCurrency: 'GBP',
    roundingMode: 'half-up',
    on,
    basis: 'due',
    currency: null,
    clientId: null,
  } as const
  const clientId = String(database.prepare('SELECT client_id FROM invoices LIMIT 1').pluck().get())
  const rows = database.prepare(
    'SELECT issued_on, number, payable_e4 FROM invoices WHERE organization_id = ? AND client_id = ? AND issued_on <= ? AND deleted_at IS NULL ORDER BY issued_on',
  )
  const measures = [
    await compare({
      name: 'ageing of 20,000 clients at 200,000 invoices, as of any date / bare sum of what is open now',
      target: 3,
      pairs: 5,
      repeat: 2,
      warmUp: 2,
      ours: () => agedReceivables(db, input),
      theirs: () => open.all(organizationId, on),
    }),
    await compare({
      name: 'statement of one client at 200,000 invoices / its invoices alone',
      target: 60,
      pairs: 7,
      repeat: 20,
      warmUp: 20,
      ours: () => statementsOf(db, organizationId, { clientId, from: '2025-01-01', to: on, currency: null }),
      theirs: () => rows.all(organizationId, clientId, on),
    }),
  ]
  database.close()
  await close()
  return measures
}

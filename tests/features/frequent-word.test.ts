import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { asCommand } from '../support/database.ts'
import { makeDraft } from '../support/factories.ts'
import { openWorkspace } from '../support/workspace.ts'

test('a list filtered by a word that thousands of invoices have begins with the newest of them', async () => {
  const workspace = await openWorkspace()
  const first = await makeDraft(workspace, null)
  const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  const columns = `organization_id, created_at, updated_at, client_name, currency, minor_units, language, prices_include_tax,
    rounding_mode, rounding_scope`
  asCommand(raw, () =>
    raw
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5100)
         INSERT INTO invoices (id, issued_on, ${columns})
         SELECT 'd' || i, date('2010-01-01', '+' || i || ' days'), organization_id, created_at, updated_at, 'Rosewood Bakery',
           currency, minor_units, language, prices_include_tax, rounding_mode, rounding_scope
         FROM n, invoices WHERE invoices.id = ?`,
      )
      .run(first.id),
  )
  raw.close()
  const { rows } = await workspace.call('invoices.list', { search: 'rosewood', limit: 2 })
  expect(rows.map((row) => row.id)).toEqual(['d5100', 'd5099'])
  await workspace.close()
})

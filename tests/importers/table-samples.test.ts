import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFile, planFor } from '../support/import-files.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const root = join(import.meta.dirname, '../../../shared/data/import')
const present = existsSync(root)
if (!present) process.stdout.write(`SKIPPED: the samples of other products are not here (${root})\n`)

const bytesOf = (path: string) => new Uint8Array(readFileSync(join(root, path)))

type Expected = readonly [
  path: string,
  template: string,
  entity: 'clients' | 'items' | 'invoices' | null,
  rows: number,
  made: number,
]

// What each sample is, what of it comes in, and how many.
const samples: readonly Expected[] = [
  ['invoice-apps/akaunting-customers.xlsx', 'akaunting-customers', 'clients', 1, 1],
  ['invoice-apps/akaunting-taxes.xlsx', 'akaunting-taxes', null, 1, 0],
  ['invoice-apps/frappe-books-items.csv', 'frappe-books-items', 'items', 11, 11],
  ['invoice-apps/frappe-books-parties.csv', 'frappe-books-parties', 'clients', 6, 6],
  ['invoice-apps/invoiceninja-tests-clients.csv', 'invoice-ninja-clients', 'clients', 20, 20],
  ['invoice-apps/invoiceninja-tests-freshbooks_clients.csv', 'freshbooks-clients', 'clients', 2, 2],
  ['invoice-apps/invoiceninja-tests-i2g_clients.csv', 'invoice2go-clients', 'clients', 2, 2],
  ['invoice-apps/invoiceninja-tests-invoicely_clients.csv', 'invoice2go-clients', 'clients', 2, 2],
  ['invoice-apps/invoiceninja-tests-products.csv', 'invoice-ninja-products', 'items', 181, 181],
  ['invoice-apps/invoiceninja-tests-tasks.csv', 'toggl-time', null, 47, 0],
  ['invoice-apps/invoiceninja-tests-vendors.csv', 'invoice-ninja-vendors', null, 20, 0],
  ['invoice-apps/invoiceninja-tests-wave_clients.csv', 'wave-customers', 'clients', 4, 4],
  ['invoice-apps/invoiceninja-tests-wave_vendors.csv', 'wave-vendors', null, 1, 0],
  ['invoice-apps/invoiceninja-tests-zoho_contacts.csv', 'zoho-contacts', 'clients', 5, 5],
  ['iif/check.iif', 'quickbooks-iif-transactions', null, 2, 0],
  ['iif/invoice.iif', 'quickbooks-iif-transactions', 'invoices', 1, 1],
  ['time-trackers/clockify_projects_import_test_1.csv', 'clockify-projects', null, 2, 0],
  ['time-trackers/clockify_projects_import_test_3.csv', 'clockify-projects', null, 1, 0],
  ['time-trackers/clockify_time_entries_import_test_1.csv', 'clockify-time', null, 2, 0],
  ['time-trackers/clockify_time_entries_import_test_3.csv', 'clockify-time', null, 1, 0],
  ['time-trackers/clockify_time_entries_import_test_5.csv', 'clockify-time', null, 2, 0],
  ['time-trackers/clockify_time_entries_import_test_7.csv', 'clockify-time', null, 1, 0],
  ['time-trackers/generic_time_entries_import_test_1.csv', 'generic-time', null, 2, 0],
  ['time-trackers/harvest_projects_import_test_1.csv', 'harvest-projects', null, 2, 0],
  ['time-trackers/toggl_time_entries_import_test_1.csv', 'toggl-time', null, 2, 0],
]

describe.skipIf(!present)('samples of other products', () => {
  let workspace: Workspace
  beforeAll(async () => {
    workspace = await openWorkspace()
  })
  afterAll(() => workspace.close())

  test('all of them are in the list', () => {
    const found = ['invoice-apps', 'iif', 'time-trackers'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
    )
    expect(samples.map(([path]) => path).sort()).toEqual(found.sort())
  })

  test.each(samples)('%s is recognized as %s', async (path, template, entity, rows) => {
    const fileName = path.split('/').at(-1) ?? path
    const found = await workspace.call('dataImports.inspect', { fileName, file: bytesOf(path) })
    expect(found).toMatchObject({ template: { id: template }, entity, rowCount: rows })
    expect(found.holds).not.toBe('')
    // What has no place yet says why, in words.
    if (entity === null) expect(found.note).toMatch(/\. ?|imported|yet/)
  })

  test.each(samples.filter(([, , entity]) => entity !== null))(
    '%s comes in',
    async (path, _template, entity, _rows, made) => {
      const own = await openWorkspace({ country: 'US' })
      const { run } = await importFile(own, bytesOf(path))
      expect(run.counts).toMatchObject({ create: made, refuse: 0 })
      expect(run.made[entity ?? 'clients']).toBe(made)
      expect((await own.call('integrity.check', {})).differences).toEqual([])
      expect((await own.call('dataImports.undo', { id: run.id })).undone[entity ?? 'clients']).toBe(made)
      expect(own.errors).toEqual([])
      await own.close()
    },
  )

  test('the clients that time entries and vendors name can come in', async () => {
    const own = await openWorkspace()
    for (const [path, names] of [
      ['time-trackers/harvest_projects_import_test_1.csv', 2],
      ['time-trackers/toggl_time_entries_import_test_1.csv', 1],
      ['invoice-apps/invoiceninja-tests-vendors.csv', 20],
    ] as const) {
      const { run } = await importFile(own, bytesOf(path), { entity: 'clients', duplicates: { name: 'create' } })
      expect(run.made.clients).toBe(names)
    }
    await own.close()
  })

  test('a QuickBooks invoice of 1988 keeps its number, date and total', async () => {
    const plan = await planFor(workspace, bytesOf('iif/invoice.iif'), { fileName: 'invoice.iif' })
    const run = await workspace.call('dataImports.run', plan)
    expect(run.made).toMatchObject({ clients: 1, invoices: 1 })
    const { rows } = await workspace.call('invoices.list', {})
    expect(rows[0]).toMatchObject({ number: '1', issuedOn: '1988-08-31', clientName: 'Customer', payableE4: 200_000n })
  })
})

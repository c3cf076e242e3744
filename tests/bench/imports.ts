import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { openConnection } from '../../db/open.ts'
import type { Core } from '../../electron/core.ts'
import { type Measure, median } from './compare.ts'
import { openBenchCore } from './core.ts'

const rowCount = Number(process.env['COUNTERFOIL_BENCH_ROWS'] ?? 50_000)
const rounds = 5
const wanted = 30_000

const clientCells = (index: number) => [
  `Client number ${index} Trading Ltd`,
  `accounts${index}@client.example`,
  `020 7946 ${String(index).padStart(5, '0')}`,
  `${index} High Street`,
  'Bristol',
  'BS1 4DJ',
  'GB',
  `GB${100_000_000 + index}`,
]

type Source = {
  readonly entity: 'clients' | 'items'
  readonly header: readonly string[]
  readonly cells: (index: number) => readonly string[]
}

const clients: Source = {
  entity: 'clients',
  header: ['Client Name', 'Email', 'Phone', 'Street', 'City', 'Postal Code', 'Country', 'Tax Number'],
  cells: clientCells,
}

const items: Source = {
  entity: 'items',
  header: ['Item Code', 'Item Name', 'Description', 'Price'],
  cells: (index) => [
    `SKU-${index}`,
    `Part number ${index}`,
    `Steel, ${index} mm`,
    `${index % 900}.${String(index % 100).padStart(2, '0')}`,
  ],
}

const fileOf = ({ header, cells }: Source) =>
  new TextEncoder().encode(
    [header, ...Array.from({ length: rowCount }, (_, index) => cells(index))].map((row) => row.join(',')).join('\r\n'),
  )

type Fresh = { readonly core: Core; readonly directory: string; readonly organizationId: string }

const openFresh = async (): Promise<Fresh> => {
  const directory = mkdtempSync(join(tmpdir(), 'counterfoil-bench-'))
  const core = await openBenchCore(directory)
  const input = { legalName: 'Bench Ltd', country: 'GB' }
  // Answers of the pipeline, checked against the contract.
  const made = (await core.call('setup.createOrganization', { organizationId: null, idempotencyKey: null, input })) as {
    id: string
  }
  return { core, directory, organizationId: made.id }
}

// From the bytes of the file to the commit: reading, checking, matching against what is there, inserting.
const byImport = async (source: Source): Promise<number> => {
  const file = fileOf(source)
  const { core, directory, organizationId } = await openFresh()
  const call = (name: string, input: object) => core.call(name, { organizationId, idempotencyKey: null, input })
  // See above.
  const found = (await call('dataImports.inspect', {
    fileName: `${source.entity}.csv`,
    file,
    entity: source.entity,
  })) as {
    columns: { field: string | null }[]
    decimal: { value: string }
    dateOrder: { value: string }
  }
  const plan = {
    fileName: `${source.entity}.csv`,
    file,
    entity: source.entity,
    columns: found.columns.map((column) => column.field),
    decimal: found.decimal.value,
    dateOrder: found.dateOrder.value,
  }
  const started = performance.now()
  // See above.
  const { counts } = (await call('dataImports.run', plan)) as { counts: { create: number } }
  const milliseconds = performance.now() - started
  if (counts.create !== rowCount) throw new Error(`${counts.create} of ${rowCount} ${source.entity} came in.`)
  await core.close()
  rmSync(directory, { recursive: true, force: true })
  return milliseconds
}

// The peer has nothing to read or check: the rows are in memory, with the same triggers, in one durable transaction.
const byHand = async (): Promise<number> => {
  const { core, directory, organizationId } = await openFresh()
  await core.close()
  const database = openConnection(join(directory, 'counterfoil.db'), { readonly: false })
  const now = new Date().toISOString()
  const rows = Array.from({ length: rowCount }, (_, index) => {
    const [name = '', email, phone, line1, city, postalCode, country, vat] = clientCells(index)
    const taxIds = JSON.stringify([{ label: 'Tax number', value: vat }])
    const code = `C${String(index + 1).padStart(4, '0')}`
    const row = [v7(), organizationId, now, now, code, 'company', name, name.toLowerCase(), email, phone]
    return [...row, line1, city, postalCode, country, taxIds]
  })
  const device = database.prepare('SELECT id FROM devices LIMIT 1').pluck().get()
  const insert = database.prepare(
    `INSERT INTO clients (id, organization_id, created_at, updated_at, code, kind, name, sort_name, email, phone, address_line1, city, postal_code, country, tax_ids)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const started = performance.now()
  database.transaction(() => {
    const { lastInsertRowid } = database
      .prepare('INSERT INTO commands (id, organization_id, device_id, procedure, at) VALUES (?, ?, ?, ?, ?)')
      .run(v7(), organizationId, device, 'bench', now)
    database.prepare('UPDATE change_context SET command_seq = ? WHERE id = 1').run(lastInsertRowid)
    for (const row of rows) insert.run(row)
    database.prepare('UPDATE change_context SET command_seq = NULL WHERE id = 1').run()
  })()
  const milliseconds = performance.now() - started
  database.close()
  rmSync(directory, { recursive: true, force: true })
  return milliseconds
}

const perSecond = (milliseconds: number) => Math.round((rowCount / milliseconds) * 1000)

const spread = (milliseconds: readonly number[]) => ({
  oursMilliseconds: median(milliseconds),
  p95: null,
  p99: null,
  selfRatio: null,
})

const rateOf = (entity: string, ours: readonly number[], theirs: readonly number[]): Measure => ({
  ...spread(ours),
  name: `import of ${rowCount} ${entity} from CSV: ${perSecond(median(ours))} rows/s, from the file's bytes to the commit`,
  ratio: wanted / perSecond(median(ours)),
  lowest: wanted / perSecond(Math.min(...ours)),
  highest: wanted / perSecond(Math.max(...ours)),
  theirsMilliseconds: (rowCount / wanted) * 1000,
  target: '30,000 rows/s: <= 1',
  reached: perSecond(median(ours)) >= wanted,
  note: `Rows inserted by hand, with the same triggers: ${perSecond(median(theirs))} clients/s.`,
})

/** Importing a CSV of clients, against inserting the same rows by hand; and clients and items in rows a second. */
export const measureImports = async (): Promise<readonly Measure[]> => {
  await byImport(clients)
  const ours: number[] = []
  const theirs: number[] = []
  const ofItems: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0
    if (first) ours.push(await byImport(clients))
    theirs.push(await byHand())
    if (!first) ours.push(await byImport(clients))
    ofItems.push(await byImport(items))
  }
  const ratios = ours.map((value, index) => value / (theirs[index] ?? value))
  const ratio = median(ratios)
  return [
    {
      ...spread(ours),
      name: `import of ${rowCount} clients from CSV against raw inserts of the same rows, same triggers, one transaction`,
      ratio,
      lowest: Math.min(...ratios),
      highest: Math.max(...ratios),
      theirsMilliseconds: median(theirs),
      target: '<= 1.67 (0.6x the rows a second)',
      reached: ratio <= 1 / 0.6,
    },
    rateOf('clients', ours, theirs),
    rateOf('items', ofItems, theirs),
  ]
}

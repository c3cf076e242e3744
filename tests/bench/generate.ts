import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { toJson } from '../../db/json.ts'
import { addDays } from '../../shared/dates.ts'
import { openBenchCore } from './core.ts'

export type Size = { readonly clients: number; readonly invoices: number; readonly linesEach: number }

const words =
  'amber birch cedar delta ember fjord grove harbor island jasper kernel linden maple nectar ochre pebble quartz river silver timber umber velvet willow xenon yarrow zephyr copper marble saffron granite'.split(
    ' ',
  )

/** A small repeatable generator of numbers (mulberry32): the same seed gives the same data on every machine. */
export const seeded = (seed: number) => {
  let state = seed
  return (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

const id = (kind: number, at: number) => {
  const hex = at.toString(16).padStart(12, '0')
  return `019a0000-${kind.toString(16).padStart(4, '0')}-7000-8000-${hex}`
}

/** Runs work with every trigger taken off, and puts them back. */
export const withoutTriggers = (database: Sqlite.Database, work: () => void) => {
  const triggers = database.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all() as {
    name: string
    sql: string
  }[]
  for (const trigger of triggers) database.exec(`DROP TRIGGER "${trigger.name}"`)
  work()
  for (const trigger of triggers) database.exec(trigger.sql)
}

const insertInto = (database: Sqlite.Database, table: string, columns: readonly string[]) =>
  database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)

const fill = (database: Sqlite.Database, organizationId: string, size: Size) => {
  const random = seeded(20261121)
  const pick = () => words[random(words.length)] ?? ''
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
  const at = '2026-01-01T00:00:00.000Z'
  const row = [organizationId, at, at]
  const seriesId = database
    .prepare(`SELECT id FROM number_series WHERE organization_id = ? AND document_kind = 'invoice'`)
    .pluck()
    .get(organizationId)
  const names: string[] = []
  const client = insertInto(database, 'clients', [
    'id',
    'organization_id',
    'created_at',
    'updated_at',
    'code',
    'kind',
    'name',
    'sort_name',
    'email',
    'city',
    'country',
    'tax_ids',
  ])
  for (let index = 0; index < size.clients; index += 1) {
    const name = `${capital(pick())} ${capital(pick())} ${index}`
    names.push(name)
    client.run(
      id(1, index),
      ...row,
      `C${index}`,
      'company',
      name,
      name.toLowerCase(),
      `${pick()}${index}@example.com`,
      capital(pick()),
      'GB',
      '[]',
    )
  }
  const invoice = insertInto(database, 'invoices', [
    'id',
    'organization_id',
    'created_at',
    'updated_at',
    'client_id',
    'client_name',
    'series_id',
    'number',
    'counter',
    'period',
    'currency',
    'minor_units',
    'language',
    'reference',
    'issued_on',
    'due_on',
    'payment_terms_days',
    'prices_include_tax',
    'rounding_mode',
    'rounding_scope',
    'line_net_e4',
    'net_e4',
    'tax_e4',
    'total_e4',
    'payable_e4',
    'base_total_e4',
    'base_tax_e4',
    'seller',
    'buyer',
    'issued_at',
    'paid_e4',
    'settled_on',
  ])
  const line = insertInto(database, 'invoice_lines', [
    'id',
    'organization_id',
    'created_at',
    'updated_at',
    'invoice_id',
    'position',
    'name',
    'description',
    'quantity_e6',
    'unit',
    'price_e6',
    'gross_e4',
    'net_e4',
    'tax_e4',
    'total_e4',
    'taxes',
  ])
  const taxes = toJson([
    { taxRateId: null, name: 'VAT', category: 'S', rateE6: 20_000_000n, isCompound: false, exemptionReason: null },
  ])
  const seller = toJson({ legalName: 'Bench Ltd', address: {}, taxIds: [] })
  for (let index = 0; index < size.invoices; index += 1) {
    const owner = random(size.clients)
    const issuedOn = addDays('2022-01-01', Math.floor((index * 1750) / size.invoices))
    const nets = Array.from({ length: size.linesEach }, () => BigInt(1 + random(500)) * 100_000n)
    const net = nets.reduce((sum, value) => sum + value, 0n)
    const tax = net / 5n
    const paid = random(10) < 9 ? net + tax : 0n
    const name = names[owner] ?? ''
    invoice.run(
      id(2, index),
      ...row,
      id(1, owner),
      name,
      seriesId,
      `INV-${index}`,
      index + 1,
      '',
      'GBP',
      2,
      'en-GB',
      `PO ${random(100_000)}`,
      issuedOn,
      addDays(issuedOn, 30),
      30,
      0,
      'half-up',
      'rate',
      net,
      net,
      tax,
      net + tax,
      net + tax,
      net + tax,
      tax,
      seller,
      toJson({ name }),
      `${issuedOn}T10:00:00.000Z`,
      paid,
      paid === 0n ? null : addDays(issuedOn, random(60)),
    )
    nets.forEach((value, position) => {
      line.run(
        id(3, index * size.linesEach + position),
        ...row,
        id(2, index),
        position,
        `${pick()} ${pick()} ${pick()}`,
        null,
        1_000_000n,
        'HUR',
        value * 100n,
        value,
        value,
        value / 5n,
        value + value / 5n,
        taxes,
      )
    })
  }
  database.exec(`
    INSERT INTO search_entries (organization_id, kind, entity_id, title, subtitle, body)
      SELECT organization_id, 'client', id, name, coalesce(email, ''), code || ' ' || coalesce(city, '') FROM clients WHERE id LIKE '019a0000-0001%';
    INSERT INTO search_entries (organization_id, kind, entity_id, title, subtitle, body)
      SELECT organization_id, 'invoice', id, number || ' ' || client_name, coalesce(reference, ''),
        (SELECT group_concat(name, ' ') FROM invoice_lines l WHERE l.invoice_id = i.id) FROM invoices i WHERE id LIKE '019a0000-0002%';
    INSERT INTO search_words (search_words) VALUES ('rebuild');
    INSERT INTO search_trigrams (search_trigrams) VALUES ('rebuild');
    INSERT INTO client_balances (client_id, currency, organization_id, billed_e4, paid_e4, open_e4, invoice_count, settled_count, settled_days)
      SELECT client_id, currency, organization_id, sum(total_e4), sum(paid_e4), sum(open_e4), count(*), sum(paid_e4 = payable_e4),
        sum(CASE WHEN settled_on IS NULL THEN 0 ELSE CAST(julianday(settled_on) - julianday(issued_on) AS INTEGER) END)
      FROM invoices WHERE issued_at IS NOT NULL GROUP BY client_id, currency;
    INSERT INTO monthly_totals (organization_id, month, issued_base_e4, issued_count)
      SELECT organization_id, substr(issued_on, 1, 7), sum(base_total_e4), count(*) FROM invoices WHERE issued_at IS NOT NULL GROUP BY 1, 2;
  `)
}

/** A data folder with seeded data of that size, made once and kept under .cache/bench; its organization's id. */
export const generate = async (
  size: Size,
): Promise<{ readonly directory: string; readonly organizationId: string }> => {
  const directory = join(import.meta.dirname, `../../.cache/bench/${size.clients}-${size.invoices}-${size.linesEach}`)
  const stamp = join(directory, 'made.json')
  if (existsSync(stamp)) return { directory, ...JSON.parse(readFileSync(stamp, 'utf8')) }
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  const core = await openBenchCore(directory)
  const made = await core.call('setup.createOrganization', {
    organizationId: null,
    idempotencyKey: null,
    input: { legalName: 'Bench Ltd', country: 'GB' },
  })
  await core.close()
  const { id: organizationId } = made as { id: string }
  const database = new Sqlite(join(directory, 'counterfoil.db'))
  database.pragma('synchronous = OFF')
  database.pragma('foreign_keys = OFF')
  database.pragma('cache_size = -400000')
  withoutTriggers(database, () => database.transaction(() => fill(database, organizationId, size))())
  database.exec('ANALYZE')
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  writeFileSync(stamp, JSON.stringify({ organizationId }))
  return { directory, organizationId }
}

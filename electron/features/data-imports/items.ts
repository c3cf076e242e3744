import { sql } from 'kysely'
import type { Percent } from '../../../shared/money/scaled.ts'
import type { ItemRecord } from '../../importers/tables/records.ts'
import type { CommandContext, Db, Trx } from '../../rpc/context.ts'
import { sortNameOf } from '../sort-name.ts'
import type { Match } from './tally.ts'
import { breathe, type Importer, type Work } from './work.ts'

type Known = { readonly id: string; readonly name: string; readonly row: number | null }
type NewItem = {
  readonly id: string
  readonly code: string | null
  readonly taxRateId: string | null
  readonly record: ItemRecord
}

const pageSize = 2000

const loadItems = async (db: Db | Trx, organizationId: string) => {
  const codes = new Map<string, Known>()
  const names = new Map<string, Known>()
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('items')
      .select(['id', 'name', 'sortName', 'code'])
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    for (const { id, name, sortName, code } of rows) {
      const known = { id, name, row: null }
      if (code !== null) codes.set(code, known)
      if (!names.has(sortName)) names.set(sortName, known)
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return { codes, names }
    after = last.id
    await breathe()
  }
}

/** Finds the tax rate that a name or a rate of a file means; null for none. */
export const taxRateFinder = async (db: Db | Trx, organizationId: string) => {
  const rates = await db
    .selectFrom('taxRates')
    .select(['id', 'name', 'category', 'rateE6'])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where('status', '=', 'active')
    .orderBy('position')
    .execute()
  return (name: string | null, rateE6: Percent | null) => {
    const named = name?.toLowerCase()
    const same = rates.filter((rate) => rateE6 === null || rate.rateE6 === rateE6)
    const byName = same.find((rate) => rate.name.toLowerCase() === named)
    return byName ?? (rateE6 === null || rateE6 === 0n ? null : (same[0] ?? null))
  }
}

const insertItems = async ({ trx, organizationId, now }: CommandContext, items: readonly NewItem[]) => {
  if (items.length === 0) return
  const rows = items.map(({ id, code, taxRateId, record }) => [
    id,
    record.kind,
    code,
    record.name,
    sortNameOf(record.name),
    record.description,
    record.unit,
    String(record.priceE6 ?? 0n),
    taxRateId,
    record.archived ? 'archived' : 'active',
  ])
  await sql`INSERT INTO items (organization_id, created_at, updated_at, id, kind, code, name, sort_name, description, unit, price_e6, tax_rate_id, status)
    SELECT ${organizationId}, ${now}, ${now}, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6,
      CAST(value->>7 AS INTEGER), value->>8, value->>9
    FROM json_each(${JSON.stringify(rows)})`.execute(trx)
}

const updateItem = ({ trx, organizationId, now }: CommandContext, id: string, { record, taxRateId }: NewItem) =>
  trx
    .updateTable('items')
    .set((row) => ({
      ...(record.description === null ? {} : { description: record.description }),
      ...(record.priceE6 === null ? {} : { priceE6: record.priceE6 }),
      ...(taxRateId === null ? {} : { taxRateId }),
      updatedAt: now,
      version: row('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('organizationId', '=', organizationId)
    .execute()

const matchOf = (known: Known, group: Match['group'], what: string): Match => ({
  group: known.row === null ? group : 'in-file',
  reason: known.row === null ? `has the same ${what}` : `row ${known.row} has the same ${what}`,
  existingId: known.row === null ? known.id : null,
  existingName: known.name,
})

/** Takes items in: new ones in bulk, known ones as the person chose. */
export const createItemImport = async (work: Work): Promise<Importer<ItemRecord>> => {
  const { command, organization, plan, tally } = work
  const { codes, names } = await loadItems(work.db, organization.id)
  const taxRateOf = await taxRateFinder(work.db, organization.id)

  const match = (record: ItemRecord): { readonly known: Known; readonly match: Match } | null => {
    const byCode = record.code === null ? undefined : codes.get(record.code)
    if (byCode !== undefined) return { known: byCode, match: matchOf(byCode, 'number', 'code') }
    const byName = names.get(sortNameOf(record.name))
    return byName === undefined ? null : { known: byName, match: matchOf(byName, 'name', 'name') }
  }

  const prepared = (record: ItemRecord): NewItem => {
    const code = record.code !== null && codes.has(record.code) ? null : record.code
    const rate = taxRateOf(record.taxName, record.taxRateE6)
    return { id: work.ids.next(), code, taxRateId: rate?.id ?? null, record }
  }

  const note = (item: NewItem) => {
    const known = { id: item.id, name: item.record.name, row: item.record.row }
    if (item.code !== null) codes.set(item.code, known)
    const sortName = sortNameOf(item.record.name)
    if (!names.has(sortName)) names.set(sortName, known)
    tally.made.items += 1
    tally.sample(item.record.row, item.record.name, () => [item.code, item.record.description?.slice(0, 80) ?? null])
  }

  const take = async (records: readonly ItemRecord[]) => {
    const made: NewItem[] = []
    const updates: { readonly id: string; readonly item: NewItem }[] = []
    for (const record of records) {
      const found = match(record)
      const action = found === null ? 'create' : plan.duplicates[found.match.group]
      tally.decided(action, record.row, record.name, found?.match ?? null)
      if (action === 'skip') continue
      const item = prepared(record)
      if (action === 'create') {
        note(item)
        made.push(item)
      } else if (found !== null) updates.push({ id: found.known.id, item })
    }
    if (command === null) return
    await insertItems(command, made)
    for (const { id, item } of updates) await updateItem(command, id, item)
  }

  return { take, finish: () => Promise.resolve() }
}

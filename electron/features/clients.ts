import { sql } from 'kysely'
import { readJson, toJson } from '../../db/json.ts'
import { addressSchema, taxIdsSchema } from '../../shared/contract/fields.ts'
import { todayIn } from '../../shared/dates.ts'
import { AppError } from '../../shared/errors.ts'
import { type Amount, zero } from '../../shared/money/scaled.ts'
import { standIn } from '../documents/tables.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { type FilterColumns, filterCondition } from '../rpc/list-filter.ts'
import { likeAnywhere, page, readCursor } from '../rpc/pages.ts'
import { deleteRow, getRow, restoreRow, updateRow } from '../rpc/rows.ts'
import { addressColumns, addressOf } from './addresses.ts'
import { balancesOf } from './client-balances.ts'
import { contactsOf, notesOf } from './client-people.ts'
import { health } from './clients/health.ts'
import { assertNotMerged, duplicates, merge } from './clients/merge.ts'
import { checkedAddresses } from './electronic-addresses.ts'
import { sortNameOf } from './sort-name.ts'
import { assertTaxIds } from './tax-ids.ts'

/** What a client is not deleted with. */
const keptWith = [
  ['invoices', 'invoices'],
  ['payments', 'payments'],
  ['quotes', 'quotes'],
  ['creditNotes', 'credit notes'],
] as const

const nextCode = async (context: CommandContext): Promise<string> => {
  const { count } = await context.trx
    .selectFrom('clients')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('organizationId', '=', context.organizationId)
    .executeTakeFirstOrThrow()
  for (let next = count + 1; ; next += 1) {
    const code = `C${String(next).padStart(4, '0')}`
    const taken = await context.trx
      .selectFrom('clients')
      .select('id')
      .where('organizationId', '=', context.organizationId)
      .where('code', '=', code)
      .executeTakeFirst()
    if (taken === undefined) return code
  }
}

const assertGroups = async (
  { trx, organizationId }: CommandContext,
  {
    clientTypeId,
    accountManagerId,
    templateId,
    reminderPlanId,
  }: {
    readonly clientTypeId?: string | null | undefined
    readonly accountManagerId?: string | null | undefined
    readonly templateId?: string | null | undefined
    readonly reminderPlanId?: string | null | undefined
  },
) => {
  if (clientTypeId) await getRow(trx, 'clientTypes', organizationId, clientTypeId, 'client type')
  if (accountManagerId) await getRow(trx, 'accountManagers', organizationId, accountManagerId, 'account manager')
  if (templateId) await getRow(trx, 'documentTemplates', organizationId, templateId, 'template')
  if (reminderPlanId) await getRow(trx, 'reminderPlans', organizationId, reminderPlanId, 'reminder plan')
}

/** Inserts a client and its timeline line; shared with imports. */
export const insertClient = async (
  context: CommandContext,
  input: Parameters<Exclude<Handlers<'clients'>['create'], { run: unknown }>>[1],
): Promise<{ id: string; version: number }> => {
  const { address, deliveryAddress, taxIds, code, ...values } = input
  await assertGroups(context, input)
  const row = context.newRow()
  await context.trx
    .insertInto('clients')
    .values({
      ...row,
      ...values,
      ...addressColumns(address),
      code: code ?? (await nextCode(context)),
      sortName: sortNameOf(input.name),
      deliveryAddress: deliveryAddress === null ? null : toJson(deliveryAddress),
      taxIds: toJson(taxIds),
      mergedIntoId: null,
    })
    .execute()
  await context.record({
    kind: 'client.created',
    entity: 'client',
    entityId: row.id,
    clientId: row.id,
    data: { name: input.name },
  })
  return { id: row.id, version: 1 }
}

const columns = {
  name: sql<string>`c.sort_name`,
  created: sql<string>`c.created_at`,
  open: sql<Amount>`coalesce(b.open_e4, 0)`,
} as const

const filterColumns: FilterColumns<'clients'> = {
  id: sql.ref('c.id'),
  name: sql.ref('c.name'),
  code: sql.ref('c.code'),
  email: sql.ref('c.email'),
  city: sql.ref('c.city'),
  country: sql.ref('c.country'),
  status: sql.ref('c.status'),
  kind: sql.ref('c.kind'),
  open: sql`coalesce(b.open_e4, 0)`,
  billed: sql`coalesce(b.billed_e4, 0)`,
}

// A draft is found and listed under the name that it will be issued with; its own version is that of what was written.
const renameDrafts = async (context: CommandContext, clientId: string, clientName: string) => {
  for (const kind of ['invoice', 'quote', 'credit-note'] as const) {
    await context.trx
      .updateTable(standIn(kind).head)
      .set({ clientName })
      .where('organizationId', '=', context.organizationId)
      .where('clientId', '=', clientId)
      .where('issuedAt', 'is', null)
      .where('clientName', '!=', clientName)
      .execute()
  }
}

// A client without a country is taken to be where the business is.
const countryOf = async ({ trx, organizationId }: CommandContext, country: string | null): Promise<string> =>
  country ?? (await getRow(trx, 'organizations', organizationId, organizationId, 'organization')).country

/** The people and companies that are billed. */
export const clients: Handlers<'clients'> = {
  list: async ({ db, organizationId, clock, timezone }, input) => {
    const { search, status, owing, sort, direction, cursor, limit } = input
    const organization = await db
      .selectFrom('organizations')
      .select('currency')
      .where('id', '=', organizationId)
      .executeTakeFirstOrThrow()
    let own = db
      .selectFrom('clients as c')
      .where('c.organizationId', '=', organizationId)
      .where('c.deletedAt', 'is', null)
    if (status !== 'all') own = own.where('c.status', '=', status)
    if (input.clientTypeId !== null) own = own.where('c.clientTypeId', '=', input.clientTypeId)
    if (input.accountManagerId !== null) own = own.where('c.accountManagerId', '=', input.accountManagerId)
    if (search.trim() !== '') {
      const pattern = likeAnywhere(search.trim())
      // What stands here stands in the index `clients_status` too.
      own = own.where(
        sql<boolean>`(c.name LIKE ${pattern} ESCAPE '\\' OR c.sort_name LIKE ${likeAnywhere(sortNameOf(search.trim()))} ESCAPE '\\'
          OR c.code LIKE ${pattern} ESCAPE '\\' OR c.email LIKE ${pattern} ESCAPE '\\' OR c.city LIKE ${pattern} ESCAPE '\\')`,
      )
    }
    let query = own.leftJoin('clientBalances as b', (join) =>
      join
        .onRef('b.clientId', '=', 'c.id')
        .on(sql<boolean>`b.currency = coalesce(c.currency, ${organization.currency})`),
    )
    if (owing) query = query.where('b.openE4', '>', zero)
    const where = filterCondition('clients', input.where, filterColumns, todayIn(timezone, clock.now()))
    if (where !== null) query = query.where(where)
    const count = sql<number>`count(*)`.as('total')
    const counted = owing || where !== null ? query.select(count) : own.select(count)
    const { total } = await counted.executeTakeFirstOrThrow()
    const column = columns[sort]
    if (cursor !== null) {
      const from = readCursor(cursor)
      const compare = direction === 'asc' ? sql`>` : sql`<`
      query = query.where(sql<boolean>`(${column}, c.id) ${compare} (${from.value}, ${from.id})`)
    }
    const rows = await query
      .select([
        'c.id',
        'c.version',
        'c.code',
        'c.name',
        'c.sortName',
        'c.createdAt',
        'c.kind',
        'c.email',
        'c.city',
        'c.country',
        'c.status',
        'c.paymentTermsDays',
      ])
      .select([
        sql<string>`coalesce(c.currency, ${organization.currency})`.as('currency'),
        sql<Amount>`coalesce(b.open_e4, 0)`.as('openE4'),
        sql<Amount>`coalesce(b.billed_e4, 0)`.as('billedE4'),
        sql<number>`(SELECT count(*) > 1 FROM client_balances o WHERE o.client_id = c.id)`.as('hasOther'),
      ])
      .orderBy(column, direction)
      .orderBy('c.id', direction)
      .limit(limit + 1)
      .execute()
    const cut = page(rows, limit, (row) => ({
      value: { name: row.sortName, created: row.createdAt, open: row.openE4 }[sort],
      id: row.id,
    }))
    return { ...cut, total, rows: cut.rows.map((row) => ({ ...row, hasOtherCurrencies: row.hasOther === 1 })) }
  },

  get: async ({ db, organizationId }, { id }) => {
    const row = await getRow(db, 'clients', organizationId, id, 'client')
    const [contacts, notes, balances] = await Promise.all([contactsOf(db, id), notesOf(db, id), balancesOf(db, id)])
    return {
      ...row,
      address: addressOf(row),
      deliveryAddress: row.deliveryAddress === null ? null : readJson(addressSchema, row.deliveryAddress),
      taxIds: readJson(taxIdsSchema, row.taxIds),
      contacts,
      notes,
      balances,
    }
  },

  health,
  duplicates,
  merge,

  create: async (context, input) => {
    assertTaxIds(input.taxIds, await countryOf(context, input.address.country))
    return await insertClient(context, { ...input, ...checkedAddresses(input) })
  },

  update: async (context, { id, version, address, deliveryAddress, taxIds, code, ...values }) => {
    await assertGroups(context, values)
    const before = await getRow(context.trx, 'clients', context.organizationId, id, 'client')
    const addresses = checkedAddresses(values, before)
    if (taxIds !== undefined) {
      const country = await countryOf(context, address === undefined ? before.country : address.country)
      assertTaxIds(taxIds, country, readJson(taxIdsSchema, before.taxIds))
    }
    const updated = await updateRow(
      context,
      'clients',
      { id, version },
      {
        ...values,
        ...addresses,
        ...(code === undefined || code === null ? {} : { code }),
        ...(values.name === undefined ? {} : { sortName: sortNameOf(values.name) }),
        ...(address === undefined ? {} : addressColumns(address)),
        ...(deliveryAddress === undefined
          ? {}
          : { deliveryAddress: deliveryAddress === null ? null : toJson(deliveryAddress) }),
        ...(taxIds === undefined ? {} : { taxIds: toJson(taxIds) }),
      },
    )
    if (values.name !== undefined) await renameDrafts(context, id, values.name)
    await context.record({ kind: 'client.changed', entity: 'client', entityId: id, clientId: id })
    return updated
  },

  setStatus: async (context, { id, version, status }) => {
    const updated = await updateRow(context, 'clients', { id, version }, { status })
    await context.record({ kind: 'client.status', entity: 'client', entityId: id, clientId: id, data: { status } })
    return updated
  },

  delete: async (context, { id, version }) => {
    await getRow(context.trx, 'clients', context.organizationId, id, 'client')
    for (const [table, what] of keptWith) {
      const kept = await context.trx
        .selectFrom(table)
        .select('id')
        .where('clientId', '=', id)
        .where('deletedAt', 'is', null)
        .limit(1)
        .executeTakeFirst()
      if (kept === undefined) continue
      throw new AppError('INVALID_STATE', `This client has ${what} and stays with them. Archive it instead.`)
    }
    return await deleteRow(context, 'clients', { id, version })
  },

  restore: async (context, { id }) => {
    await assertNotMerged(context, id)
    return await restoreRow(context, 'clients', id)
  },
}

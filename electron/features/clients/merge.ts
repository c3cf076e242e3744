import { sql } from 'kysely'
import { readJson } from '../../../db/json.ts'
import { taxIdsSchema } from '../../../shared/contract/fields.ts'
import { AppError } from '../../../shared/errors.ts'
import type { CommandContext, Handlers } from '../../rpc/context.ts'
import { getRow, updateRow } from '../../rpc/rows.ts'
import { rawRows } from '../raw-rows.ts'

type Match = { readonly reason: 'tax-id' | 'email' | 'name'; readonly value: string; readonly ids: string }

// Beyond this a person does not read on.
const mostPairs = 200

/** Clients that share a tax id, an e-mail address, or a name but for case, spaces and legal form. */
export const duplicates: Handlers<'clients'>['duplicates'] = async ({ db, organizationId }, { clientId }) => {
  const live = sql`organization_id = ${organizationId} AND deleted_at IS NULL`
  const matches = await rawRows<Match>(
    db,
    sql`SELECT 'tax-id' AS reason, value, group_concat(id) AS ids FROM (
        SELECT c.id, upper(replace(replace(json_extract(t.value, '$.value'), ' ', ''), '-', '')) AS value
        FROM clients c, json_each(c.tax_ids) t WHERE c.organization_id = ${organizationId} AND c.deleted_at IS NULL)
      WHERE value <> '' GROUP BY value HAVING count(DISTINCT id) > 1
      UNION ALL
      SELECT 'email', lower(email), group_concat(id) FROM clients WHERE ${live} AND email IS NOT NULL
      GROUP BY lower(email) HAVING count(*) > 1
      UNION ALL
      SELECT 'name', value, group_concat(id) FROM (
        SELECT id, replace(replace(replace(replace(replace(replace(sort_name, '.', ''), ',', ''), ' limited', ''), ' ltd', ''), ' gmbh', ''), ' ', '') AS value
        FROM clients WHERE ${live})
      WHERE value <> '' GROUP BY value HAVING count(*) > 1`,
  )
  const seen = new Set<string>()
  const found = matches.flatMap(({ reason, value, ids }) => {
    const pair = [...new Set(ids.split(','))].sort()
    const key = pair.join(' ')
    if (seen.has(key) || (clientId !== null && !pair.includes(clientId))) return []
    seen.add(key)
    return [{ reason, value, ids: pair }]
  })
  const shown = found.slice(0, mostPairs)
  const wanted = [...new Set(shown.flatMap(({ ids }) => ids))]
  if (wanted.length === 0) return []
  const clients = await db
    .selectFrom('clients as c')
    .select(['c.id', 'c.version', 'c.code', 'c.name', 'c.email', 'c.city'])
    .select(
      sql<number>`(SELECT count(*) FROM invoices i WHERE i.client_id = c.id AND i.deleted_at IS NULL)
        + (SELECT count(*) FROM payments p WHERE p.client_id = c.id)`.as('documentCount'),
    )
    .where('c.id', 'in', wanted)
    .execute()
  const byId = new Map(clients.map((client) => [client.id, client]))
  return shown.map(({ reason, value, ids }) => ({
    reason,
    value,
    clients: ids.flatMap((id) => byId.get(id) ?? []),
  }))
}

const moved = [
  'invoices',
  'quotes',
  'credit_notes',
  'payments',
  'refunds',
  'recurring_invoices',
  'client_notes',
  'outbox_messages',
  'bank_match_rules',
] as const

const moveRows = async ({ trx, now }: CommandContext, table: string, keepId: string, mergeId: string) => {
  const { numAffectedRows } = await sql`UPDATE ${sql.table(table)}
    SET client_id = ${keepId}, updated_at = ${now}, version = version + 1 WHERE client_id = ${mergeId}`.execute(trx)
  return Number(numAffectedRows ?? 0n)
}

// What the documents say does not change with whose they are: the sums of both are those of one.
const addBalances = async ({ trx }: CommandContext, keepId: string, mergeId: string) => {
  const figures = [
    'billed_e4',
    'paid_e4',
    'open_e4',
    'credit_e4',
    'credited_e4',
    'written_off_e4',
    'refunded_e4',
    'invoice_count',
    'settled_count',
    'settled_days',
  ]
  const columns = sql.join(figures.map((figure) => sql.ref(figure)))
  const sums = sql.join(
    figures.map((figure) => sql`${sql.ref(figure)} = ${sql.ref(figure)} + excluded.${sql.ref(figure)}`),
  )
  await sql`INSERT INTO client_balances (client_id, currency, organization_id, ${columns})
    SELECT ${keepId}, currency, organization_id, ${columns} FROM client_balances WHERE client_id = ${mergeId}
    ON CONFLICT (client_id, currency) DO UPDATE SET ${sums}`.execute(trx)
  await trx.deleteFrom('clientBalances').where('clientId', '=', mergeId).execute()
}

const moveContacts = async ({ trx, now }: CommandContext, keepId: string, mergeId: string) => {
  const primary = await trx
    .selectFrom('clientContacts')
    .select('id')
    .where('clientId', '=', keepId)
    .where('isPrimary', '=', 1)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  // A client has one primary contact: that of the one that stays.
  if (primary !== undefined) {
    await trx
      .updateTable('clientContacts')
      .set((row) => ({ isPrimary: 0, updatedAt: now, version: row('version', '+', 1) }))
      .where('clientId', '=', mergeId)
      .where('isPrimary', '=', 1)
      .execute()
  }
  const result = await trx
    .updateTable('clientContacts')
    .set((row) => ({ clientId: keepId, updatedAt: now, version: row('version', '+', 1) }))
    .where('clientId', '=', mergeId)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

const moveFiles = async ({ trx, now }: CommandContext, keepId: string, mergeId: string) => {
  const result = await trx
    .updateTable('attachments')
    .set((row) => ({ entityId: keepId, updatedAt: now, version: row('version', '+', 1) }))
    .where('entity', '=', 'client')
    .where('entityId', '=', mergeId)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Merges one client into another: all that hangs on it moves, it stays as deleted with a pointer to the other. */
export const merge: Handlers<'clients'>['merge'] = async (context, { keepId, keepVersion, mergeId, mergeVersion }) => {
  const { trx, organizationId } = context
  const keep = await getRow(trx, 'clients', organizationId, keepId, 'client')
  const gone = await getRow(trx, 'clients', organizationId, mergeId, 'client')
  const kept = await updateRow(
    context,
    'clients',
    { id: keepId, version: keepVersion },
    {
      // What only the other knew is not lost.
      email: keep.email ?? gone.email,
      phone: keep.phone ?? gone.phone,
      website: keep.website ?? gone.website,
      summary: keep.summary ?? gone.summary,
      taxIds: readJson(taxIdsSchema, keep.taxIds).length === 0 ? gone.taxIds : keep.taxIds,
    },
  )
  // First the pointer: it is what lets the documents go.
  const pointed = await updateRow(context, 'clients', { id: mergeId, version: mergeVersion }, { mergedIntoId: keepId })
  let count = 0
  for (const table of moved) count += await moveRows(context, table, keepId, mergeId)
  count += await moveContacts(context, keepId, mergeId)
  count += await moveFiles(context, keepId, mergeId)
  await addBalances(context, keepId, mergeId)
  await updateRow(context, 'clients', pointed, { deletedAt: context.now })
  await context.record({
    kind: 'client.merged',
    entity: 'client',
    entityId: keepId,
    clientId: keepId,
    data: { name: gone.name, code: gone.code, moved: count },
  })
  return { ...kept, moved: count }
}

/** Refuses to restore a client that was merged: its documents are elsewhere. AppError INVALID_STATE. */
export const assertNotMerged = async ({ trx }: CommandContext, id: string): Promise<void> => {
  const row = await trx
    .selectFrom('clients as c')
    .innerJoin('clients as k', 'k.id', 'c.mergedIntoId')
    .select('k.name')
    .where('c.id', '=', id)
    .executeTakeFirst()
  if (row !== undefined) throw new AppError('INVALID_STATE', `This client was merged into ${row.name} and stays there.`)
}

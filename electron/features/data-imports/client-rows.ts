import { sql } from 'kysely'
import { toJson } from '../../../db/json.ts'
import type { ClientRecord } from '../../importers/tables/records.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { addressColumns } from '../addresses.ts'

export type NewClient = {
  readonly id: string
  readonly code: string
  readonly sortName: string
  readonly record: ClientRecord
}

// One statement for many rows, which it takes as one JSON text: a statement of its own for each row costs twice the time.
/** Inserts clients of an import, all in one statement; the triggers capture each. */
export const insertClients = async (
  { trx, organizationId, now }: CommandContext,
  clients: readonly NewClient[],
): Promise<void> => {
  if (clients.length === 0) return
  const rows = clients.map(({ id, code, sortName, record }) => {
    const { address, delivery } = record
    return [
      id,
      code,
      record.kind,
      record.name,
      sortName,
      record.email,
      record.phone,
      record.website,
      address.line1,
      address.line2,
      address.city,
      address.region,
      address.postalCode,
      address.country,
      delivery === null ? null : toJson(delivery),
      record.taxIds.length === 0 ? '[]' : JSON.stringify(record.taxIds),
      record.currency,
      record.terms,
      record.archived ? 'archived' : 'active',
      record.notes,
    ]
  })
  await sql`INSERT INTO clients (organization_id, created_at, updated_at, id, code, kind, name, sort_name, email, phone, website,
      address_line1, address_line2, city, region, postal_code, country, delivery_address, tax_ids, currency, payment_terms_days, status, summary)
    SELECT ${organizationId}, ${now}, ${now}, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7,
      value->>8, value->>9, value->>10, value->>11, value->>12, value->>13, value->>14, value->>15, value->>16, value->>17, value->>18, value->>19
    FROM json_each(${JSON.stringify(rows)})`.execute(trx)
}

type Contact = NonNullable<ClientRecord['contact']>

/** Inserts the primary contact of each client that has one. */
export const insertContacts = async (
  { trx, organizationId, now, ids }: CommandContext,
  contacts: readonly { readonly clientId: string; readonly contact: Contact }[],
): Promise<void> => {
  if (contacts.length === 0) return
  const rows = contacts.map(({ clientId, contact }) => [
    ids.next(),
    clientId,
    contact.name,
    contact.email,
    contact.phone,
  ])
  await sql`INSERT INTO client_contacts (organization_id, created_at, updated_at, is_primary, id, client_id, name, email, phone)
    SELECT ${organizationId}, ${now}, ${now}, 1, value->>0, value->>1, value->>2, value->>3, value->>4
    FROM json_each(${JSON.stringify(rows)})`.execute(trx)
}

type Said<T> = { [K in keyof T]?: Exclude<T[K], null> }

const said = <T extends Readonly<Record<string, unknown>>>(values: T): Said<T> =>
  // Only entries without a value are left out; what stays keeps its type.
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Said<T>

/** Adds to a client what a row says of it; what the row leaves empty stays, and so do its name and number. */
export const updateClient = async (
  { trx, organizationId, now }: CommandContext,
  id: string,
  record: ClientRecord,
): Promise<void> => {
  await trx
    .updateTable('clients')
    .set((row) => ({
      ...said({
        email: record.email,
        phone: record.phone,
        website: record.website,
        ...addressColumns(record.address),
        deliveryAddress: record.delivery === null ? null : toJson(record.delivery),
        taxIds: record.taxIds.length === 0 ? null : toJson(record.taxIds),
        currency: record.currency,
        paymentTermsDays: record.terms,
        summary: record.notes,
      }),
      updatedAt: now,
      version: row('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('organizationId', '=', organizationId)
    .execute()
}

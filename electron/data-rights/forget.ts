import { type RawBuilder, sql } from 'kysely'
import { mark } from '../../db/record/personal-columns.ts'
import type { CommandContext } from '../rpc/context.ts'
import { documentTables } from './subject.ts'

type Fate = 'erased' | 'kept' | 'expired'
type Values = Readonly<Record<string, RawBuilder<unknown> | string | number | null>>
type Forgetting = { readonly context: CommandContext; readonly erasureId: string; readonly name: string }

const rowsOf = (erasureId: string, table: string, fate: Fate) =>
  sql`(SELECT row_id FROM erasure_rows WHERE erasure_id = ${erasureId} AND table_name = ${table} AND fate = ${fate})`

const set = async ({ context, erasureId }: Forgetting, table: string, fate: Fate, values: Values) => {
  const settings = Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  await sql`UPDATE ${sql.table(table)} SET ${sql.join(settings)}, updated_at = ${context.now}, version = version + 1
    WHERE id IN ${rowsOf(erasureId, table, fate)}`.execute(context.trx)
}

const gone = (now: string) => sql`coalesce(deleted_at, ${now})`

const forgetPerson = async (it: Forgetting) => {
  const { name, context } = it
  await set(it, 'clients', 'erased', {
    name,
    sort_name: name.toLowerCase(),
    email: null,
    phone: null,
    website: null,
    address_line1: null,
    address_line2: null,
    city: null,
    region: null,
    postal_code: null,
    country: null,
    delivery_address: null,
    tax_ids: '[]',
    summary: null,
    electronic_address: null,
    electronic_address_scheme: null,
    legal_id: null,
    legal_id_scheme: null,
    buyer_reference: null,
    einvoice_format: null,
    status: 'archived',
  })
  const deleted = { deleted_at: gone(context.now) }
  await set(it, 'client_contacts', 'erased', { name: mark, email: null, phone: null, role: null, ...deleted })
  await set(it, 'client_notes', 'erased', { content: mark, ...deleted })
  await set(it, 'attachments', 'erased', { file_name: mark, ...deleted })
  await set(it, 'bank_match_rules', 'erased', { match_key: sql`${`${mark} `} || id`, ...deleted })
  await set(it, 'taggings', 'erased', deleted)
  await set(it, 'notifications', 'erased', { data: '{}', ...deleted })
}

const forgetWork = async (it: Forgetting) => {
  const { context } = it
  const deleted = { deleted_at: gone(context.now) }
  const ended = { state: 'ended', next_on: null, waiting: 0, problem: null }
  await set(it, 'recurring_invoices', 'erased', {
    ...ended,
    client_name: it.name,
    name: mark,
    content: '{}',
    ...deleted,
  })
  // What a draft took of a quote goes back to it.
  await sql`UPDATE quote_invoices SET deleted_at = ${context.now}, updated_at = ${context.now}, version = version + 1
    WHERE deleted_at IS NULL AND invoice_id IN ${rowsOf(it.erasureId, 'invoices', 'erased')}`.execute(context.trx)
  const texts = { reference: null, order_reference: null, buyer_reference: null, notes: null, terms: null }
  for (const { table, one } of documentTables) {
    // Lines first: they take no change once the head says otherwise.
    await set(it, `${one}_lines`, 'erased', { name: mark, description: null, code: null, ...deleted })
    await set(it, `${one}_adjustments`, 'erased', { reason: null, ...deleted })
    await set(it, table, 'erased', { client_name: it.name, buyer: null, ...texts, ...deleted })
  }
}

const forgetMail = async (it: Forgetting) => {
  await set(it, 'outbox_messages', 'erased', {
    to_addresses: '[]',
    cc_addresses: '[]',
    bcc_addresses: '[]',
    subject: mark,
    body: mark,
    attachments: '[]',
    last_error: null,
    server_response: null,
    state: sql`CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END`,
    next_attempt_at: null,
  })
  await set(it, 'mail_log', 'erased', { detail: null, server: null })
  await sql`UPDATE jobs SET last_error = NULL WHERE last_error IS NOT NULL
    AND subject_id IN (SELECT row_id FROM erasure_rows WHERE erasure_id = ${it.erasureId})`.execute(it.context.trx)
}

// The country, and whether there was a tax number, stay: tax reports go by them, and they tell nothing of one person.
const nobody = (
  name: string,
) => sql`json_object('name', ${name}, 'kind', coalesce(buyer ->> '$.kind', 'company'), 'contactName', NULL,
  'address', json_object('line1', NULL, 'line2', NULL, 'city', NULL, 'region', NULL, 'postalCode', NULL,
    'country', buyer ->> '$.address.country'),
  'deliveryAddress', NULL,
  'taxIds', json((SELECT json_group_array(json_object('label', t.value ->> '$.label', 'value', ${mark})) FROM json_each(buyer, '$.taxIds') t)),
   'email', NULL, 'phone', NULL, 'electronicAddress', NULL, 'legalId', NULL,
  'buyerReference', NULL)`

const forgetExpired = async (it: Forgetting) => {
  const { name } = it
  for (const { table } of documentTables) {
    await set(it, table, 'expired', {
      client_name: name,
      buyer: nobody(name),
      reference: null,
      order_reference: null,
      buyer_reference: null,
      notes: null,
      pdf_sha256: null,
      ...(table === 'quotes' ? { decided_by: null, decision_note: null } : {}),
    })
  }
  for (const table of ['payments', 'refunds']) {
    await set(it, table, 'expired', { client_name: name, reference: null, notes: null })
  }
  await set(it, 'bank_transactions', 'expired', {
    counterparty_name: null,
    counterparty_account: null,
    end_to_end_reference: null,
    mandate_reference: null,
    structured_reference: null,
    purpose: '',
  })
}

// A document that stays is found by its number.
const forgetSearch = async ({ context: { trx }, erasureId, name }: Forgetting) => {
  for (const { table } of documentTables) {
    await sql`UPDATE search_entries SET subtitle = '', body = '', title = (SELECT d.number FROM ${sql.table(table)} d WHERE d.id = entity_id) || ' ' || ${name}
      WHERE entity_id IN (SELECT row_id FROM erasure_rows WHERE erasure_id = ${erasureId} AND table_name = ${table} AND fate <> 'erased')`.execute(
      trx,
    )
  }
}

// Numbers, sums and codes of what happened stay, words of people go.
const plain = [
  'number',
  'source',
  'payment',
  'creditNote',
  'creditNoteId',
  'paymentId',
  'invoiceId',
  'quoteId',
  'currency',
]
const words = ['method', 'status', 'state', 'kind', 'on', 'expiredOn', 'how', 'what', 'messageId', 'code']

const forgetActivity = async ({ context: { trx }, erasureId }: Forgetting, where: RawBuilder<unknown>) => {
  const kept = sql.join([...plain, ...words])
  await sql`UPDATE activity AS t SET data = (SELECT json_group_object(j.key, CASE
      WHEN j.type = 'text' AND j.key NOT IN (${kept}) AND j.key NOT GLOB '*E4' AND j.key NOT GLOB '*Id' THEN ${mark}
      WHEN j.type IN ('object', 'array') THEN ${mark}
      WHEN j.type IN ('true', 'false') THEN json(j.type) ELSE j.value END) FROM json_each(t.data) j)
    WHERE ${where} OR t.entity_id IN (SELECT row_id FROM erasure_rows WHERE erasure_id = ${erasureId})`.execute(trx)
}

/** Takes away every value that says who somebody was, in rows, search and timeline; the record of changes comes after.
 * The index still has the words of what was deleted; the job that follows takes them out. */
export const forget = async (it: Forgetting, activity: RawBuilder<unknown>): Promise<void> => {
  await forgetSearch(it)
  await forgetPerson(it)
  await forgetWork(it)
  await forgetMail(it)
  await forgetExpired(it)
  await forgetActivity(it, activity)
}

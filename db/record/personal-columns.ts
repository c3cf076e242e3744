/** Stands where a value was. Not empty: that something was there is no secret. */
export const mark = '[erased]'

const printed = ['client_name', 'buyer', 'reference', 'order_reference', 'buyer_reference', 'notes', 'void_reason']
const line = ['name', 'description', 'code']

/** What of the record of changes says something of the person, by table. */
export const personalColumns: Readonly<Record<string, readonly string[]>> = {
  clients: [
    'name',
    'sort_name',
    'email',
    'phone',
    'website',
    'address_line1',
    'address_line2',
    'city',
    'region',
    'postal_code',
    'country',
    'delivery_address',
    'tax_ids',
    'summary',
    'electronic_address',
    'electronic_address_scheme',
    'legal_id',
    'legal_id_scheme',
    'buyer_reference',
  ],
  client_contacts: ['name', 'email', 'phone', 'role'],
  client_notes: ['content'],
  invoices: [...printed, 'reminders_stop_reason'],
  quotes: [...printed, 'decided_by', 'decision_note'],
  credit_notes: [...printed, 'reason'],
  payments: ['client_name', 'reference', 'notes', 'status_reason'],
  refunds: ['client_name', 'reference', 'notes', 'cancel_reason'],
  write_offs: ['reason'],
  recurring_invoices: ['client_name', 'name', 'content', 'problem'],
  outbox_messages: [
    'to_addresses',
    'cc_addresses',
    'bcc_addresses',
    'subject',
    'body',
    'attachments',
    'last_error',
    'server_response',
  ],
  mail_log: ['detail', 'server'],
  bank_match_rules: ['match_key'],
  bank_transactions: [
    'counterparty_name',
    'counterparty_account',
    'end_to_end_reference',
    'mandate_reference',
    'structured_reference',
    'purpose',
  ],
  users: ['name', 'email'],
  account_managers: ['name', 'email'],
  attachments: ['file_name'],
  notifications: ['data'],
}

/** What more is forgotten of drafts, which nobody received. */
export const draftColumns: Readonly<Record<string, readonly string[]>> = {
  invoices: ['terms'],
  quotes: ['terms'],
  credit_notes: ['terms'],
  invoice_lines: line,
  quote_lines: line,
  credit_note_lines: line,
  invoice_adjustments: ['reason'],
  quote_adjustments: ['reason'],
  credit_note_adjustments: ['reason'],
}

const both = [...new Set([...Object.keys(personalColumns), ...Object.keys(draftColumns)])]

/**
 * What of a change is on record as a commitment only, by table. A new column needs a new format of the record: entries
 * made before it hashed that column in clear. A new table needs none: its rows of before have no salt, and are hashed in clear.
 */
export const committedColumns: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  both.map((table) => [table, new Set([...(personalColumns[table] ?? []), ...(draftColumns[table] ?? [])])]),
)

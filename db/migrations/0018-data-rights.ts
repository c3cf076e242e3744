import type { Migration } from './migration.ts'

const row = `
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT CHECK (deleted_at IS NULL), version INTEGER NOT NULL DEFAULT 1,`

// What an issued document never changes, but what it says of a person: see `personal`.
const head =
  'organization_id, created_at, deleted_at, branch_id, series_id, number, counter, period, currency, minor_units, exchange_rate_e10, language, issued_on, supply_from, supply_to, prices_include_tax, rounding_mode, rounding_scope, terms'
const amounts =
  'line_net_e4, allowance_e4, charge_e4, net_e4, tax_e4, total_e4, rounding_e4, payable_e4, base_total_e4, base_tax_e4'
const rest = 'seller, extra, issued_at'
const more = 'tax_treatment, place_of_supply, payable_step_e4, template_id'
const personal = ['client_name', 'buyer', 'reference', 'order_reference', 'buyer_reference', 'notes']

const given = (table: string, fate: string) =>
  `EXISTS (SELECT 1 FROM erasure_rows r WHERE r.table_name = '${table}' AND r.row_id = OLD.id AND r.fate = '${fate}')`
const emptied = (columns: readonly string[]) =>
  columns.map((column) => `(NEW.${column} IS OLD.${column} OR NEW.${column} IS NULL)`).join(' AND ')
const renamed = `(NEW.client_name = OLD.client_name OR NEW.client_name GLOB 'Erased client ?*')`

// Each leaf of the buyer stays, is empty, or is the name that stands for somebody erased.
const buyerEmptied = `json_valid(NEW.buyer) AND NOT EXISTS (SELECT 1 FROM json_tree(NEW.buyer) n
    WHERE n.atom IS NOT NULL AND n.atom IS NOT NEW.client_name AND n.atom IS NOT '[erased]'
      AND n.atom IS NOT (SELECT o.atom FROM json_tree(OLD.buyer) o WHERE o.fullkey = n.fullkey))`

const document = (table: string, words: string, frozen: string) => `
DROP TRIGGER ${table}_frozen;
CREATE TRIGGER ${table}_frozen BEFORE UPDATE OF id, ${frozen} ON ${table} WHEN OLD.issued_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: an issued ${words} never changes'); END;
CREATE TRIGGER ${table}_personal_frozen BEFORE UPDATE OF ${personal.join(', ')} ON ${table}
WHEN OLD.issued_at IS NOT NULL AND NOT (${given(table, 'expired')} AND ${renamed}
  AND ${emptied(['reference', 'order_reference', 'buyer_reference', 'notes'])} AND ${buyerEmptied})
BEGIN SELECT RAISE(ABORT, 'immutable: an issued ${words} never changes'); END;
DROP TRIGGER ${table}_pdf_once;
CREATE TRIGGER ${table}_pdf_once BEFORE UPDATE OF pdf_sha256 ON ${table}
WHEN OLD.pdf_sha256 IS NOT NULL AND NEW.pdf_sha256 IS NOT OLD.pdf_sha256 AND NOT (NEW.pdf_sha256 IS NULL AND ${given(table, 'expired')})
BEGIN SELECT RAISE(ABORT, 'immutable: the issued PDF never changes'); END;
`

const money = (table: string, words: string, frozen: string) => `
DROP TRIGGER ${table}_frozen;
CREATE TRIGGER ${table}_frozen BEFORE UPDATE OF id, organization_id, created_at, series_id, number, ${frozen} ON ${table}
BEGIN SELECT RAISE(ABORT, 'immutable: a recorded ${words} never changes'); END;
CREATE TRIGGER ${table}_personal_frozen BEFORE UPDATE OF client_name ON ${table} WHEN NOT (${given(table, 'expired')} AND ${renamed})
BEGIN SELECT RAISE(ABORT, 'immutable: a recorded ${words} never changes'); END;
`

const said = [
  'counterparty_name',
  'counterparty_account',
  'end_to_end_reference',
  'mandate_reference',
  'structured_reference',
]

// Values of the record may give way to the mark; the keys, and so what was changed when and by whom, stay.
const marked = (
  column: string,
) => `(NEW.${column} IS OLD.${column} OR (NEW.${column} IS NOT NULL AND OLD.${column} IS NOT NULL
    AND (SELECT json_group_array(key) FROM json_each(NEW.${column})) = (SELECT json_group_array(key) FROM json_each(OLD.${column}))
    AND NOT EXISTS (SELECT 1 FROM json_each(NEW.${column}) n WHERE n.value IS NOT '[erased]'
      AND n.value IS NOT (SELECT o.value FROM json_each(OLD.${column}) o WHERE o.key = n.key))))`

/** Erasures: who was erased when and why, without saying who it was; and the narrow ways through what never changes. */
export const dataRights: Migration = {
  version: 18,
  name: 'data-rights',
  up: (run) => {
    run(`
CREATE TABLE erasures (${row}
  client_id TEXT NOT NULL REFERENCES clients(id), client_code TEXT NOT NULL,
  user_id TEXT REFERENCES users(id),
  asked_by TEXT NOT NULL CHECK (asked_by IN ('person','representative','authority','business')),
  reason TEXT NOT NULL, counts TEXT NOT NULL CHECK (json_valid(counts)),
  kept_count INTEGER NOT NULL CHECK (kept_count >= 0), retained_until TEXT, rule TEXT NOT NULL,
  CHECK ((kept_count = 0) = (retained_until IS NULL))
) STRICT;
CREATE INDEX erasures_list ON erasures (organization_id, created_at, id);
CREATE INDEX erasures_client ON erasures (client_id);
CREATE TRIGGER erasures_frozen BEFORE UPDATE ON erasures BEGIN SELECT RAISE(ABORT, 'immutable: an erasure is never changed'); END;

-- The rows that an erasure found, and what became of each: gone, kept as the law asks, or past that time.
CREATE TABLE erasure_rows (
  erasure_id TEXT NOT NULL REFERENCES erasures(id), table_name TEXT NOT NULL, row_id TEXT NOT NULL,
  fate TEXT NOT NULL CHECK (fate IN ('erased','kept','expired')), sha256 TEXT,
  PRIMARY KEY (erasure_id, table_name, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX erasure_rows_row ON erasure_rows (row_id, table_name);
CREATE TRIGGER erasure_rows_frozen BEFORE UPDATE ON erasure_rows BEGIN SELECT RAISE(ABORT, 'immutable: an erasure is never changed'); END;
CREATE TRIGGER erasure_rows_no_delete BEFORE DELETE ON erasure_rows BEGIN SELECT RAISE(ABORT, 'immutable: an erasure is never changed'); END;

DROP TRIGGER audit_log_no_update;
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log WHEN NOT (
  NEW.seq = OLD.seq AND NEW.command_seq = OLD.command_seq AND NEW.organization_id IS OLD.organization_id AND NEW.table_name = OLD.table_name
  AND NEW.row_id = OLD.row_id AND NEW.action = OLD.action
  AND EXISTS (SELECT 1 FROM erasure_rows r JOIN erasures e ON e.id = r.erasure_id
    WHERE r.row_id = OLD.row_id AND r.table_name = OLD.table_name AND e.organization_id IS OLD.organization_id)
  AND ${marked('old_values')} AND ${marked('new_values')})
BEGIN SELECT RAISE(ABORT, 'immutable: the audit log is never changed'); END;

DROP TRIGGER mail_log_frozen;
CREATE TRIGGER mail_log_frozen BEFORE UPDATE ON mail_log
WHEN NOT (${given('mail_log', 'erased')} AND NEW.id = OLD.id AND NEW.outbox_message_id = OLD.outbox_message_id AND NEW.outcome = OLD.outcome
  AND NEW.code IS OLD.code AND NEW.organization_id = OLD.organization_id AND NEW.created_at = OLD.created_at AND NEW.deleted_at IS OLD.deleted_at
  AND ${emptied(['detail', 'server'])})
BEGIN SELECT RAISE(ABORT, 'immutable: the mail log is never changed'); END;

DROP TRIGGER bank_transactions_frozen;
CREATE TRIGGER bank_transactions_frozen BEFORE UPDATE OF id, organization_id, created_at, account_id, statement_id, dedupe_key, booked_on, valued_on,
  amount_e4, currency, bank_reference ON bank_transactions
BEGIN SELECT RAISE(ABORT, 'immutable: what the bank said never changes'); END;
CREATE TRIGGER bank_transactions_personal_frozen BEFORE UPDATE OF ${said.join(', ')}, purpose ON bank_transactions
WHEN NOT (${given('bank_transactions', 'expired')} AND ${emptied(said)} AND NEW.purpose IN (OLD.purpose, ''))
BEGIN SELECT RAISE(ABORT, 'immutable: what the bank said never changes'); END;

DROP TRIGGER invoices_frozen_more;
CREATE TRIGGER invoices_frozen_more BEFORE UPDATE OF ${more}, corrects_id ON invoices WHEN OLD.issued_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: an issued invoice never changes'); END;
${document('invoices', 'invoice', `${head}, ${amounts}, ${rest}, due_on, payment_terms_days, prepaid_e4`)}
${document('quotes', 'quote', `${head}, ${rest}, ${more}, valid_until, revises_id`)}
${document('credit_notes', 'credit note', `${head}, ${amounts}, ${rest}, ${more}, invoice_id, reason, mirrored_taxes`)}
${money('payments', 'payment', 'received_on, method, currency, exchange_rate_e10, amount_e4, base_amount_e4')}
${money('refunds', 'refund', 'payment_id, credit_note_id, refunded_on, method, currency, exchange_rate_e10, amount_e4, base_amount_e4')}
`)
  },
}

import type { Migration } from './migration.ts'

const row = `
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,`

// What every document of this step has, as invoices have it.
const head = `
  branch_id TEXT REFERENCES branches(id),
  client_id TEXT REFERENCES clients(id), client_name TEXT NOT NULL DEFAULT '',
  series_id TEXT REFERENCES number_series(id), number TEXT, counter INTEGER, period TEXT,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  minor_units INTEGER NOT NULL CHECK (minor_units BETWEEN 0 AND 4),
  exchange_rate_e10 INTEGER NOT NULL DEFAULT 10000000000 CHECK (exchange_rate_e10 > 0),
  language TEXT NOT NULL,
  reference TEXT, order_reference TEXT, buyer_reference TEXT,
  issued_on TEXT NOT NULL, supply_from TEXT, supply_to TEXT,
  tax_treatment TEXT NOT NULL DEFAULT 'domestic', place_of_supply TEXT,
  prices_include_tax INTEGER NOT NULL CHECK (prices_include_tax IN (0,1)),
  rounding_mode TEXT NOT NULL CHECK (rounding_mode IN ('half-up','half-even','up','down')),
  rounding_scope TEXT NOT NULL CHECK (rounding_scope IN ('line','rate','document')),
  payable_step_e4 INTEGER CHECK (payable_step_e4 IS NULL OR payable_step_e4 > 0),
  notes TEXT, terms TEXT, template_id TEXT,
  line_net_e4 INTEGER NOT NULL DEFAULT 0, allowance_e4 INTEGER NOT NULL DEFAULT 0, charge_e4 INTEGER NOT NULL DEFAULT 0,
  net_e4 INTEGER NOT NULL DEFAULT 0, tax_e4 INTEGER NOT NULL DEFAULT 0, total_e4 INTEGER NOT NULL DEFAULT 0,
  rounding_e4 INTEGER NOT NULL DEFAULT 0, payable_e4 INTEGER NOT NULL DEFAULT 0,
  base_total_e4 INTEGER NOT NULL DEFAULT 0, base_tax_e4 INTEGER NOT NULL DEFAULT 0,
  seller TEXT CHECK (seller IS NULL OR json_valid(seller)),
  buyer TEXT CHECK (buyer IS NULL OR json_valid(buyer)),
  extra TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(extra)),
  issued_at TEXT, voided_at TEXT, void_reason TEXT,
  pdf_sha256 TEXT, sent_at TEXT,`

const lifeChecks = `
  CHECK ((number IS NULL) = (issued_at IS NULL)),
  CHECK (issued_at IS NULL OR (client_id IS NOT NULL AND seller IS NOT NULL AND buyer IS NOT NULL AND series_id IS NOT NULL)),
  CHECK (voided_at IS NULL OR (issued_at IS NOT NULL AND void_reason IS NOT NULL)),
  CHECK (issued_at IS NULL OR deleted_at IS NULL)`

const printed =
  'organization_id, created_at, deleted_at, branch_id, client_id, client_name, series_id, number, counter, period, currency, minor_units, exchange_rate_e10, language, reference, order_reference, buyer_reference, issued_on, supply_from, supply_to, tax_treatment, place_of_supply, prices_include_tax, rounding_mode, rounding_scope, payable_step_e4, notes, terms, template_id, line_net_e4, allowance_e4, charge_e4, net_e4, tax_e4, total_e4, rounding_e4, payable_e4, base_total_e4, base_tax_e4, seller, buyer, extra, issued_at'

const amounts =
  'line_net_e4, allowance_e4, charge_e4, net_e4, tax_e4, total_e4, rounding_e4, payable_e4, base_total_e4, base_tax_e4'

const parts = (one: string, many: string, lineColumns: string) => `
CREATE TABLE ${one}_lines (${row}
  ${one}_id TEXT NOT NULL REFERENCES ${many}(id), position INTEGER NOT NULL,${lineColumns}
  item_id TEXT REFERENCES items(id), code TEXT, name TEXT NOT NULL, description TEXT, classification TEXT,
  quantity_e6 INTEGER NOT NULL, unit TEXT NOT NULL, price_e6 INTEGER NOT NULL,
  base_quantity_e6 INTEGER NOT NULL DEFAULT 1000000 CHECK (base_quantity_e6 > 0),
  gross_e4 INTEGER NOT NULL DEFAULT 0, net_e4 INTEGER NOT NULL DEFAULT 0, tax_e4 INTEGER NOT NULL DEFAULT 0, total_e4 INTEGER NOT NULL DEFAULT 0,
  taxes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(taxes)),
  adjustments TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(adjustments))
) STRICT;
CREATE INDEX ${one}_lines_${one} ON ${one}_lines (${one}_id, position);
CREATE INDEX ${one}_lines_item ON ${one}_lines (item_id) WHERE item_id IS NOT NULL;

CREATE TABLE ${one}_adjustments (${row}
  ${one}_id TEXT NOT NULL REFERENCES ${many}(id), position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('allowance','charge')), reason TEXT,
  amount_e4 INTEGER, percent_e6 INTEGER, base_e4 INTEGER, result_e4 INTEGER NOT NULL DEFAULT 0,
  taxes TEXT CHECK (taxes IS NULL OR json_valid(taxes)),
  CHECK (amount_e4 IS NOT NULL OR percent_e6 IS NOT NULL)
) STRICT;
CREATE INDEX ${one}_adjustments_${one} ON ${one}_adjustments (${one}_id, position);

CREATE TABLE ${one}_taxes (${row}
  ${one}_id TEXT NOT NULL REFERENCES ${many}(id), position INTEGER NOT NULL,
  name TEXT NOT NULL, category TEXT NOT NULL, rate_e6 INTEGER NOT NULL,
  is_compound INTEGER NOT NULL CHECK (is_compound IN (0,1)),
  taxable_e4 INTEGER NOT NULL, tax_e4 INTEGER NOT NULL,
  base_taxable_e4 INTEGER NOT NULL DEFAULT 0, base_tax_e4 INTEGER NOT NULL DEFAULT 0, exemption_reason TEXT
) STRICT;
CREATE INDEX ${one}_taxes_${one} ON ${one}_taxes (${one}_id, position);
`

const frozen = (one: string, many: string, words: string, own: string) => `
CREATE UNIQUE INDEX ${many}_number ON ${many} (series_id, number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX ${many}_counter ON ${many} (series_id, period, counter) WHERE counter IS NOT NULL;
CREATE INDEX ${many}_issued_on ON ${many} (organization_id, issued_on, id) WHERE deleted_at IS NULL;
CREATE INDEX ${many}_state ON ${many} (organization_id, state, issued_on, id) WHERE deleted_at IS NULL;
CREATE INDEX ${many}_client ON ${many} (client_id, issued_on, id) WHERE deleted_at IS NULL;
CREATE INDEX ${many}_sort_number ON ${many} (organization_id, number, id) WHERE deleted_at IS NULL;
CREATE INDEX ${many}_sort_client ON ${many} (organization_id, client_name, id) WHERE deleted_at IS NULL;
CREATE INDEX ${many}_sort_payable ON ${many} (organization_id, payable_e4, id) WHERE deleted_at IS NULL;
CREATE TRIGGER ${many}_frozen BEFORE UPDATE OF id, ${printed}, ${own} ON ${many} WHEN OLD.issued_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: an issued ${words} never changes'); END;
CREATE TRIGGER ${many}_born_draft BEFORE INSERT ON ${many} WHEN NEW.issued_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: a ${words} begins as a draft'); END;
CREATE TRIGGER ${many}_pdf_once BEFORE UPDATE OF pdf_sha256 ON ${many}
WHEN OLD.pdf_sha256 IS NOT NULL AND NEW.pdf_sha256 IS NOT OLD.pdf_sha256
BEGIN SELECT RAISE(ABORT, 'immutable: the issued PDF never changes'); END;
CREATE TRIGGER ${many}_void_once BEFORE UPDATE OF voided_at, void_reason ON ${many}
WHEN OLD.voided_at IS NOT NULL AND (NEW.voided_at IS NOT OLD.voided_at OR NEW.void_reason IS NOT OLD.void_reason)
BEGIN SELECT RAISE(ABORT, 'immutable: a void ${words} stays void'); END;
${['lines', 'adjustments', 'taxes']
  .map(
    (part) => `
CREATE TRIGGER ${one}_${part}_frozen_insert BEFORE INSERT ON ${one}_${part}
WHEN (SELECT issued_at FROM ${many} WHERE id = NEW.${one}_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: an issued ${words} never changes'); END;
CREATE TRIGGER ${one}_${part}_frozen_update BEFORE UPDATE ON ${one}_${part}
WHEN (SELECT issued_at FROM ${many} WHERE id = OLD.${one}_id) IS NOT NULL OR NEW.${one}_id <> OLD.${one}_id
BEGIN SELECT RAISE(ABORT, 'immutable: an issued ${words} never changes'); END;`,
  )
  .join('')}

CREATE TRIGGER ${many}_search_insert AFTER INSERT ON ${many} WHEN NEW.client_name <> '' AND NEW.deleted_at IS NULL BEGIN
  INSERT INTO search_entries (organization_id, kind, entity_id, title, subtitle, body)
  VALUES (NEW.organization_id, '${words.replace(' ', '-')}', NEW.id, 'Draft for ' || NEW.client_name, coalesce(NEW.reference, ''), '');
END;
CREATE TRIGGER ${many}_search_draft AFTER UPDATE OF client_name, reference, deleted_at ON ${many} WHEN NEW.issued_at IS NULL BEGIN
  DELETE FROM search_entries WHERE entity_id = NEW.id AND (NEW.deleted_at IS NOT NULL OR NEW.client_name = '');
  INSERT INTO search_entries (organization_id, kind, entity_id, title, subtitle, body)
  SELECT NEW.organization_id, '${words.replace(' ', '-')}', NEW.id, 'Draft for ' || NEW.client_name, coalesce(NEW.reference, ''), ''
  WHERE NEW.deleted_at IS NULL AND NEW.client_name <> ''
  ON CONFLICT (entity_id) DO UPDATE SET title = excluded.title, subtitle = excluded.subtitle, body = excluded.body;
END;
CREATE TRIGGER ${many}_search_issue AFTER UPDATE OF issued_at ON ${many} WHEN NEW.issued_at IS NOT NULL AND OLD.issued_at IS NULL BEGIN
  INSERT INTO search_entries (organization_id, kind, entity_id, title, subtitle, body)
  VALUES (NEW.organization_id, '${words.replace(' ', '-')}', NEW.id, NEW.number || ' ' || NEW.client_name, coalesce(NEW.reference, ''),
    coalesce((SELECT group_concat(l.name || ' ' || coalesce(l.description, ''), ' ') FROM ${one}_lines l WHERE l.${one}_id = NEW.id AND l.deleted_at IS NULL), ''))
  ON CONFLICT (entity_id) DO UPDATE SET title = excluded.title, subtitle = excluded.subtitle, body = excluded.body;
END;
`

/** Quotes, credit notes, credit allocations, write-offs and refunds; step 9 keeps their sums. */
export const quotesAndCredits: Migration = {
  version: 6,
  name: 'quotes-and-credits',
  up: (run) => {
    run(`
ALTER TABLE invoices ADD COLUMN order_reference TEXT;
ALTER TABLE invoices ADD COLUMN buyer_reference TEXT;
ALTER TABLE invoices ADD COLUMN tax_treatment TEXT NOT NULL DEFAULT 'domestic';
ALTER TABLE invoices ADD COLUMN place_of_supply TEXT;
ALTER TABLE invoices ADD COLUMN payable_step_e4 INTEGER CHECK (payable_step_e4 IS NULL OR payable_step_e4 > 0);
ALTER TABLE invoices ADD COLUMN template_id TEXT;
ALTER TABLE invoices ADD COLUMN corrects_id TEXT REFERENCES invoices(id);
ALTER TABLE invoices ADD COLUMN credited_e4 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE invoices ADD COLUMN written_off_e4 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE invoice_lines ADD COLUMN classification TEXT;
ALTER TABLE items ADD COLUMN classification TEXT;
ALTER TABLE payments ADD COLUMN refunded_e4 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE client_balances ADD COLUMN credited_e4 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE client_balances ADD COLUMN written_off_e4 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE client_balances ADD COLUMN refunded_e4 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE monthly_totals ADD COLUMN credited_base_e4 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE monthly_totals ADD COLUMN refunded_base_e4 INTEGER NOT NULL DEFAULT 0;
CREATE INDEX invoices_corrects ON invoices (corrects_id) WHERE corrects_id IS NOT NULL;

CREATE TRIGGER invoices_frozen_more BEFORE UPDATE OF order_reference, buyer_reference, tax_treatment, place_of_supply, payable_step_e4,
  template_id, corrects_id ON invoices WHEN OLD.issued_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: an issued invoice never changes'); END;

-- Base amounts of each tax, which add up to those of the document.
ALTER TABLE invoice_taxes ADD COLUMN base_taxable_e4 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE invoice_taxes ADD COLUMN base_tax_e4 INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER invoice_taxes_frozen_update;
UPDATE invoice_taxes SET (base_taxable_e4, base_tax_e4) = (
  SELECT CASE WHEN i.exchange_rate_e10 = 10000000000 THEN taxable_e4
      ELSE CAST(round(taxable_e4 * (i.exchange_rate_e10 / 10000000000.0) / 100.0) AS INTEGER) * 100 END,
    CASE WHEN i.exchange_rate_e10 = 10000000000 THEN tax_e4
      ELSE CAST(round(tax_e4 * (i.exchange_rate_e10 / 10000000000.0) / 100.0) AS INTEGER) * 100 END
  FROM invoices i WHERE i.id = invoice_taxes.invoice_id);
-- What rounding left over goes to the first row, so that the parts give the document's base tax.
UPDATE invoice_taxes SET base_tax_e4 = base_tax_e4 + (
  SELECT i.base_tax_e4 - (SELECT sum(t.base_tax_e4) FROM invoice_taxes t WHERE t.invoice_id = i.id)
  FROM invoices i WHERE i.id = invoice_taxes.invoice_id)
WHERE position = 0;
CREATE TRIGGER invoice_taxes_frozen_update BEFORE UPDATE ON invoice_taxes
WHEN (SELECT issued_at FROM invoices WHERE id = OLD.invoice_id) IS NOT NULL OR NEW.invoice_id <> OLD.invoice_id
BEGIN SELECT RAISE(ABORT, 'immutable: an issued invoice never changes'); END;

CREATE TABLE quotes (${row}${head}
  valid_until TEXT, revises_id TEXT REFERENCES quotes(id),
  decision TEXT CHECK (decision IN ('accepted','declined')), decided_on TEXT, decided_by TEXT, decision_note TEXT,
  invoiced_e4 INTEGER NOT NULL DEFAULT 0,
  state TEXT GENERATED ALWAYS AS (CASE WHEN voided_at IS NOT NULL THEN 'void' WHEN issued_at IS NULL THEN 'draft'
    WHEN decision IS NOT NULL THEN decision ELSE 'open' END) VIRTUAL,
  CHECK ((decision IS NULL) = (decided_on IS NULL)),${lifeChecks}
) STRICT;
CREATE INDEX quotes_sort_valid ON quotes (organization_id, valid_until, id) WHERE deleted_at IS NULL;
CREATE INDEX quotes_revises ON quotes (revises_id) WHERE revises_id IS NOT NULL;
CREATE INDEX quotes_open ON quotes (organization_id, valid_until, id) WHERE deleted_at IS NULL AND state = 'open';
${parts(
  'quote',
  'quotes',
  `
  choice TEXT NOT NULL DEFAULT 'included' CHECK (choice IN ('included','optional','alternative')),
  is_chosen INTEGER NOT NULL DEFAULT 1 CHECK (is_chosen IN (0,1)), group_name TEXT,`,
)}
${frozen('quote', 'quotes', 'quote', 'valid_until, revises_id')}
-- Which lines a client takes is said when they accept, after the quote is frozen.
DROP TRIGGER quote_lines_frozen_update;
CREATE TRIGGER quote_lines_frozen_update BEFORE UPDATE OF id, organization_id, created_at, quote_id, position, choice, group_name, item_id, code, name, description,
  classification, quantity_e6, unit, price_e6, base_quantity_e6, gross_e4, net_e4, tax_e4, total_e4, taxes, adjustments, deleted_at ON quote_lines
WHEN (SELECT issued_at FROM quotes WHERE id = OLD.quote_id) IS NOT NULL OR NEW.quote_id <> OLD.quote_id
BEGIN SELECT RAISE(ABORT, 'immutable: an issued quote never changes'); END;

CREATE TABLE quote_invoices (${row}
  quote_id TEXT NOT NULL REFERENCES quotes(id), invoice_id TEXT NOT NULL REFERENCES invoices(id),
  kind TEXT NOT NULL CHECK (kind IN ('lines','percentage','deposit','final')),
  percent_e6 INTEGER, net_e4 INTEGER NOT NULL, total_e4 INTEGER NOT NULL,
  lines TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(lines))
) STRICT;
CREATE INDEX quote_invoices_quote ON quote_invoices (quote_id);
CREATE UNIQUE INDEX quote_invoices_invoice ON quote_invoices (invoice_id) WHERE deleted_at IS NULL;

-- With other lines a quote comes to another sum: said when the client decides, or takes the decision back.
DROP TRIGGER quotes_frozen;
CREATE TRIGGER quotes_frozen BEFORE UPDATE OF id, ${printed.replace(`${amounts}, `, '')}, valid_until, revises_id ON quotes
WHEN OLD.issued_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: an issued quote never changes'); END;
CREATE TRIGGER quotes_amounts_frozen BEFORE UPDATE OF ${amounts} ON quotes
WHEN OLD.issued_at IS NOT NULL AND NEW.decision IS OLD.decision
BEGIN SELECT RAISE(ABORT, 'immutable: an issued quote never changes'); END;
CREATE TRIGGER quotes_decided BEFORE UPDATE OF decision ON quotes WHEN NEW.decision IS NOT OLD.decision
BEGIN
  SELECT RAISE(ABORT, 'state: only an issued quote is decided') WHERE NEW.issued_at IS NULL OR NEW.voided_at IS NOT NULL;
  SELECT RAISE(ABORT, 'state: an invoiced quote keeps its decision')
  WHERE EXISTS (SELECT 1 FROM quote_invoices i WHERE i.quote_id = NEW.id AND i.deleted_at IS NULL);
END;
CREATE TRIGGER quotes_void_uninvoiced BEFORE UPDATE OF voided_at ON quotes
WHEN OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL
  AND EXISTS (SELECT 1 FROM quote_invoices i WHERE i.quote_id = NEW.id AND i.deleted_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'state: an invoiced quote cannot be voided'); END;
CREATE TRIGGER quotes_invoiced BEFORE UPDATE OF invoiced_e4 ON quotes
WHEN NEW.invoiced_e4 <> (SELECT coalesce(sum(total_e4), 0) FROM quote_invoices WHERE quote_id = NEW.id AND deleted_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'immutable: what is invoiced of a quote is said by its invoices'); END;
CREATE TRIGGER quotes_born_uninvoiced BEFORE INSERT ON quotes WHEN NEW.invoiced_e4 <> 0
BEGIN SELECT RAISE(ABORT, 'immutable: what is invoiced of a quote is said by its invoices'); END;
CREATE TRIGGER quote_invoices_check BEFORE INSERT ON quote_invoices
BEGIN
  SELECT RAISE(ABORT, 'state: only an accepted quote of the same organization is invoiced')
  FROM quotes q, invoices i WHERE q.id = NEW.quote_id AND i.id = NEW.invoice_id
    AND (q.decision IS NOT 'accepted' OR q.voided_at IS NOT NULL OR q.organization_id <> i.organization_id
      OR q.organization_id <> NEW.organization_id OR q.currency <> i.currency);
END;
CREATE TRIGGER quote_invoices_frozen BEFORE UPDATE OF id, organization_id, created_at, quote_id, invoice_id, kind, percent_e6, net_e4, total_e4, lines ON quote_invoices
BEGIN SELECT RAISE(ABORT, 'immutable: what an invoice took of a quote never changes'); END;
CREATE TRIGGER quote_invoices_taken AFTER INSERT ON quote_invoices
BEGIN
  UPDATE quotes SET invoiced_e4 = (SELECT coalesce(sum(total_e4), 0) FROM quote_invoices WHERE quote_id = NEW.quote_id AND deleted_at IS NULL)
  WHERE id = NEW.quote_id;
END;
CREATE TRIGGER quote_invoices_given_back AFTER UPDATE OF deleted_at ON quote_invoices
BEGIN
  UPDATE quotes SET invoiced_e4 = (SELECT coalesce(sum(total_e4), 0) FROM quote_invoices WHERE quote_id = NEW.quote_id AND deleted_at IS NULL)
  WHERE id = NEW.quote_id;
END;

CREATE TABLE credit_notes (${row}${head}
  invoice_id TEXT REFERENCES invoices(id), reason TEXT,
  mirrored_taxes TEXT CHECK (mirrored_taxes IS NULL OR json_valid(mirrored_taxes)),
  applied_e4 INTEGER NOT NULL DEFAULT 0, refunded_e4 INTEGER NOT NULL DEFAULT 0,
  credit_e4 INTEGER GENERATED ALWAYS AS (CASE WHEN issued_at IS NOT NULL AND voided_at IS NULL
    THEN payable_e4 - applied_e4 - refunded_e4 ELSE 0 END) VIRTUAL,
  state TEXT GENERATED ALWAYS AS (CASE WHEN voided_at IS NOT NULL THEN 'void' WHEN issued_at IS NULL THEN 'draft'
    WHEN payable_e4 <= applied_e4 + refunded_e4 THEN 'applied' ELSE 'issued' END) VIRTUAL,
  CHECK (applied_e4 >= 0 AND refunded_e4 >= 0),
  CHECK (issued_at IS NULL OR payable_e4 >= 0),${lifeChecks}
) STRICT;
CREATE INDEX credit_notes_invoice ON credit_notes (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX credit_notes_credit ON credit_notes (client_id) WHERE deleted_at IS NULL AND state = 'issued';
${parts(
  'credit_note',
  'credit_notes',
  `
  invoice_line_id TEXT REFERENCES invoice_lines(id),`,
)}
${frozen('credit_note', 'credit_notes', 'credit note', 'invoice_id, reason, mirrored_taxes')}
CREATE TRIGGER credit_notes_void_unused BEFORE UPDATE OF voided_at ON credit_notes
WHEN OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL AND (NEW.applied_e4 <> 0 OR NEW.refunded_e4 <> 0)
BEGIN SELECT RAISE(ABORT, 'state: a credit note in use cannot be voided'); END;
CREATE TRIGGER credit_notes_within_invoice BEFORE UPDATE OF issued_at ON credit_notes
WHEN NEW.issued_at IS NOT NULL AND NEW.invoice_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'over-credited: more than is left of the invoice') FROM invoices i WHERE i.id = NEW.invoice_id
    AND NEW.total_e4 + (SELECT coalesce(sum(c.total_e4), 0) FROM credit_notes c
      WHERE c.invoice_id = NEW.invoice_id AND c.issued_at IS NOT NULL AND c.voided_at IS NULL AND c.id <> NEW.id) > i.total_e4;
  SELECT RAISE(ABORT, 'state: only an issued invoice of the same client and currency can be credited')
  FROM invoices i WHERE i.id = NEW.invoice_id AND (i.issued_at IS NULL OR i.voided_at IS NOT NULL
    OR i.currency <> NEW.currency OR i.client_id <> NEW.client_id OR i.organization_id <> NEW.organization_id);
END;
CREATE TRIGGER invoices_void_uncredited BEFORE UPDATE OF voided_at ON invoices
WHEN OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL
  AND EXISTS (SELECT 1 FROM credit_notes c WHERE c.invoice_id = NEW.id AND c.issued_at IS NOT NULL AND c.voided_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'state: an invoice with credit notes cannot be voided'); END;

CREATE TABLE credit_allocations (${row.replace('deleted_at TEXT,', 'deleted_at TEXT CHECK (deleted_at IS NULL),')}
  credit_note_id TEXT NOT NULL REFERENCES credit_notes(id), invoice_id TEXT NOT NULL REFERENCES invoices(id),
  amount_e4 INTEGER NOT NULL CHECK (amount_e4 <> 0), allocated_on TEXT NOT NULL,
  reverses_id TEXT REFERENCES credit_allocations(id),
  CHECK ((amount_e4 < 0) = (reverses_id IS NOT NULL))
) STRICT;
CREATE INDEX credit_allocations_credit_note ON credit_allocations (credit_note_id);
CREATE INDEX credit_allocations_invoice ON credit_allocations (invoice_id);
CREATE UNIQUE INDEX credit_allocations_reversed ON credit_allocations (reverses_id) WHERE reverses_id IS NOT NULL;

CREATE TABLE write_offs (${row.replace('deleted_at TEXT,', 'deleted_at TEXT CHECK (deleted_at IS NULL),')}
  invoice_id TEXT NOT NULL REFERENCES invoices(id),
  amount_e4 INTEGER NOT NULL CHECK (amount_e4 <> 0), base_amount_e4 INTEGER NOT NULL, written_off_on TEXT NOT NULL, reason TEXT NOT NULL,
  reverses_id TEXT REFERENCES write_offs(id),
  CHECK ((amount_e4 < 0) = (reverses_id IS NOT NULL))
) STRICT;
CREATE INDEX write_offs_invoice ON write_offs (invoice_id);
CREATE INDEX write_offs_on ON write_offs (organization_id, written_off_on);
CREATE UNIQUE INDEX write_offs_reversed ON write_offs (reverses_id) WHERE reverses_id IS NOT NULL;

CREATE TABLE refunds (${row.replace('deleted_at TEXT,', 'deleted_at TEXT CHECK (deleted_at IS NULL),')}
  client_id TEXT NOT NULL REFERENCES clients(id), client_name TEXT NOT NULL,
  series_id TEXT NOT NULL REFERENCES number_series(id), number TEXT NOT NULL,
  payment_id TEXT REFERENCES payments(id), credit_note_id TEXT REFERENCES credit_notes(id),
  refunded_on TEXT NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('bank-transfer','cash','card','cheque','direct-debit','upi','other')),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  exchange_rate_e10 INTEGER NOT NULL DEFAULT 10000000000 CHECK (exchange_rate_e10 > 0),
  amount_e4 INTEGER NOT NULL CHECK (amount_e4 > 0), base_amount_e4 INTEGER NOT NULL,
  reference TEXT, notes TEXT,
  cancelled_on TEXT, cancel_reason TEXT,
  CHECK ((payment_id IS NULL) <> (credit_note_id IS NULL)),
  CHECK ((cancelled_on IS NULL) = (cancel_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX refunds_number ON refunds (series_id, number);
CREATE INDEX refunds_on ON refunds (organization_id, refunded_on, id);
CREATE INDEX refunds_client ON refunds (client_id, refunded_on, id);
CREATE INDEX refunds_payment ON refunds (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX refunds_credit_note ON refunds (credit_note_id) WHERE credit_note_id IS NOT NULL;
CREATE TRIGGER refunds_frozen BEFORE UPDATE OF id, organization_id, created_at, client_id, client_name, series_id, number, payment_id, credit_note_id,
  refunded_on, method, currency, exchange_rate_e10, amount_e4, base_amount_e4 ON refunds
BEGIN SELECT RAISE(ABORT, 'immutable: a recorded refund never changes'); END;
CREATE TRIGGER refunds_cancel_once BEFORE UPDATE OF cancelled_on, cancel_reason ON refunds WHEN OLD.cancelled_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: a cancelled refund stays so'); END;

CREATE TRIGGER credit_allocations_frozen BEFORE UPDATE ON credit_allocations
BEGIN SELECT RAISE(ABORT, 'immutable: an allocation is reversed, not changed'); END;
CREATE TRIGGER write_offs_frozen BEFORE UPDATE ON write_offs
BEGIN SELECT RAISE(ABORT, 'immutable: a write-off is reversed, not changed'); END;
`)
  },
}

import type { Migration } from './migration.ts'

const row = `
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations(id),
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT, version INTEGER NOT NULL DEFAULT 1,`

/** Reminder plans and what each step did for each invoice: once. Messages that wait for a time. */
export const reminders: Migration = {
  version: 14,
  name: 'reminders',
  up: (run) => {
    run(`
CREATE TABLE reminder_plans (${row}
  name TEXT NOT NULL,
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0,1)),
  is_automatic INTEGER NOT NULL DEFAULT 0 CHECK (is_automatic IN (0,1)),
  least_open_e4 INTEGER NOT NULL DEFAULT 0 CHECK (least_open_e4 >= 0)
) STRICT;
CREATE UNIQUE INDEX reminder_plans_default ON reminder_plans (organization_id) WHERE is_default = 1 AND deleted_at IS NULL;

CREATE TABLE reminder_steps (${row}
  plan_id TEXT NOT NULL REFERENCES reminder_plans(id), position INTEGER NOT NULL,
  days INTEGER NOT NULL CHECK (days BETWEEN -365 AND 3650),
  tone TEXT NOT NULL CHECK (tone IN ('friendly','firm','final')),
  fee_percent_e6 INTEGER CHECK (fee_percent_e6 IS NULL OR fee_percent_e6 > 0),
  fee_amount_e4 INTEGER CHECK (fee_amount_e4 IS NULL OR fee_amount_e4 > 0),
  CHECK (days >= 0 OR (fee_percent_e6 IS NULL AND fee_amount_e4 IS NULL))
) STRICT;
CREATE INDEX reminder_steps_plan ON reminder_steps (plan_id, position);

ALTER TABLE clients ADD COLUMN reminder_plan_id TEXT REFERENCES reminder_plans(id);
ALTER TABLE invoices ADD COLUMN reminders_stopped_at TEXT;
ALTER TABLE invoices ADD COLUMN reminders_stop_reason TEXT;
ALTER TABLE invoices ADD COLUMN late_fee_for_id TEXT REFERENCES invoices(id);
CREATE INDEX invoices_late_fee ON invoices (late_fee_for_id) WHERE late_fee_for_id IS NOT NULL;
CREATE TRIGGER invoices_late_fee_frozen BEFORE UPDATE OF late_fee_for_id ON invoices WHEN OLD.issued_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable: an issued invoice never changes'); END;

CREATE TABLE invoice_reminders (${row.replace('deleted_at TEXT,', 'deleted_at TEXT CHECK (deleted_at IS NULL),')}
  invoice_id TEXT NOT NULL REFERENCES invoices(id), step_id TEXT NOT NULL REFERENCES reminder_steps(id),
  planned_on TEXT NOT NULL, done_on TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('sent','by-hand','skipped')),
  outbox_message_id TEXT REFERENCES outbox_messages(id),
  fee_invoice_id TEXT REFERENCES invoices(id)
) STRICT;
CREATE UNIQUE INDEX invoice_reminders_step ON invoice_reminders (invoice_id, step_id);
CREATE INDEX invoice_reminders_invoice ON invoice_reminders (invoice_id, planned_on);
CREATE TRIGGER invoice_reminders_frozen BEFORE UPDATE ON invoice_reminders
BEGIN SELECT RAISE(ABORT, 'immutable: what a reminder did never changes'); END;

-- What a message brings besides the document, when it may go, and what is known of its arrival.
ALTER TABLE outbox_messages ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(attachments));
ALTER TABLE outbox_messages ADD COLUMN send_at TEXT;
ALTER TABLE outbox_messages ADD COLUMN seen_at TEXT;
ALTER TABLE outbox_messages ADD COLUMN seen_how TEXT CHECK (seen_how IS NULL OR seen_how IN ('by-hand','reply'));
CREATE INDEX outbox_messages_client ON outbox_messages (client_id, created_at) WHERE deleted_at IS NULL;
`)
  },
}

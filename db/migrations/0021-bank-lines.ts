import type { Migration } from './migration.ts'

/** A bank line may become several payments, each of which knows its line; and a line is set aside with a reason. */
export const bankLines: Migration = {
  version: 21,
  name: 'bank-lines',
  up: (run) => {
    run(`
ALTER TABLE payments ADD COLUMN bank_transaction_id TEXT REFERENCES bank_transactions(id);
CREATE INDEX payments_bank_transaction ON payments (bank_transaction_id) WHERE bank_transaction_id IS NOT NULL;
CREATE TRIGGER payments_bank_transaction_frozen BEFORE UPDATE OF bank_transaction_id ON payments
BEGIN SELECT RAISE(ABORT, 'immutable: a recorded payment never changes'); END;
CREATE TRIGGER payments_within_bank_line BEFORE INSERT ON payments WHEN NEW.bank_transaction_id IS NOT NULL AND NEW.status <> 'cancelled'
BEGIN
  SELECT RAISE(ABORT, 'over-allocated: more than is left of the bank line')
  FROM bank_transactions t WHERE t.id = NEW.bank_transaction_id AND (t.currency <> NEW.currency OR t.amount_e4 < NEW.amount_e4 + NEW.rounding_e4 +
    (SELECT coalesce(sum(p.amount_e4 + p.rounding_e4), 0) FROM payments p WHERE p.bank_transaction_id = t.id AND p.status <> 'cancelled'));
END;

ALTER TABLE bank_transactions ADD COLUMN aside_reason TEXT
  CHECK (aside_reason IS NULL OR aside_reason IN ('fee','transfer','expense','tax','private','other'));

DROP TRIGGER bank_transactions_freed;
CREATE TRIGGER bank_transactions_freed AFTER UPDATE OF status ON payments WHEN NEW.status = 'cancelled' AND OLD.status <> 'cancelled'
BEGIN
  UPDATE bank_transactions SET state = 'new', payment_id = NULL, updated_at = NEW.updated_at, version = version + 1
  WHERE state = 'matched' AND (payment_id = NEW.id OR id = NEW.bank_transaction_id);
END;
`)
  },
}

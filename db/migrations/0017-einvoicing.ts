import type { Migration } from './migration.ts'

const formats = "'xrechnung-ubl','xrechnung-cii','peppol-ubl','facturx','facturx-basic','en16931-ubl','en16931-cii'"

const address = (table: string) => `
ALTER TABLE ${table} ADD COLUMN electronic_address TEXT;
ALTER TABLE ${table} ADD COLUMN electronic_address_scheme TEXT;
ALTER TABLE ${table} ADD COLUMN legal_id TEXT;
ALTER TABLE ${table} ADD COLUMN legal_id_scheme TEXT;`

/** What the law asks of e-invoices: electronic addresses, registers, whom to ask, and the form that a client takes. */
export const einvoicing: Migration = {
  version: 17,
  name: 'einvoicing',
  up: (run) => {
    run(`${address('organizations')}
ALTER TABLE organizations ADD COLUMN contact_name TEXT;
ALTER TABLE organizations ADD COLUMN contact_phone TEXT;
ALTER TABLE organizations ADD COLUMN contact_email TEXT;
${address('clients')}
ALTER TABLE clients ADD COLUMN buyer_reference TEXT;
ALTER TABLE clients ADD COLUMN einvoice_format TEXT CHECK (einvoice_format IS NULL OR einvoice_format IN (${formats}));
`)
  },
}

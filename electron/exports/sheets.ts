import { type RawBuilder, sql } from 'kysely'
import type { sheetNames } from '../../shared/contract/data-exports.ts'
import { rawRows } from '../features/raw-rows.ts'
import type { Db } from '../rpc/handles.ts'

export type ColumnKind = 'text' | 'date' | 'instant' | 'whole' | 'amount' | 'price' | 'quantity' | 'percent' | 'rate'
export type SheetColumn = {
  readonly header: string
  readonly kind: ColumnKind
  readonly key: string
  /** Left out in a business of one place. */
  readonly isOfBranches?: boolean
}
export type SheetRow = Readonly<Record<string, string | number | bigint | null>>

/** Which rows of a sheet: of a business, and of a range of dates where the sheet has dates. */
export type SheetScope = { readonly organizationId: string; readonly from: string | null; readonly to: string | null }

export type SheetName = (typeof sheetNames)[number]

type Sheet = {
  readonly title: string
  readonly columns: readonly SheetColumn[]
  readonly select: (scope: SheetScope) => RawBuilder<SheetRow>
}

const column = (header: string, key: string, kind: ColumnKind = 'text'): SheetColumn => ({ header, kind, key })

const range = (date: string, { from, to }: SheetScope) => {
  const since = from === null ? sql`` : sql`AND ${sql.ref(date)} >= ${from}`
  return to === null ? since : sql`${since} AND ${sql.ref(date)} <= ${to}`
}

const taxIds = (owner: string) =>
  sql`(SELECT group_concat(json_extract(t.value, '$.label') || ' ' || json_extract(t.value, '$.value'), '; ') FROM json_each(${sql.ref(`${owner}.tax_ids`)}) t)`

// By its code: an import finds it by that, and two branches can have one name.
const branchColumn: SheetColumn = { ...column('Branch', 'branch'), isOfBranches: true }
const branchOf = (owner: string) =>
  sql`(SELECT b.code FROM branches b WHERE b.id = ${sql.ref(`${owner}.branch_id`)}) AS branch`

const documentColumns = [
  column('Number', 'number'),
  column('State', 'state'),
  column('Client code', 'clientCode'),
  column('Client', 'clientName'),
  column('Date', 'issuedOn', 'date'),
  branchColumn,
]
const moneyColumns = [
  column('Currency', 'currency'),
  column('Exchange rate', 'exchangeRateE10', 'rate'),
  column('Net', 'netE4', 'amount'),
  column('Tax', 'taxE4', 'amount'),
  column('Total', 'totalE4', 'amount'),
  column('Total in base currency', 'baseTotalE4', 'amount'),
  column('Tax in base currency', 'baseTaxE4', 'amount'),
]
const lineColumns = [
  column('Number', 'number'),
  column('Line', 'position', 'whole'),
  column('Item code', 'code'),
  column('Name', 'name'),
  column('Description', 'description'),
  column('Classification', 'classification'),
  column('Quantity', 'quantityE6', 'quantity'),
  column('Unit', 'unit'),
  column('Price', 'priceE6', 'price'),
  column('Taxes', 'taxNames'),
  column('Net', 'netE4', 'amount'),
  column('Tax', 'taxE4', 'amount'),
]

const linesOf = (one: string, many: string) => (scope: SheetScope) =>
  sql<SheetRow>`SELECT d.number, l.position + 1 AS position, l.code, l.name, l.description, l.classification, l.quantity_e6, l.unit, l.price_e6,
      (SELECT group_concat(json_extract(t.value, '$.name') || ' ' || printf('%g', json_extract(t.value, '$.rateE6') / 1000000.0) || '%', ' + ') FROM json_each(l.taxes) t) AS tax_names,
      l.net_e4, l.tax_e4
    FROM ${sql.table(`${one}_lines`)} l JOIN ${sql.table(many)} d ON d.id = ${sql.ref(`l.${one}_id`)}
    WHERE l.organization_id = ${scope.organizationId} AND l.deleted_at IS NULL AND d.issued_at IS NOT NULL ${range('d.issued_on', scope)}
    ORDER BY d.issued_on, d.number, l.position`

/** Every sheet that can be written as CSV or in a workbook. */
export const sheets: Readonly<Record<SheetName, Sheet>> = {
  clients: {
    title: 'Clients',
    columns: [
      column('Code', 'code'),
      column('Name', 'name'),
      column('Kind', 'kind'),
      column('Status', 'status'),
      column('E-mail', 'email'),
      column('Phone', 'phone'),
      column('Website', 'website'),
      column('Address line 1', 'addressLine1'),
      column('Address line 2', 'addressLine2'),
      column('City', 'city'),
      column('Region', 'region'),
      column('Postal code', 'postalCode'),
      column('Country', 'country'),
      column('Tax ids', 'taxIds'),
      column('Language', 'language'),
      column('Currency', 'currency'),
      column('Payment terms (days)', 'paymentTermsDays', 'whole'),
      column('Type', 'clientType'),
      column('Account manager', 'accountManager'),
      column('Created', 'createdAt', 'instant'),
    ],
    select: ({ organizationId }: SheetScope) => sql<SheetRow>`
      SELECT c.code, c.name, c.kind, c.status, c.email, c.phone, c.website, c.address_line1, c.address_line2, c.city, c.region, c.postal_code,
        c.country, ${taxIds('c')} AS tax_ids, c.language, c.currency, c.payment_terms_days, t.name AS client_type, m.name AS account_manager, c.created_at
      FROM clients c LEFT JOIN client_types t ON t.id = c.client_type_id LEFT JOIN account_managers m ON m.id = c.account_manager_id
      WHERE c.organization_id = ${organizationId} AND c.deleted_at IS NULL ORDER BY c.code`,
  },
  contacts: {
    title: 'Contacts',
    columns: [
      column('Client code', 'clientCode'),
      column('Client', 'clientName'),
      column('Name', 'name'),
      column('E-mail', 'email'),
      column('Phone', 'phone'),
      column('Role', 'role'),
      column('Primary', 'isPrimary', 'whole'),
    ],
    select: ({ organizationId }: SheetScope) => sql<SheetRow>`
      SELECT c.code AS client_code, c.name AS client_name, p.name, p.email, p.phone, p.role, p.is_primary
      FROM client_contacts p JOIN clients c ON c.id = p.client_id
      WHERE p.organization_id = ${organizationId} AND p.deleted_at IS NULL AND c.deleted_at IS NULL ORDER BY c.code, p.id`,
  },
  items: {
    title: 'Items',
    columns: [
      column('Code', 'code'),
      column('Name', 'name'),
      column('Kind', 'kind'),
      column('Status', 'status'),
      column('Description', 'description'),
      column('Classification', 'classification'),
      column('Unit', 'unit'),
      column('Price', 'priceE6', 'price'),
      column('Tax', 'taxName'),
      column('Tax rate', 'rateE6', 'percent'),
    ],
    select: ({ organizationId }: SheetScope) => sql<SheetRow>`
      SELECT i.code, i.name, i.kind, i.status, i.description, i.classification, i.unit, i.price_e6, t.name AS tax_name, t.rate_e6
      FROM items i LEFT JOIN tax_rates t ON t.id = i.tax_rate_id
      WHERE i.organization_id = ${organizationId} AND i.deleted_at IS NULL ORDER BY i.sort_name, i.id`,
  },
  invoices: {
    title: 'Invoices',
    columns: [
      ...documentColumns,
      column('Due', 'dueOn', 'date'),
      column('Reference', 'reference'),
      column('Order reference', 'orderReference'),
      column('Tax treatment', 'taxTreatment'),
      column('Place of supply', 'placeOfSupply'),
      ...moneyColumns,
      column('Prepaid', 'prepaidE4', 'amount'),
      column('Rounding', 'roundingE4', 'amount'),
      column('Payable', 'payableE4', 'amount'),
      column('Settled', 'paidE4', 'amount'),
      column('Open', 'openE4', 'amount'),
      column('Settled on', 'settledOn', 'date'),
      column('Void on', 'voidedOn', 'date'),
      column('Void because', 'voidReason'),
    ],
    select: (scope: SheetScope) => sql<SheetRow>`
      SELECT d.number, d.state, c.code AS client_code, d.client_name, d.issued_on, ${branchOf('d')}, d.due_on, d.reference, d.order_reference, d.tax_treatment,
        d.place_of_supply, d.currency, d.exchange_rate_e10, d.net_e4, d.tax_e4, d.total_e4, d.base_total_e4, d.base_tax_e4, d.prepaid_e4,
        d.rounding_e4, d.payable_e4, d.paid_e4, d.open_e4, d.settled_on, d.voided_on, d.void_reason
      FROM invoices d JOIN clients c ON c.id = d.client_id
      WHERE d.organization_id = ${scope.organizationId} AND d.issued_at IS NOT NULL ${range('d.issued_on', scope)} ORDER BY d.issued_on, d.number`,
  },
  'invoice-lines': { title: 'Invoice lines', columns: lineColumns, select: linesOf('invoice', 'invoices') },
  'invoice-taxes': {
    title: 'Invoice taxes',
    columns: [
      column('Number', 'number'),
      column('Date', 'issuedOn', 'date'),
      column('Tax', 'name'),
      column('Category', 'category'),
      column('Rate', 'rateE6', 'percent'),
      column('Currency', 'currency'),
      column('Taxable', 'taxableE4', 'amount'),
      column('Tax amount', 'taxE4', 'amount'),
      column('Taxable in base currency', 'baseTaxableE4', 'amount'),
      column('Tax in base currency', 'baseTaxE4', 'amount'),
      column('Exemption', 'exemptionReason'),
    ],
    select: (scope: SheetScope) => sql<SheetRow>`
      SELECT d.number, d.issued_on, t.name, t.category, t.rate_e6, d.currency, t.taxable_e4, t.tax_e4, t.base_taxable_e4, t.base_tax_e4, t.exemption_reason
      FROM invoice_taxes t JOIN invoices d ON d.id = t.invoice_id
      WHERE t.organization_id = ${scope.organizationId} AND d.voided_at IS NULL ${range('d.issued_on', scope)} ORDER BY d.issued_on, d.number, t.position`,
  },
  'credit-notes': {
    title: 'Credit notes',
    columns: [
      ...documentColumns,
      column('Invoice', 'invoiceNumber'),
      column('Reason', 'reason'),
      ...moneyColumns,
      column('Applied', 'appliedE4', 'amount'),
      column('Refunded', 'refundedE4', 'amount'),
      column('Credit left', 'creditE4', 'amount'),
    ],
    select: (scope: SheetScope) => sql<SheetRow>`
      SELECT d.number, d.state, c.code AS client_code, d.client_name, d.issued_on, ${branchOf('d')}, i.number AS invoice_number, d.reason, d.currency,
        d.exchange_rate_e10, d.net_e4, d.tax_e4, d.total_e4, d.base_total_e4, d.base_tax_e4, d.applied_e4, d.refunded_e4, d.credit_e4
      FROM credit_notes d JOIN clients c ON c.id = d.client_id LEFT JOIN invoices i ON i.id = d.invoice_id
      WHERE d.organization_id = ${scope.organizationId} AND d.issued_at IS NOT NULL ${range('d.issued_on', scope)} ORDER BY d.issued_on, d.number`,
  },
  'credit-note-lines': {
    title: 'Credit note lines',
    columns: lineColumns,
    select: linesOf('credit_note', 'credit_notes'),
  },
  quotes: {
    title: 'Quotes',
    columns: [
      ...documentColumns,
      column('Valid until', 'validUntil', 'date'),
      column('Decided on', 'decidedOn', 'date'),
      column('Decided by', 'decidedBy'),
      ...moneyColumns,
      column('Invoiced', 'invoicedE4', 'amount'),
    ],
    select: (scope: SheetScope) => sql<SheetRow>`
      SELECT d.number, d.state, c.code AS client_code, d.client_name, d.issued_on, ${branchOf('d')}, d.valid_until, d.decided_on, d.decided_by, d.currency,
        d.exchange_rate_e10, d.net_e4, d.tax_e4, d.total_e4, d.base_total_e4, d.base_tax_e4, d.invoiced_e4
      FROM quotes d JOIN clients c ON c.id = d.client_id
      WHERE d.organization_id = ${scope.organizationId} AND d.issued_at IS NOT NULL ${range('d.issued_on', scope)} ORDER BY d.issued_on, d.number`,
  },
  payments: {
    title: 'Payments',
    columns: [
      column('Number', 'number'),
      column('Status', 'status'),
      column('Client code', 'clientCode'),
      column('Client', 'clientName'),
      column('Received', 'receivedOn', 'date'),
      branchColumn,
      column('Method', 'method'),
      column('Reference', 'reference'),
      column('Currency', 'currency'),
      column('Exchange rate', 'exchangeRateE10', 'rate'),
      column('Amount', 'amountE4', 'amount'),
      column('Amount in base currency', 'baseAmountE4', 'amount'),
      column('Cash rounding', 'roundingE4', 'amount'),
      column('Used', 'allocatedE4', 'amount'),
      column('Credit left', 'creditE4', 'amount'),
    ],
    select: (scope: SheetScope) => sql<SheetRow>`
      SELECT p.number, p.status, c.code AS client_code, p.client_name, p.received_on, ${branchOf('p')}, p.method, p.reference, p.currency, p.exchange_rate_e10,
        p.amount_e4, p.base_amount_e4, p.rounding_e4, p.allocated_e4, p.credit_e4
      FROM payments p JOIN clients c ON c.id = p.client_id
      WHERE p.organization_id = ${scope.organizationId} AND p.deleted_at IS NULL ${range('p.received_on', scope)} ORDER BY p.received_on, p.number`,
  },
  allocations: {
    title: 'Allocations',
    columns: [
      column('From', 'source'),
      column('Kind', 'kind'),
      column('Invoice', 'invoiceNumber'),
      column('On', 'allocatedOn', 'date'),
      column('Currency', 'currency'),
      column('Amount', 'amountE4', 'amount'),
    ],
    select: (scope: SheetScope) => sql<SheetRow>`
      SELECT source, kind, invoice_number, allocated_on, currency, amount_e4 FROM (
        SELECT p.number AS source, 'payment' AS kind, i.number AS invoice_number, a.allocated_on, i.currency, a.amount_e4, a.id
        FROM payment_allocations a JOIN payments p ON p.id = a.payment_id JOIN invoices i ON i.id = a.invoice_id WHERE a.organization_id = ${scope.organizationId}
        UNION ALL
        SELECT n.number, 'credit note', i.number, a.allocated_on, i.currency, a.amount_e4, a.id
        FROM credit_allocations a JOIN credit_notes n ON n.id = a.credit_note_id JOIN invoices i ON i.id = a.invoice_id WHERE a.organization_id = ${scope.organizationId}
        UNION ALL
        SELECT 'Written off: ' || w.reason, 'write-off', i.number, w.written_off_on, i.currency, w.amount_e4, w.id
        FROM write_offs w JOIN invoices i ON i.id = w.invoice_id WHERE w.organization_id = ${scope.organizationId})
      WHERE 1 ${range('allocated_on', scope)} ORDER BY allocated_on, id`,
  },
  refunds: {
    title: 'Refunds',
    columns: [
      column('Number', 'number'),
      column('Client code', 'clientCode'),
      column('Client', 'clientName'),
      column('On', 'refundedOn', 'date'),
      column('Method', 'method'),
      column('Of', 'source'),
      column('Currency', 'currency'),
      column('Amount', 'amountE4', 'amount'),
      column('Amount in base currency', 'baseAmountE4', 'amount'),
      column('Cancelled on', 'cancelledOn', 'date'),
    ],
    select: (scope: SheetScope) => sql<SheetRow>`
      SELECT r.number, c.code AS client_code, r.client_name, r.refunded_on, r.method, coalesce(p.number, n.number) AS source, r.currency,
        r.amount_e4, r.base_amount_e4, r.cancelled_on
      FROM refunds r JOIN clients c ON c.id = r.client_id LEFT JOIN payments p ON p.id = r.payment_id LEFT JOIN credit_notes n ON n.id = r.credit_note_id
      WHERE r.organization_id = ${scope.organizationId} ${range('r.refunded_on', scope)} ORDER BY r.refunded_on, r.number`,
  },
  'bank-transactions': {
    title: 'Bank transactions',
    columns: [
      column('Account', 'account'),
      column('Booked', 'bookedOn', 'date'),
      column('Counterparty', 'counterparty'),
      column('Purpose', 'purpose'),
      column('Currency', 'currency'),
      column('Amount', 'amountE4', 'amount'),
      column('State', 'state'),
    ],
    select: (scope: SheetScope) => sql<SheetRow>`
      SELECT a.name AS account, t.booked_on, t.counterparty_name AS counterparty, t.purpose, t.currency, t.amount_e4, t.state
      FROM bank_transactions t JOIN bank_accounts a ON a.id = t.account_id
      WHERE t.organization_id = ${scope.organizationId} AND t.deleted_at IS NULL ${range('t.booked_on', scope)} ORDER BY t.booked_on, t.id`,
  },
  audit: {
    title: 'Record of changes',
    columns: [
      column('At', 'at', 'instant'),
      column('Who', 'who'),
      column('Device', 'device'),
      column('Command', 'procedure'),
      column('Table', 'tableName'),
      column('Row', 'rowId'),
      column('Action', 'action'),
      column('Before', 'oldValues'),
      column('After', 'newValues'),
    ],
    select: (scope: SheetScope) => sql<SheetRow>`
      SELECT c.at, u.name AS who, d.name AS device, c.procedure, a.table_name, a.row_id, a.action, a.old_values, a.new_values
      FROM audit_log a JOIN commands c ON c.seq = a.command_seq LEFT JOIN users u ON u.id = c.user_id LEFT JOIN devices d ON d.id = c.device_id
      WHERE a.organization_id = ${scope.organizationId}
        ${scope.from === null ? sql`` : sql`AND substr(c.at, 1, 10) >= ${scope.from}`} ${scope.to === null ? sql`` : sql`AND substr(c.at, 1, 10) <= ${scope.to}`}
      ORDER BY a.seq`,
  },
}

/** The columns of a sheet as this business has them. */
export const sheetColumns = async (
  db: Db,
  name: SheetName,
  organizationId: string,
): Promise<readonly SheetColumn[]> => {
  const { columns } = sheets[name]
  if (!columns.some(({ isOfBranches }) => isOfBranches)) return columns
  const branches = await db
    .selectFrom('branches')
    .select('id')
    .where('organizationId', '=', organizationId)
    .limit(2)
    .execute()
  return branches.length > 1 ? columns : columns.filter(({ isOfBranches }) => !isOfBranches)
}

/** The rows of a sheet. */
export const sheetRows = (db: Db, name: SheetName, scope: SheetScope): Promise<SheetRow[]> => {
  return rawRows<SheetRow>(db, sheets[name].select(scope))
}

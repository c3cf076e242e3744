import type { Contract, Input } from '../../shared/contract/index.ts'

type InvoiceList = Input<Contract['invoices']['list']>
type ClientList = Input<Contract['clients']['list']>
type ItemList = Input<Contract['items']['list']>
type PaymentList = Input<Contract['payments']['list']>
type QuoteList = Input<Contract['quotes']['list']>
type CreditNoteList = Input<Contract['creditNotes']['list']>
type RecurringList = Input<Contract['recurringInvoices']['list']>
type BankLines = Input<Contract['bankTransactions']['list']>
type ImportEntity = Input<Contract['dataImports']['dryRun']>['entity']
type Outbox = Input<Contract['mail']['outbox']>

// Written out, as the contract's own lists would bring every schema into the first chunk; a missing one does not compile.
type Names<T extends string> = Readonly<Record<T, true>>

const invoiceFilters: Names<InvoiceList['filter']> = {
  all: true,
  draft: true,
  open: true,
  overdue: true,
  'partly-paid': true,
  paid: true,
  void: true,
}
const invoiceSorts: Names<InvoiceList['sort']> = {
  issuedOn: true,
  number: true,
  dueOn: true,
  client: true,
  payable: true,
}
const quoteFilters: Names<QuoteList['filter']> = {
  all: true,
  draft: true,
  open: true,
  expired: true,
  accepted: true,
  invoiced: true,
  declined: true,
  void: true,
}
const quoteSorts: Names<QuoteList['sort']> = {
  issuedOn: true,
  number: true,
  validUntil: true,
  client: true,
  payable: true,
}
const creditNoteFilters: Names<CreditNoteList['filter']> = {
  all: true,
  draft: true,
  issued: true,
  applied: true,
  void: true,
}
const creditNoteSorts: Names<CreditNoteList['sort']> = { issuedOn: true, number: true, client: true, payable: true }
const recurringStates: Names<RecurringList['state']> = {
  all: true,
  active: true,
  paused: true,
  ended: true,
  waiting: true,
}
const clientStatuses: Names<ClientList['status']> = { active: true, inactive: true, archived: true, all: true }
const importEntities: Names<ImportEntity> = { clients: true, items: true, invoices: true, payments: true }
const clientSorts: Names<ClientList['sort']> = { name: true, created: true, open: true }
const itemStatuses: Names<ItemList['status']> = { active: true, archived: true, all: true }
const itemKinds: Names<ItemList['kind']> = { product: true, service: true, all: true }
const paymentStatuses: Names<PaymentList['status']> = {
  pending: true,
  cleared: true,
  bounced: true,
  cancelled: true,
  all: true,
}
const bankFilters: Names<BankLines['filter']> = {
  'to-match': true,
  'money-out': true,
  matched: true,
  ignored: true,
  all: true,
}
const bankingViews: Names<'statements'> = { statements: true }
const outboxStates: Names<Outbox['state']> = {
  queued: true,
  sending: true,
  accepted: true,
  failed: true,
  bounced: true,
  cancelled: true,
  all: true,
}
const messageKinds: Names<Exclude<Outbox['kind'], 'all'>> = {
  invoice: true,
  quote: true,
  'credit-note': true,
  'reminder-friendly': true,
  'reminder-firm': true,
  'reminder-final': true,
  statement: true,
}
const directions: Names<Direction> = { asc: true, desc: true }
export type Direction = 'asc' | 'desc'

/** The state of a list as its address keeps it: whatever is missing or malformed takes the list's own default. */
type Raw = Readonly<Record<string, unknown>>

const text = (raw: Raw, name: string) => {
  const value = raw[name]
  return typeof value === 'string' && value !== ''
    ? { [name]: value }
    : typeof value === 'number'
      ? { [name]: String(value) }
      : {}
}

const day = (raw: Raw, name: string) => {
  const value = raw[name]
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? { [name]: value } : {}
}

const oneOf = <T extends string>(raw: Raw, name: string, allowed: Names<T>) => {
  const value = raw[name]
  return typeof value === 'string' && Object.hasOwn(allowed, value) ? { [name]: value } : {}
}

export type InvoiceListSearch = {
  readonly search?: string
  /** Groups of conditions, as `writeFilter` writes them. */
  readonly where?: string
  readonly filter?: InvoiceList['filter']
  readonly clientId?: string
  readonly from?: string
  readonly to?: string
  readonly sort?: InvoiceList['sort']
  readonly direction?: Direction
}

export const invoiceListSearch = (raw: Raw): InvoiceListSearch => ({
  ...text(raw, 'search'),
  ...text(raw, 'where'),
  ...oneOf(raw, 'filter', invoiceFilters),
  ...text(raw, 'clientId'),
  ...text(raw, 'from'),
  ...text(raw, 'to'),
  ...oneOf(raw, 'sort', invoiceSorts),
  ...oneOf(raw, 'direction', directions),
})

export type QuoteListSearch = {
  readonly search?: string
  readonly where?: string
  readonly filter?: QuoteList['filter']
  readonly clientId?: string
  readonly from?: string
  readonly to?: string
  readonly sort?: QuoteList['sort']
  readonly direction?: Direction
}

export const quoteListSearch = (raw: Raw): QuoteListSearch => ({
  ...text(raw, 'search'),
  ...text(raw, 'where'),
  ...oneOf(raw, 'filter', quoteFilters),
  ...text(raw, 'clientId'),
  ...text(raw, 'from'),
  ...text(raw, 'to'),
  ...oneOf(raw, 'sort', quoteSorts),
  ...oneOf(raw, 'direction', directions),
})

export type CreditNoteListSearch = {
  readonly search?: string
  readonly where?: string
  readonly filter?: CreditNoteList['filter']
  readonly clientId?: string
  readonly from?: string
  readonly to?: string
  readonly sort?: CreditNoteList['sort']
  readonly direction?: Direction
}

export const creditNoteListSearch = (raw: Raw): CreditNoteListSearch => ({
  ...text(raw, 'search'),
  ...text(raw, 'where'),
  ...oneOf(raw, 'filter', creditNoteFilters),
  ...text(raw, 'clientId'),
  ...text(raw, 'from'),
  ...text(raw, 'to'),
  ...oneOf(raw, 'sort', creditNoteSorts),
  ...oneOf(raw, 'direction', directions),
})

export type RecurringListSearch = {
  readonly search?: string
  readonly where?: string
  readonly state?: RecurringList['state']
  readonly clientId?: string
}

export const recurringListSearch = (raw: Raw): RecurringListSearch => ({
  ...text(raw, 'search'),
  ...text(raw, 'where'),
  ...oneOf(raw, 'state', recurringStates),
  ...text(raw, 'clientId'),
})

export type NewRecurringSearch = { readonly clientId?: string; readonly invoiceId?: string }

export const newRecurringSearch = (raw: Raw): NewRecurringSearch => ({
  ...text(raw, 'clientId'),
  ...text(raw, 'invoiceId'),
})

export type NewInvoiceSearch = { readonly clientId?: string }

export const newInvoiceSearch = (raw: Raw): NewInvoiceSearch => ({ ...text(raw, 'clientId') })

export type ClientListSearch = {
  readonly search?: string
  readonly where?: string
  readonly status?: ClientList['status']
  readonly owing?: boolean
  /** A client type, and an account manager, by id. */
  readonly type?: string
  readonly manager?: string
  readonly sort?: ClientList['sort']
  readonly direction?: Direction
}

export const clientListSearch = (raw: Raw): ClientListSearch => ({
  ...text(raw, 'search'),
  ...text(raw, 'where'),
  ...oneOf(raw, 'status', clientStatuses),
  ...(raw['owing'] === true ? { owing: true } : {}),
  ...text(raw, 'type'),
  ...text(raw, 'manager'),
  ...oneOf(raw, 'sort', clientSorts),
  ...oneOf(raw, 'direction', directions),
})

export type ItemListSearch = {
  readonly search?: string
  readonly where?: string
  readonly status?: ItemList['status']
  readonly kind?: ItemList['kind']
  /** The item that is open for editing. */
  readonly item?: string
}

export const itemListSearch = (raw: Raw): ItemListSearch => ({
  ...text(raw, 'search'),
  ...text(raw, 'where'),
  ...oneOf(raw, 'status', itemStatuses),
  ...oneOf(raw, 'kind', itemKinds),
  ...text(raw, 'item'),
})

export type PaymentListSearch = {
  readonly search?: string
  readonly where?: string
  readonly status?: PaymentList['status']
  readonly clientId?: string
  readonly withCredit?: boolean
  /** The payment that is open beside the list. */
  readonly payment?: string
}

export type ImportSearch = { readonly entity?: ImportEntity }

export const importSearch = (raw: Raw): ImportSearch => oneOf(raw, 'entity', importEntities)

export const paymentListSearch = (raw: Raw): PaymentListSearch => ({
  ...text(raw, 'search'),
  ...text(raw, 'where'),
  ...oneOf(raw, 'status', paymentStatuses),
  ...text(raw, 'clientId'),
  ...(raw['withCredit'] === true ? { withCredit: true } : {}),
  ...text(raw, 'payment'),
})

export type NewPaymentSearch = { readonly clientId?: string; readonly invoiceId?: string }

export const newPaymentSearch = (raw: Raw): NewPaymentSearch => ({
  ...text(raw, 'clientId'),
  ...text(raw, 'invoiceId'),
})

export type OutboxSearch = {
  readonly search?: string
  readonly where?: string
  readonly state?: Outbox['state']
  readonly kind?: Exclude<Outbox['kind'], 'all'>
  readonly message?: string
}

export const outboxSearch = (raw: Raw): OutboxSearch => ({
  ...text(raw, 'search'),
  ...text(raw, 'where'),
  ...oneOf(raw, 'state', outboxStates),
  ...oneOf(raw, 'kind', messageKinds),
  ...text(raw, 'message'),
})

/** The invoice whose reminder is open beside the list. */
export type RemindersDueSearch = { readonly invoice?: string }

export const remindersDueSearch = (raw: Raw): RemindersDueSearch => text(raw, 'invoice')

export type RecordSearch = {
  /** What kind of thing, as the filter names it. */
  readonly kind?: string
  readonly row?: string
  readonly user?: string
  readonly device?: string
  /** Left out: whatever was done, without who only looked. */
  readonly action?: 'insert' | 'update' | 'export' | 'read' | 'all'
  readonly procedure?: string
  readonly from?: string
  readonly to?: string
  /** The change that is open beside the list. */
  readonly change?: string
}

export const recordSearch = (raw: Raw): RecordSearch => ({
  ...text(raw, 'kind'),
  ...text(raw, 'row'),
  ...text(raw, 'user'),
  ...text(raw, 'device'),
  ...oneOf(raw, 'action', { insert: true, update: true, export: true, read: true, all: true }),
  ...text(raw, 'procedure'),
  ...day(raw, 'from'),
  ...day(raw, 'to'),
  ...text(raw, 'change'),
})

export type BankingSearch = {
  readonly account?: string
  readonly filter?: BankLines['filter']
  readonly view?: 'statements'
  readonly search?: string
  readonly where?: string
  /** The bank line that is open beside the list. */
  readonly line?: string
}

export const bankingSearch = (raw: Raw): BankingSearch => ({
  ...text(raw, 'account'),
  ...oneOf(raw, 'filter', bankFilters),
  ...oneOf(raw, 'view', bankingViews),
  ...text(raw, 'search'),
  ...text(raw, 'where'),
  ...text(raw, 'line'),
})

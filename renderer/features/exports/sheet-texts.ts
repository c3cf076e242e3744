import type { sheetNames } from '../../../shared/contract/data-exports.ts'

export type SheetName = (typeof sheetNames)[number]

type SheetText = {
  readonly title: string
  /** What a row of it is. */
  readonly about: string
  /** Whether a period narrows it. */
  readonly isDated: boolean
}

/** Every table in words; a new one without words does not compile. */
export const sheetTexts: Readonly<Record<SheetName, SheetText>> = {
  clients: { title: 'Clients', about: 'Every client with address, tax numbers and terms.', isDated: false },
  contacts: { title: 'Contacts', about: 'The people at your clients.', isDated: false },
  items: { title: 'Items', about: 'What you sell, with prices and tax.', isDated: false },
  invoices: {
    title: 'Invoices',
    about: 'One row for each issued invoice: dates, totals, what is paid.',
    isDated: true,
  },
  'invoice-lines': { title: 'Invoice lines', about: 'One row for each line of an invoice.', isDated: true },
  'invoice-taxes': {
    title: 'Invoice taxes',
    about: 'One row for each tax of an invoice, with its base.',
    isDated: true,
  },
  'credit-notes': { title: 'Credit notes', about: 'One row for each issued credit note.', isDated: true },
  'credit-note-lines': { title: 'Credit note lines', about: 'One row for each line of a credit note.', isDated: true },
  quotes: { title: 'Quotes', about: 'One row for each quote and what became of it.', isDated: true },
  payments: { title: 'Payments', about: 'Money that came in, and how.', isDated: true },
  allocations: { title: 'Allocations', about: 'Which payment paid which invoice, and how much of it.', isDated: true },
  refunds: { title: 'Refunds', about: 'Money that was given back.', isDated: true },
  'bank-transactions': { title: 'Bank lines', about: 'The lines of imported bank statements.', isDated: true },
  audit: { title: 'Record of changes', about: 'Who changed what, and when.', isDated: false },
}

/** The media type of a workbook (XLSX). */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

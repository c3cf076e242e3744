import { v7 } from 'uuid'
import type { InvoiceContent } from '../../shared/contract/invoices.ts'
import type { QuoteContent, QuoteLine } from '../../shared/contract/quotes.ts'
import { amountOf, percentOf, quantityOf, unitPriceOf } from '../../shared/money/decimal-string.ts'
import type { Workspace } from './workspace.ts'

/** A client with nothing but a name. */
export const makeClient = async (workspace: Workspace, name = 'Rosewood Bakery') =>
  (await workspace.call('clients.create', { name, email: 'accounts@example.com' })).id

type LineSketch = {
  readonly name?: string
  readonly quantity?: string
  readonly price?: string
  readonly rate?: string
}

/** A line of one tax; 100.00 at 20 % where nothing is said. */
export const line = ({
  name = 'Consulting',
  quantity = '1',
  price = '100',
  rate = '20',
}: LineSketch = {}): InvoiceContent['lines'][number] => ({
  id: v7(),
  itemId: null,
  code: null,
  name,
  description: null,
  classification: null,
  quantityE6: quantityOf(quantity),
  unit: 'HUR',
  priceE6: unitPriceOf(price),
  baseQuantityE6: quantityOf('1'),
  adjustments: [],
  taxes: [
    { taxRateId: null, name: 'VAT', category: 'S', rateE6: percentOf(rate), isCompound: false, exemptionReason: null },
  ],
})

/** The content of an invoice for a client, from what a new one begins with. */
export const contentFor = async (
  workspace: Workspace,
  clientId: string | null,
  overrides: Partial<InvoiceContent> = {},
): Promise<InvoiceContent> => {
  const { content } = await workspace.call('invoices.blank', { clientId })
  return { ...content, lines: [line()], ...overrides }
}

/** A saved draft. */
export const makeDraft = async (
  workspace: Workspace,
  clientId: string | null,
  overrides: Partial<InvoiceContent> = {},
) => {
  const id = v7()
  const { version } = await workspace.call('invoices.saveDraft', {
    id,
    version: null,
    content: await contentFor(workspace, clientId, overrides),
  })
  return { id, version }
}

/** An issued invoice of 120.00 unless told otherwise. */
export const makeInvoice = async (workspace: Workspace, clientId: string, overrides: Partial<InvoiceContent> = {}) =>
  await workspace.call('invoices.issue', await makeDraft(workspace, clientId, overrides))

/** A cleared payment. */
export const makePayment = (
  workspace: Workspace,
  clientId: string,
  amount: string,
  allocations: readonly { readonly invoiceId: string; readonly amount: string }[] = [],
) =>
  workspace.call('payments.create', {
    clientId,
    receivedOn: '2026-11-21',
    currency: 'GBP',
    amountE4: amountOf(amount),
    allocations: allocations.map((it) => ({ invoiceId: it.invoiceId, amountE4: amountOf(it.amount) })),
  })

/** A line of a quote: part of the offer unless told otherwise. */
export const quoteLine = ({
  choice = 'included',
  isChosen = true,
  groupName = null,
  ...sketch
}: LineSketch & Partial<Pick<QuoteLine, 'choice' | 'isChosen' | 'groupName'>> = {}): QuoteLine => ({
  ...line(sketch),
  choice,
  isChosen,
  groupName,
})

/** The content of a quote for a client, from what a new one begins with. */
export const quoteContentFor = async (
  workspace: Workspace,
  clientId: string | null,
  overrides: Partial<QuoteContent> = {},
): Promise<QuoteContent> => {
  const { content } = await workspace.call('quotes.blank', { clientId })
  return { ...content, lines: [quoteLine()], ...overrides }
}

/** A saved draft of a quote. */
export const makeQuoteDraft = async (
  workspace: Workspace,
  clientId: string | null,
  overrides: Partial<QuoteContent> = {},
) => {
  const content = await quoteContentFor(workspace, clientId, overrides)
  const { id, version } = await workspace.call('quotes.saveDraft', { id: v7(), version: null, content })
  return { id, version }
}

/** An issued quote of 120.00 unless told otherwise. */
export const makeQuote = async (workspace: Workspace, clientId: string, overrides: Partial<QuoteContent> = {}) =>
  await workspace.call('quotes.issue', await makeQuoteDraft(workspace, clientId, overrides))

import { blankLine } from '../../renderer/documents/editor/draft-edits.ts'
import type { InvoiceContent } from '../../shared/contract/invoices.ts'
import { amount, exchangeRate } from '../../shared/money/scaled.ts'

/** A draft with named lines, for tests of the editor. */
export const draftOf = (...names: readonly string[]): InvoiceContent => ({
  clientId: null,
  currency: 'GBP',
  exchangeRateE10: exchangeRate(10_000_000_000n),
  language: 'en-GB',
  reference: null,
  orderReference: null,
  buyerReference: null,
  taxTreatment: 'domestic',
  placeOfSupply: null,
  payableStepE4: null,
  templateId: null,
  issuedOn: '2026-03-01',
  dueOn: null,
  paymentTermsDays: 30,
  supplyFrom: null,
  supplyTo: null,
  pricesIncludeTax: false,
  notes: null,
  terms: null,
  prepaidE4: amount(0n),
  roundingAmountE4: null,
  lines: names.map((name) => ({ ...blankLine(name, []), name })),
  adjustments: [],
})

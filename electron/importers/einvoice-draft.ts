import type {
  EInvoice,
  EInvoiceAdjustment,
  EInvoiceLine,
  EInvoiceParty,
  EInvoiceTax,
  Identifier,
} from '../../shared/documents/einvoice.ts'
import type { AdjustmentInput, DocumentInput, TaxCategory, TaxInput } from '../../shared/documents/model.ts'
import { findCurrency } from '../../shared/money/currencies.ts'
import { type Amount, type Percent, percent, type Quantity, quantity, zero } from '../../shared/money/scaled.ts'

export type DraftTax = {
  readonly category: TaxCategory
  readonly rateE6: Percent
  readonly exemptionReason: string | null
  readonly exemptionCode: string | null
}

export type DraftLine = Omit<EInvoiceLine, 'tax' | 'baseQuantityE6' | 'grossPriceE6' | 'netE4'> & {
  readonly tax: DraftTax
  readonly baseQuantityE6: Quantity
}

export type DraftAdjustment = EInvoiceAdjustment & { readonly tax: DraftTax }

/**
 * What of an electronic invoice becomes our draft, in one form whichever syntax it came in. Sums are not part of it:
 * they are computed from it, and compared with the file's by `compareTotals`.
 */
export type EInvoiceDraft = Omit<
  EInvoice,
  'syntax' | 'specification' | 'process' | 'lines' | 'adjustments' | 'taxes' | 'totals' | 'warnings'
> & {
  readonly lines: readonly DraftLine[]
  readonly adjustments: readonly DraftAdjustment[]
  readonly prepaidE4: Amount
  readonly roundingE4: Amount
}

const oneUnit = quantity(1_000_000n)
const zeroPercent = percent(0n)

/** The neutral draft of an invoice: what two files of the same invoice, one UBL and one CII, have in common. */
export function draftOf(invoice: EInvoice): EInvoiceDraft {
  const { syntax, specification, process, taxes, totals, warnings, ...kept } = invoice
  return {
    ...kept,
    notes: invoice.notes.map((note) => ({ subject: note.subject, text: tidy(note.text) })),
    paymentTerms: tidyOrNull(invoice.paymentTerms),
    seller: draftParty(invoice.seller),
    buyer: draftParty(invoice.buyer),
    payee: invoice.payee === null ? null : draftParty(invoice.payee),
    taxRepresentative: invoice.taxRepresentative === null ? null : draftParty(invoice.taxRepresentative),
    paymentMeans: invoice.paymentMeans.map((means) => ({ ...means, account: compact(means.account) })),
    lines: invoice.lines.map((line) => draftLine(line, invoice)),
    adjustments: invoice.adjustments.map((adjustment) => ({
      ...adjustment,
      tax: draftTax(adjustment.tax, invoice),
    })),
    prepaidE4: totals.prepaidE4 ?? zero,
    roundingE4: totals.roundingE4 ?? zero,
  }
}

function draftParty(party: EInvoiceParty): EInvoiceParty {
  return {
    ...party,
    // BT-28 is a name other than the legal one; many senders repeat the legal name there.
    tradingName: party.tradingName === party.name ? null : party.tradingName,
    ids: publicIds(party.ids),
    vatId: compact(party.vatId),
    taxIds: party.taxIds.toSorted(byIdentifier),
  }
}

/**
 * The identifiers of a registered scheme, or, where there is none, the sender's own: as EN 16931-3-3 fills BT-29, BT-46
 * and BT-60 in CII (GlobalID where there is one, ID otherwise), and as files converted to UBL keep them.
 */
function publicIds(ids: readonly Identifier[]): Identifier[] {
  const registered = ids.filter((id) => id.scheme !== null)
  return (registered.length > 0 ? registered : ids).toSorted(byIdentifier)
}

function byIdentifier(a: Identifier, b: Identifier): number {
  const [left, right] = [`${a.scheme ?? ''} ${a.id}`, `${b.scheme ?? ''} ${b.id}`]
  return left < right ? -1 : left > right ? 1 : 0
}

function draftLine(line: EInvoiceLine, invoice: EInvoice): DraftLine {
  const { netE4, grossPriceE6, ...kept } = line
  return {
    ...kept,
    name: tidy(line.name),
    description: tidyOrNull(line.description),
    note: tidyOrNull(line.note),
    priceDiscountE6: line.priceDiscountE6 === 0n ? null : line.priceDiscountE6,
    baseQuantityE6: line.baseQuantityE6 ?? oneUnit,
    tax: draftTax(line.tax, invoice),
  }
}

/** The tax of a line with the exemption reason, which EN 16931 keeps in the breakdown row of its category and rate. */
function draftTax(tax: EInvoiceTax, invoice: EInvoice): DraftTax {
  const rateE6 = tax.rateE6 ?? zeroPercent
  const row = invoice.taxes.find((entry) => entry.category === tax.category && (entry.rateE6 ?? 0n) === rateE6)
  return {
    category: tax.category,
    rateE6,
    exemptionReason: tidyOrNull(tax.exemptionReason ?? row?.exemptionReason ?? null),
    exemptionCode: tax.exemptionCode ?? row?.exemptionCode ?? null,
  }
}

const tidyOrNull = (text: string | null): string | null => (text === null ? null : tidy(text))

/** Without the blanks that only come from how the XML was indented; line breaks stay. */
function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim()
}

const compact = (text: string | null): string | null => text?.replace(/\s+/g, '') ?? null

/** The one name of the tax in documents of EN 16931, which know no other. */
export const vatName = 'VAT'

/**
 * An invoice as input of `calculateDocument`, with lines known by their position ('1', '2', ...): the rules of EN 16931
 * (tax once per category and rate, half up). Allowances and charges count with the amounts that the file states.
 */
export function toDocumentInput(invoice: EInvoice): DocumentInput {
  return {
    currency: invoice.currency,
    minorUnits: minorUnits(invoice),
    rounding: { mode: 'half-up', scope: 'rate' },
    pricesIncludeTax: false,
    lines: invoice.lines.map((line, index) => ({
      id: String(index + 1),
      quantityE6: line.quantityE6,
      priceE6: line.priceE6,
      baseQuantityE6: line.baseQuantityE6 ?? oneUnit,
      adjustments: line.adjustments.map(adjustmentInput),
      taxes: [taxInput(line.tax)],
    })),
    adjustments: invoice.adjustments.map((adjustment) => ({
      ...adjustmentInput(adjustment),
      taxes: [taxInput(adjustment.tax)],
    })),
    prepaidE4: invoice.totals.prepaidE4 ?? zero,
    roundingAmountE4: invoice.totals.roundingE4 ?? zero,
    payableStepE4: null,
  }
}

function adjustmentInput({ kind, reason, amountE4 }: EInvoiceAdjustment): AdjustmentInput {
  return { kind, reason, amountE4, percentE6: null, baseE4: null }
}

function taxInput(tax: EInvoiceTax): TaxInput {
  return { name: vatName, category: tax.category, rateE6: tax.rateE6 ?? zeroPercent, compound: false }
}

/**
 * Decimals that the document is rounded to: two (EN 16931 BR-DEC-*, whatever the currency), more if the file's own
 * amounts have more, none in a currency without decimals when the file uses none.
 */
function minorUnits(invoice: EInvoice): number {
  const used = decimalsUsed(invoice)
  if (used === 0 && findCurrency(invoice.currency)?.minorUnits === 0) return 0
  return Math.max(2, used)
}

/** The most decimals (0 to 4) that any computed amount of the file has: its lines, tax rows and totals. */
export function decimalsUsed({ totals, lines, taxes }: EInvoice): number {
  const amounts = [
    ...Object.values(totals),
    ...lines.map((line) => line.netE4),
    ...taxes.flatMap((row) => [row.taxableE4, row.taxE4]),
  ]
  return amounts.reduce((most: number, value) => Math.max(most, value === null ? 0 : decimalsOf(value)), 0)
}

function decimalsOf(value: Amount): number {
  if (value % 10_000n === 0n) return 0
  if (value % 1_000n === 0n) return 1
  if (value % 100n === 0n) return 2
  return value % 10n === 0n ? 3 : 4
}

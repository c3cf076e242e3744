import type { CreditNoteContent, CreditNoteLine, MirroredTax } from '../contract/credit-notes.ts'
import type { LineTax } from '../contract/documents.ts'
import { minorUnitsOf } from '../money/currencies.ts'
import { divideRounded, minorUnitE4 } from '../money/rounding.ts'
import { type Amount, amount, quantity, unitPrice } from '../money/scaled.ts'
import { calculateDocument } from './calculate.ts'
import type { CreditedInvoice, Left, SetLeft } from './credit-left.ts'
import { documentInputOf, taxInput } from './from-content.ts'
import type { DocumentTotals, TaxTotals } from './model.ts'
import { rowKey } from './tax-sets.ts'

/** Words that a credit note gets in the language of its invoice. */
export type CreditTexts = {
  /** Why a line differs from quantity times price: `Rounding`. */
  readonly rounding: string
  /** The line of a credit by amount: `Credit of invoice INV-2026-0042`. */
  readonly amount: string
}

/** What a credit note is made with. */
export type CreditFrame = {
  readonly invoiceId: string
  readonly issuedOn: string
  readonly reason: string | null
  readonly texts: CreditTexts
  readonly newId: () => string
}

/** Tax and what it is charged on, by row key, that a credit note is to give back. */
export type RowTargets = ReadonlyMap<string, { readonly taxableE4: bigint; readonly taxE4: bigint }>

/** A credit note on an invoice that gives nothing back yet. */
export const emptyCredit = ({ content }: CreditedInvoice, frame: CreditFrame): CreditNoteContent => {
  const { dueOn: _due, paymentTermsDays: _days, prepaidE4: _prepaid, ...own } = content
  return {
    ...own,
    invoiceId: frame.invoiceId,
    reason: frame.reason,
    issuedOn: frame.issuedOn,
    notes: null,
    terms: null,
    payableStepE4: null,
    roundingAmountE4: null,
    mirroredTaxes: null,
    lines: [],
    adjustments: [],
  }
}

export const totalsOfCredit = (content: CreditNoteContent, invoice: CreditedInvoice): DocumentTotals =>
  calculateDocument(documentInputOf(content, invoice.rounding))

/** The smallest step of the document's currency. */
export const unitOf = (content: { readonly currency: string }): bigint => minorUnitE4(minorUnitsOf(content.currency))

/** `value * part / whole` to the currency's smallest unit. */
export const prorate = (value: bigint, part: bigint, whole: bigint, unitE4: bigint): Amount =>
  amount(divideRounded(value * part, whole * unitE4, 'half-up') * unitE4)

/** The nearest to a value that lies between nothing and what is left, whichever sign that has. */
export const within = (value: bigint, left: bigint): bigint => {
  const [low, high] = left < 0n ? [left, 0n] : [0n, left]
  return value < low ? low : value > high ? high : value
}

/** A line of one set of taxes that gives an amount without tax back. */
export const amountLine = (
  name: string,
  taxes: CreditNoteLine['taxes'],
  netE4: bigint,
  frame: CreditFrame,
): CreditNoteLine => ({
  id: frame.newId(),
  invoiceLineId: null,
  itemId: null,
  code: null,
  name,
  description: null,
  classification: null,
  quantityE6: quantity(1_000_000n),
  unit: 'C62',
  priceE6: unitPrice(netE4 * 100n),
  baseQuantityE6: quantity(1_000_000n),
  adjustments: [],
  taxes,
})

const inRow = (taxes: readonly LineTax[], key: string): boolean => taxes.some((tax) => rowKey(taxInput(tax)) === key)

/** The net amount that falls into each row of a credit note with prices without tax. */
const netOfRow = (key: string, content: CreditNoteContent, totals: DocumentTotals): Amount => {
  let net = 0n
  for (const [index, line] of content.lines.entries())
    if (inRow(line.taxes, key)) net += totals.lines[index]?.netE4 ?? 0n
  for (const { kind, shares } of totals.adjustments) {
    for (const share of shares) {
      if (!share.taxes.some((tax) => rowKey(tax) === key)) continue
      net += kind === 'allowance' ? -share.amountE4 : share.amountE4
    }
  }
  return amount(net)
}

/** The content with its taxes as targeted where the kernel comes to others; its prices are without tax. */
export const mirrored = (
  content: CreditNoteContent,
  targets: RowTargets,
  invoice: CreditedInvoice,
): CreditNoteContent => {
  const totals = totalsOfCredit(content, invoice)
  const given = totals.taxes.flatMap((row): MirroredTax[] => {
    const target = targets.get(rowKey(row))
    if (target === undefined || isAsTargeted(row, target)) return []
    return [
      {
        name: row.name,
        category: row.category,
        rateE6: row.rateE6,
        isCompound: row.compound,
        netE4: netOfRow(rowKey(row), content, totals),
        taxableE4: amount(target.taxableE4),
        taxE4: amount(target.taxE4),
      },
    ]
  })
  return given.length === 0 ? content : { ...content, mirroredTaxes: given }
}

/** Whether the kernel comes to the targeted tax by itself. */
export const isAsTargeted = (
  row: TaxTotals,
  target: { readonly taxableE4: bigint; readonly taxE4: bigint } | undefined,
): boolean => target !== undefined && row.taxE4 === target.taxE4 && row.taxableE4 === target.taxableE4

/** A set of taxes for each row with tax left that the content has no line or adjustment of. */
export const bearersOf = (content: CreditNoteContent, left: Left): SetLeft[] => {
  const taken = new Set<SetLeft>()
  for (const { key, taxE4 } of left.rows) {
    const isBorne = [...content.lines, ...content.adjustments, ...taken].some((it) => inRow(it.taxes ?? [], key))
    if (taxE4 === 0n || isBorne) continue
    const set = left.sets.find((it) => inRow(it.taxes, key))
    if (set !== undefined) taken.add(set)
  }
  return [...taken]
}

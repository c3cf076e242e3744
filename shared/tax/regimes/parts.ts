import type { LineTax, TaxTreatment } from '../../contract/documents.ts'
import type { TaxCategory } from '../../documents/model.ts'
import { type Amount, amount, type Percent, percent } from '../../money/scaled.ts'
import { checkTaxId } from '../ids/index.ts'
import type { DatedRate, ExemptionReason, ReturnCell, ReturnTable, TaxFigure, TaxParty } from './regime.ts'

export const noPercent: Percent = percent(0n)

/** A tax without a percentage, with the reason why. */
export const untaxed = (name: string, category: TaxCategory, reason: string | null): LineTax => ({
  taxRateId: null,
  name,
  category,
  rateE6: noPercent,
  isCompound: false,
  exemptionReason: reason,
})

/** A tax with its percentage in the standard category. */
export const charged = (name: string, rateE6: Percent, taxRateId: string | null): LineTax => ({
  taxRateId,
  name,
  category: 'S',
  rateE6,
  isCompound: false,
  exemptionReason: null,
})

/** Of dated rates, those in force on a day. */
export const inForce = <R extends DatedRate>(rates: readonly R[], on: string): R[] =>
  rates.filter((rate) => rate.from <= on && (rate.until === null || on < rate.until))

/** Whether a buyer has a number that a VAT system knows: one that passes its check. */
export const hasVatNumber = (party: TaxParty): boolean =>
  party.taxIds.some((id) => checkTaxId('VAT', id.value).ok) ||
  (party.country !== null && party.taxIds.some((id) => checkTaxId(party.country ?? '', id.value).ok))

export const isBusiness = (party: TaxParty | null): boolean => party !== null && party.taxIds.length > 0

/** The words of the first reason of a category. */
export const reasonOf = (reasons: readonly ExemptionReason[], category: TaxCategory, code?: string): string | null =>
  (reasons.find((it) => it.category === category && (code === undefined || it.code === code)) ?? null)?.text ?? null

/** The VATEX code of a reason as printed; the category's first where the words are a person's own; null without any. */
export const vatexOf = (
  reasons: readonly ExemptionReason[],
  category: TaxCategory,
  text: string | null,
): string | null =>
  (reasons.find((it) => it.category === category && it.text === text) ?? reasons.find((it) => it.category === category))
    ?.code ?? null

/** Plus for invoices, minus for credit notes. */
export const signed = (figure: TaxFigure, value: Amount): bigint => (figure.kind === 'credit-note' ? -value : value)

export const taxableOf = (figure: TaxFigure): bigint => signed(figure, figure.taxableE4)
export const taxOf = (figure: TaxFigure): bigint => signed(figure, figure.taxE4)
export const grossOf = (figure: TaxFigure): bigint => taxableOf(figure) + taxOf(figure)

/** A cell that adds up figures. */
export const cellOf = (figures: readonly TaxFigure[], value: (figure: TaxFigure) => bigint): ReturnCell => ({
  amountE4: amount(figures.reduce((all, figure) => all + value(figure), 0n)),
  // What adds nothing to it is not behind it.
  sources: figures.filter((figure) => value(figure) !== 0n).map((figure) => figure.key),
  isTyped: false,
})

/** A cell that a person types; zero until then. */
export const typedCell = (typed: Readonly<Record<string, Amount>>, id: string): ReturnCell => ({
  amountE4: typed[id] ?? amount(0n),
  sources: [],
  isTyped: true,
})

/** A cell worked out from others. */
export const derivedCell = (units: bigint, sources: readonly string[] = []): ReturnCell => ({
  amountE4: amount(units),
  sources,
  isTyped: false,
})

/** Figures gathered by a key, in the order of the keys. */
export const groupFigures = (
  figures: readonly TaxFigure[],
  keyOf: (figure: TaxFigure) => string,
): readonly (readonly [string, readonly TaxFigure[]])[] => {
  const groups = new Map<string, TaxFigure[]>()
  for (const figure of figures) {
    const key = keyOf(figure)
    const group = groups.get(key)
    if (group) group.push(figure)
    else groups.set(key, [figure])
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

export const taxColumns: ReturnTable['columns'] = [
  { id: 'taxable', label: 'Taxable' },
  { id: 'tax', label: 'Tax' },
]

/** Taxable and tax of figures as the cells of a row. */
export const taxCells = (figures: readonly TaxFigure[]) => ({
  taxable: cellOf(figures, taxableOf),
  tax: cellOf(figures, taxOf),
})

/** Treatments under which a line keeps the percentage of its rate. */
export const chargesTax = (treatment: TaxTreatment): boolean =>
  treatment === 'domestic' ||
  treatment === 'export-with-tax' ||
  treatment === 'sez-with-tax' ||
  treatment === 'deemed-export'

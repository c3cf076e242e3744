import type { DocumentLine, LineTax } from '../../../shared/contract/documents.ts'
import type { EInvoiceTax, EInvoiceTaxRow } from '../../../shared/documents/einvoice.ts'
import type { TaxCategory, TaxInput } from '../../../shared/documents/model.ts'
import { type Amount, amount, percent } from '../../../shared/money/scaled.ts'
import type { EInvoiceSource } from './source.ts'

/** Codes of the reasons that follow from the category alone (VATEX); E has many, which the words tell apart. */
const exemptionCodes: Partial<Record<TaxCategory, string>> = {
  AE: 'VATEX-EU-AE',
  K: 'VATEX-EU-IC',
  G: 'VATEX-EU-G',
  O: 'VATEX-EU-O',
}

/** Categories whose rows must not give a reason (BR-S-10, BR-Z-10, BR-AF-10, BR-AG-10). */
const withoutReason: ReadonlySet<TaxCategory> = new Set(['S', 'Z', 'L', 'M', 'B'])

/** A tax without its reason, as lines and allowances name it. */
export const taxFrom = ({ category, rateE6 }: Pick<TaxInput, 'category' | 'rateE6'>): EInvoiceTax => ({
  category,
  rateE6: category === 'O' ? null : rateE6,
  exemptionReason: null,
  exemptionCode: null,
})

/** Stands for the tax of a line that has none or several: such a document does not leave, see `problemsOf`. */
export const unknownTax: EInvoiceTax = taxFrom({ category: 'Z', rateE6: percent(0n) })

/** The one tax of a line; null where it has none or several. */
export const singleTax = ({ taxes }: Pick<DocumentLine, 'taxes'>): LineTax | null =>
  taxes.length === 1 ? (taxes[0] ?? null) : null

type Reasons = Pick<EInvoiceTax, 'exemptionReason' | 'exemptionCode'>

// Who knows the code of a reason writes it in its place.
const isCode = (reason: string): boolean => /^VATEX-[A-Z0-9-]+$/i.test(reason)

const reasonsOf = ({ content }: EInvoiceSource, category: TaxCategory): Reasons => {
  if (withoutReason.has(category)) return { exemptionReason: null, exemptionCode: null }
  const reasons = [...content.lines, ...content.adjustments]
    .flatMap(({ taxes }) => taxes ?? [])
    .filter((tax) => tax.category === category)
    .flatMap(({ exemptionReason }) => (exemptionReason === null ? [] : [exemptionReason]))
  const words = [...new Set(reasons.filter((reason) => !isCode(reason)))]
  const code = reasons.find(isCode)?.toUpperCase()
  return { exemptionReason: words.join(' / ') || null, exemptionCode: code ?? exemptionCodes[category] ?? null }
}

type Row = { readonly tax: TaxInput; readonly taxable: bigint; readonly due: bigint }

/** Whether a row says something: a breakdown may only have what a line, allowance or charge falls on (BR-AE-01 and its like). */
const isStated =
  ({ content, totals }: EInvoiceSource) =>
  ({ tax, taxable, due }: Row): boolean => {
    const isIt = (it: Pick<TaxInput, 'category' | 'rateE6'>) => it.category === tax.category && it.rateE6 === tax.rateE6
    if (taxable !== 0n || due !== 0n || content.lines.some(({ taxes }) => taxes.some(isIt))) return true
    const shares = totals.adjustments.flatMap((adjustment) => adjustment.shares)
    return shares.some(({ amountE4, taxes }) => amountE4 !== 0n && taxes.some(isIt))
  }

/** The document's own rows, those of one category and rate together whatever their taxes are called (BG-23). */
export const taxRowsFrom = (source: EInvoiceSource, isXRechnung: boolean): readonly EInvoiceTaxRow[] => {
  const rows = new Map<string, Row>()
  for (const row of source.totals.taxes) {
    const key = `${row.category} ${row.rateE6}`
    const known = rows.get(key) ?? { tax: row, taxable: 0n, due: 0n }
    rows.set(key, { ...known, taxable: known.taxable + row.taxableE4, due: known.due + row.taxE4 })
  }
  return [...rows.values()].filter(isStated(source)).map(({ tax, taxable, due }) => ({
    ...taxFrom(tax),
    // XRechnung wants a rate in every row, 0 where the standard has none (BR-DE-14).
    ...(tax.category === 'O' && isXRechnung ? { rateE6: percent(0n) } : {}),
    ...reasonsOf(source, tax.category),
    taxableE4: amount(taxable) satisfies Amount,
    taxE4: amount(due) satisfies Amount,
  }))
}

import type { EInvoice, EInvoiceTax } from '../../shared/documents/einvoice.ts'
import type { DocumentTotals, TaxCategory } from '../../shared/documents/model.ts'
import { percentOfAmount } from '../../shared/money/arithmetic.ts'
import { toDecimalString } from '../../shared/money/decimal-string.ts'
import { type Amount, amount, digits, type Percent, percent } from '../../shared/money/scaled.ts'
import { decimalsUsed, toDocumentInput } from './einvoice-draft.ts'

/**
 * Why a figure of the file is not ours. `arithmetic`: the file's own figures do not add up; `rounding`: they do but for
 * the last digit; `extension`: it counts something that EN 16931 does not; `carried`: it adds up, from figures that differ.
 */
export type DifferenceReason = {
  readonly kind: 'arithmetic' | 'rounding' | 'extension' | 'carried'
  readonly text: string
}

/** One total of the file beside ours; null where that side does not have it (which counts as zero). */
export type TotalComparison = {
  /** Business term of EN 16931: 'BT-106'. */
  readonly term: string
  readonly label: string
  readonly inFileE4: Amount | null
  readonly oursE4: Amount | null
  readonly differs: boolean
  readonly reason: DifferenceReason | null
}

/** Every total of the file, each line and each tax row, beside ours from `calculateDocument(toDocumentInput(invoice))`. */
export function compareTotals(invoice: EInvoice, totals: DocumentTotals): TotalComparison[] {
  return [...compareLines(invoice, totals), ...compareTaxes(invoice, totals), ...compareDocument(invoice, totals)]
}

function comparison(
  term: string,
  label: string,
  inFileE4: Amount | null,
  oursE4: Amount | null,
  reasonOf: () => DifferenceReason,
): TotalComparison {
  const differs = (inFileE4 ?? 0n) !== (oursE4 ?? 0n)
  return { term, label, inFileE4, oursE4, differs, reason: differs ? reasonOf() : null }
}

const figure = (value: bigint): string => toDecimalString(value, digits.amount, 2)
const total = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n)
const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a)

// What receivers' rules let pass for a line (Peppol BIS R120): beyond it, it is a mistake and not a rounding.
const lineToleranceE4 = 200n

/** Whether a figure is the other one rounded to the decimals that the file uses: whole forints in a file of forints. */
function isRoundedAsFile(places: number, a: bigint, b: bigint): boolean {
  return distance(a, b) * 2n <= 10n ** BigInt(digits.amount - places)
}

function compareLines(invoice: EInvoice, totals: DocumentTotals): TotalComparison[] {
  const places = decimalsUsed(invoice)
  return invoice.lines.map((line, index) => {
    const ours = totals.lines[index]?.netE4 ?? null
    return comparison('BT-131', `Net amount of line ${line.id}`, line.netE4, ours, () => {
      const own = ours ?? 0n
      const rounding = distance(line.netE4, own) <= lineToleranceE4 || isRoundedAsFile(places, line.netE4, own)
      const text = `price x quantity with the line's allowances and charges gives ${figure(own)}`
      return { kind: rounding ? 'rounding' : 'arithmetic', text }
    })
  })
}

type Rate = { readonly category: TaxCategory; readonly rateE6: Percent }
type FileRow = Rate & { taxableE4: bigint; taxE4: bigint }

const rateKey = ({ category, rateE6 }: EInvoiceTax | Rate): string => `${category} ${rateE6 ?? 0n}`

/** The file's breakdown with rows of one category and rate (told apart by their exemption reasons) taken together. */
function fileRows(invoice: EInvoice): Map<string, FileRow> {
  const rows = new Map<string, FileRow>()
  for (const { category, rateE6, taxableE4, taxE4 } of invoice.taxes) {
    const rate: Rate = { category, rateE6: rateE6 ?? percent(0n) }
    const row = rows.get(rateKey(rate)) ?? { ...rate, taxableE4: 0n, taxE4: 0n }
    rows.set(rateKey(rate), { ...row, taxableE4: row.taxableE4 + taxableE4, taxE4: row.taxE4 + taxE4 })
  }
  return rows
}

function compareTaxes(invoice: EInvoice, totals: DocumentTotals): TotalComparison[] {
  const inFile = fileRows(invoice)
  const ours = new Map(totals.taxes.map((row) => [rateKey(row), row]))
  const rates = new Map<string, Rate>([...inFile, ...ours])
  return [...rates].flatMap(([key, rate]) => {
    const row = inFile.get(key)
    const own = ours.get(key)
    const label = `VAT ${rate.category} ${toDecimalString(rate.rateE6, digits.percent)} %`
    const taxable = row === undefined ? null : amount(row.taxableE4)
    const tax = row === undefined ? null : amount(row.taxE4)
    return [
      comparison('BT-116', `${label}: taxable amount`, taxable, own?.taxableE4 ?? null, () =>
        taxableReason(invoice, key, taxable),
      ),
      comparison('BT-117', `${label}: tax`, tax, own?.taxE4 ?? null, () => taxReason(invoice, key, row)),
    ]
  })
}

function taxableReason(invoice: EInvoice, key: string, taxable: Amount | null): DifferenceReason {
  const lines = invoice.lines.filter((line) => rateKey(line.tax) === key).map((line) => line.netE4)
  const adjustments = invoice.adjustments
    .filter((entry) => rateKey(entry.tax) === key)
    .map((entry) => (entry.kind === 'charge' ? entry.amountE4 : -entry.amountE4))
  if (lines.length + adjustments.length === 0) {
    return { kind: 'arithmetic', text: 'no line, allowance or charge of the file has this category and rate' }
  }
  if (taxable === null) return { kind: 'arithmetic', text: 'the breakdown of the file has no row for it' }
  return addsUp(total([...lines, ...adjustments]), taxable, 'its lines, allowances and charges of this rate')
}

function taxReason(invoice: EInvoice, key: string, row: FileRow | undefined): DifferenceReason {
  if (row === undefined) return { kind: 'arithmetic', text: 'the breakdown of the file has no row for it' }
  const places = toDocumentInput(invoice).minorUnits
  const taxOn = (base: bigint) => percentOfAmount(amount(base), row.rateE6, places, 'half-up')
  const expected = taxOn(row.taxableE4)
  if (expected === row.taxE4) return { kind: 'carried', text: 'it follows from the taxable amount' }
  const byLine = total(invoice.lines.filter((line) => rateKey(line.tax) === key).map((line) => taxOn(line.netE4)))
  if (byLine === row.taxE4) {
    return { kind: 'rounding', text: `rounded on each line; once for the rate it is ${figure(expected)}` }
  }
  const step = 10n ** BigInt(digits.amount - places)
  const rounding = distance(expected, row.taxE4) <= step || isRoundedAsFile(decimalsUsed(invoice), expected, row.taxE4)
  const text = `its taxable amount at its rate gives ${figure(expected)}`
  return { kind: rounding ? 'rounding' : 'arithmetic', text }
}

function addsUp(expected: bigint, inFile: bigint | null, parts: string): DifferenceReason {
  return expected === (inFile ?? 0n)
    ? { kind: 'carried', text: `it is what ${parts} make` }
    : { kind: 'arithmetic', text: `${parts} make ${figure(expected)}` }
}

function compareDocument(invoice: EInvoice, ours: DocumentTotals): TotalComparison[] {
  const { totals: file, lines, adjustments, taxes } = invoice
  const of = (kind: 'allowance' | 'charge') =>
    total(adjustments.filter((entry) => entry.kind === kind).map((entry) => entry.amountE4))
  const net = file.lineNetE4 - (file.allowanceE4 ?? 0n) + (file.chargeE4 ?? 0n)
  const row = (term: string, label: string, inFile: Amount | null, own: Amount, expected: bigint, parts: string) =>
    comparison(term, label, inFile, own, () => addsUp(expected, inFile, parts))
  return [
    row('BT-106', 'Sum of lines', file.lineNetE4, ours.lineNetE4, total(lines.map((l) => l.netE4)), 'its lines'),
    row('BT-107', 'Allowances', file.allowanceE4, ours.allowanceE4, of('allowance'), 'its allowances'),
    row('BT-108', 'Charges', file.chargeE4, ours.chargeE4, of('charge'), 'its charges'),
    row('BT-109', 'Total without VAT', file.netE4, ours.netE4, net, 'its lines, allowances and charges'),
    row('BT-110', 'VAT', file.taxE4, ours.taxE4, total(taxes.map((t) => t.taxE4)), 'its VAT rows'),
    row('BT-112', 'Total with VAT', file.totalE4, ours.totalE4, file.netE4 + (file.taxE4 ?? 0n), 'its net and VAT'),
    row('BT-113', 'Paid', file.prepaidE4, ours.prepaidE4, file.prepaidE4 ?? 0n, 'its payments'),
    row('BT-114', 'Rounding', file.roundingE4, ours.roundingE4, file.roundingE4 ?? 0n, 'its rounding'),
    comparison('BT-115', 'Amount due', file.payableE4, ours.payableE4, () => payableReason(invoice)),
  ]
}

function payableReason({ totals, thirdPartyPayments }: EInvoice): DifferenceReason {
  const due = totals.totalE4 - (totals.prepaidE4 ?? 0n) + (totals.roundingE4 ?? 0n)
  const forOthers = total(thirdPartyPayments.map((payment) => payment.amountE4))
  if (forOthers !== 0n && due + forOthers === totals.payableE4) {
    const text = `it includes ${figure(forOthers)} collected for third parties (XRechnung extension BG-DEX-09)`
    return { kind: 'extension', text }
  }
  return addsUp(due, totals.payableE4, 'its total, payments and rounding')
}

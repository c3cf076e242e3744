import type { EInvoiceFormat } from '../../../shared/documents/einvoice-formats.ts'
import { checkTaxId } from '../../../shared/tax/ids/index.ts'
import type { FieldKey, Finding, Severity } from '../rules/finding.ts'
import { singleTax } from './from-taxes.ts'
import type { EInvoiceSource } from './source.ts'

const found = (
  rule: string,
  message: string,
  field: FieldKey,
  term: string,
  severity: Severity = 'fatal',
): Finding => ({ rule, severity, message, location: { path: '', line: 0 }, term, field })

const ofLines = ({ content }: EInvoiceSource): Finding[] =>
  content.lines.flatMap((line, at) => {
    if (singleTax(line) !== null) return []
    const field: FieldKey = `lines[${at}].taxes`
    const message =
      line.taxes.length === 0
        ? `Line ${at + 1}: It has no tax. Choose one: in an e-invoice every line has a VAT category, also where none is charged.`
        : `Line ${at + 1}: It has ${line.taxes.length} taxes, but a line of an e-invoice has one VAT and no other tax. Leave one.`
    return [found(line.taxes.length === 0 ? 'CF-TAX-NONE' : 'CF-TAX-MANY', message, field, 'BT-151')]
  })

const ofAdjustments = ({ content, totals }: EInvoiceSource): Finding[] =>
  content.adjustments.flatMap((adjustment, at) => {
    const shares = totals.adjustments[at]?.shares ?? []
    if (shares.every((share) => share.amountE4 === 0n || share.taxes.length === 1)) return []
    // Spread over the lines, it has no tax where they have none: the lines tell that already.
    if (adjustment.taxes === null) return []
    const what = adjustment.kind === 'charge' ? 'charge' : 'discount'
    const message = `The ${what} on the whole document does not fall on one tax. Spread it over the lines, or choose its tax.`
    return [found('CF-ADJUSTMENT-TAX', message, `adjustments[${at}].taxes`, 'BT-95')]
  })

const ofVatIds = (party: 'seller' | 'buyer', vatId: string | null): Finding[] => {
  if (vatId === null) return []
  const checked = checkTaxId('VAT', vatId)
  // A number without the letters of its country is told by BR-CO-09.
  if (checked.ok || !/^[A-Z]{2}/.test(vatId)) return []
  const message = `The VAT number of the ${party}, ${vatId}, does not pass its check. ${checked.problem}`
  return [found('CF-VAT-ID', message, `${party}.vatId`, party === 'seller' ? 'BT-31' : 'BT-48', 'warning')]
}

const ofBasic = ({ totals }: EInvoiceSource): Finding[] =>
  totals.roundingE4 === 0n
    ? []
    : [
        found(
          'CF-BASIC-ROUNDING',
          'The amount due is rounded, which the Basic level of Factur-X cannot say. Choose the full Factur-X.',
          'totals.rounding',
          'BT-114',
        ),
      ]

type Parties = { readonly seller: { vatId: string | null }; readonly buyer: { vatId: string | null } }

/** What keeps a document from being an e-invoice before any rule is asked: what the standard has no words for. */
export const problemsOf = (source: EInvoiceSource, format: EInvoiceFormat, parties: Parties): readonly Finding[] => [
  ...ofLines(source),
  ...ofAdjustments(source),
  ...(format === 'facturx-basic' ? ofBasic(source) : []),
  ...ofVatIds('seller', parties.seller.vatId),
  ...ofVatIds('buyer', parties.buyer.vatId),
]

// Rules on taxes and sums: with a tax that is not known they only repeat that.
const aboutTaxes = /^BR-(S|Z|E|AE|IC|G|O|AF|AG|B)-|^BR-CO-1\d|^BR-4[5-8]$|^CF-VAT-EXACT$|^PEPPOL-EN16931-R(05|12)/

/** The findings of the rules beside what was found before: without those that follow from an unknown tax. */
export const besides = (problems: readonly Finding[], findings: readonly Finding[]): readonly Finding[] =>
  problems.some(({ rule }) => /^CF-(TAX|ADJUSTMENT)-/.test(rule))
    ? findings.filter(({ rule }) => !aboutTaxes.test(rule))
    : findings

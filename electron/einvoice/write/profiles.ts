import type { EInvoiceFormat } from '../../../shared/documents/einvoice-formats.ts'
import type { EInvoiceProfile } from '../rules/finding.ts'

/** What makes a form of e-invoice: its syntax, what it says of itself, and the rules that it is judged by. */
export type FormatProfile = {
  readonly syntax: 'ubl' | 'cii'
  readonly rules: EInvoiceProfile
  /** BT-24 */
  readonly specification: string
  /** BT-23 */
  readonly process: string | null
  /** Conformance level of a PDF with the data inside; null for a file of XML. */
  readonly pdfLevel: 'BASIC' | 'EN 16931' | null
}

const standard = 'urn:cen.eu:en16931:2017'
const billing = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'
const xrechnung = `${standard}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0`

const profile = (
  syntax: 'ubl' | 'cii',
  rules: EInvoiceProfile,
  specification: string,
  process: string | null = null,
  pdfLevel: FormatProfile['pdfLevel'] = null,
): FormatProfile => ({ syntax, rules, specification, process, pdfLevel })

/** Sources: EN 16931-1 BT-23 and BT-24, XRechnung 3.0, Peppol BIS Billing 3.0, Factur-X 1.0. */
export const formatProfiles: Readonly<Record<EInvoiceFormat, FormatProfile>> = {
  'xrechnung-ubl': profile('ubl', 'xrechnung', xrechnung, billing),
  'xrechnung-cii': profile('cii', 'xrechnung', xrechnung, billing),
  'peppol-ubl': profile('ubl', 'peppol', `${standard}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0`, billing),
  facturx: profile('cii', 'en16931', standard, null, 'EN 16931'),
  'facturx-basic': profile('cii', 'en16931', `${standard}#compliant#urn:factur-x.eu:1p0:basic`, null, 'BASIC'),
  'en16931-ubl': profile('ubl', 'en16931', standard),
  'en16931-cii': profile('cii', 'en16931', standard),
}

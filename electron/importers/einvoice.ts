import type { EInvoice, EInvoiceSyntax } from '../../shared/documents/einvoice.ts'
import { readCii } from './einvoice-cii.ts'
import { EInvoiceError, refuse } from './einvoice-fields.ts'
import { readUbl } from './einvoice-ubl.ts'
import { readXml, type XmlElement, XmlError, type XmlLimits, xmlLimits } from './xml.ts'

const roots: ReadonlyMap<string, EInvoiceSyntax> = new Map([
  ['{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice', 'ubl-invoice'],
  ['{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote', 'ubl-creditnote'],
  ['{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice', 'cii'],
])

/**
 * Reads an electronic invoice (UBL 2.1 Invoice or CreditNote, UN/CEFACT CII) from text or bytes. All amounts are exact.
 * Throws EInvoiceError, with the path and line of the element, for anything that cannot be read in full.
 */
export function parseEInvoice(xml: string | Uint8Array, limits: XmlLimits = xmlLimits): EInvoice {
  try {
    const root = readXml(xml, limits)
    const syntax = syntaxOf(root)
    return syntax === 'cii' ? readCii(root) : readUbl(root, syntax)
  } catch (error) {
    if (error instanceof XmlError && !(error instanceof EInvoiceError)) {
      throw new EInvoiceError(error.path, error.line, error.detail)
    }
    throw error
  }
}

function syntaxOf(root: XmlElement): EInvoiceSyntax {
  const syntax = roots.get(`{${root.namespace}}${root.name}`)
  if (syntax !== undefined) return syntax
  if (root.name === 'CrossIndustryDocument') {
    refuse(root, 'this is ZUGFeRD 1, which is too old: ask the sender for ZUGFeRD 2, Factur-X or XRechnung')
  }
  const named = root.namespace === '' ? 'no namespace' : `the namespace ${root.namespace}`
  return refuse(
    root,
    `<${root.tag}> in ${named} is not an invoice: UBL 2.1 Invoice or CreditNote, or CII CrossIndustryInvoice, is expected`,
  )
}

import type { EInvoiceFormat } from '../../../shared/documents/einvoice-formats.ts'
import { embedFacturX } from './facturx.ts'
import { type EInvoiceXml, makeEInvoice } from './make.ts'
import { formatProfiles } from './profiles.ts'
import type { EInvoiceSource } from './source.ts'

export type MakeTask = { readonly source: EInvoiceSource; readonly format: EInvoiceFormat }
export type EmbedTask = { readonly pdf: Uint8Array; readonly xml: string; readonly format: EInvoiceFormat }

/** What a worker runs: writes a document and judges it. */
export const makeTask = ({ source, format }: MakeTask): EInvoiceXml => makeEInvoice(source, format)

/** What a worker runs: puts the XML into a PDF. */
export const embedTask = ({ pdf, xml, format }: EmbedTask): Promise<Uint8Array> =>
  embedFacturX(pdf, new TextEncoder().encode(xml), formatProfiles[format].pdfLevel ?? 'EN 16931')

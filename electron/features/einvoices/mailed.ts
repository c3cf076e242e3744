import type { EInvoiceFormat } from '../../../shared/documents/einvoice-formats.ts'
import type { DocumentKind } from '../../documents/tables.ts'
import type { Engines } from '../../engines.ts'
import type { Db } from '../../rpc/context.ts'
import { type EInvoiceFile, fileOf } from './file.ts'
import { findSource } from './source.ts'

export type MailedEInvoice = EInvoiceFile & { readonly format: EInvoiceFormat }

/**
 * The e-invoice that goes with an issued document, in the form that its client takes: one with the name of the
 * document's PDF goes in its place. null where the client takes none; not valid where it breaks a rule, and stays.
 */
export const mailedEInvoice = async (
  db: Db,
  engines: Engines,
  { kind, id, organizationId }: { readonly kind: DocumentKind; readonly id: string; readonly organizationId: string },
  signal?: AbortSignal,
): Promise<MailedEInvoice | null> => {
  if (kind === 'quote') return null
  const found = await findSource(db, organizationId, kind, id)
  const format = found.client?.einvoiceFormat ?? null
  if (format === null || found.head.issuedAt === null || found.head.voidedAt !== null) return null
  return { ...(await fileOf(db, engines, found, format, signal)), format }
}

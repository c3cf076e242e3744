import type { Selectable } from 'kysely'
import type { InvoiceTable } from '../../../db/tables/invoices.ts'
import { notFound } from '../../../shared/errors.ts'
import type { Engines } from '../../engines.ts'
import type { RunSystemCommand } from '../../jobs/runner.ts'
import type { Db } from '../../rpc/context.ts'
import { printableOf } from './printable.ts'

export type InvoicePdf = { readonly pdf: Uint8Array; readonly fileName: string }

const fileNameOf = (invoice: Selectable<InvoiceTable>) =>
  `${(invoice.number ?? 'draft').replace(/[^\p{L}\p{N}._-]+/gu, '-')}.pdf`

/** The PDF of an invoice: the kept one where there is one, else rendered now; a void one carries its mark. */
export const invoicePdf = async (
  db: Db,
  engines: Engines,
  invoice: Selectable<InvoiceTable>,
  signal?: AbortSignal,
): Promise<InvoicePdf> => {
  const fileName = fileNameOf(invoice)
  if (invoice.pdfSha256 !== null && invoice.voidedAt === null)
    return { pdf: await engines.files.get(invoice.pdfSha256), fileName }
  return { pdf: await engines.pdf.render(await printableOf(db, engines.files, invoice), signal), fileName }
}

export type EnsureInvoicePdf = (invoiceId: string) => Promise<{ sha256: string; bytes: Uint8Array; fileName: string }>

/** Makes the function that keeps the PDF of an issued invoice by its hash, once; later calls give the kept one. */
export const createEnsureInvoicePdf =
  (parts: {
    readonly db: Db
    readonly engines: Engines
    readonly runSystemCommand: RunSystemCommand
  }): EnsureInvoicePdf =>
  async (invoiceId) => {
    const { db, engines, runSystemCommand } = parts
    const invoice = await db.selectFrom('invoices').selectAll().where('id', '=', invoiceId).executeTakeFirst()
    if (invoice === undefined || invoice.issuedAt === null) throw notFound('issued invoice', invoiceId)
    // What is kept is the document as it was issued, also when it was made void before its PDF was drawn.
    const { pdf, fileName } = await invoicePdf(db, engines, { ...invoice, voidedAt: null })
    if (invoice.pdfSha256 !== null) return { sha256: invoice.pdfSha256, bytes: pdf, fileName }
    const sha256 = await engines.files.put(pdf)
    await runSystemCommand(
      { name: 'jobs.invoice.pdf', organizationId: invoice.organizationId, entities: ['invoices'] },
      async ({ trx, now }) => {
        await trx
          .updateTable('invoices')
          .set({ pdfSha256: sha256, updatedAt: now })
          .where('id', '=', invoiceId)
          .where('pdfSha256', 'is', null)
          .execute()
      },
    )
    return { sha256, bytes: pdf, fileName }
  }

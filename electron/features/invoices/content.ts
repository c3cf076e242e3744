import type { Selectable } from 'kysely'
import type { InvoiceTable } from '../../../db/tables/invoices.ts'
import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import { adjustmentsOf, headContent, lineContent, linesOf } from '../../documents/content.ts'
import type { Db, Trx } from '../../rpc/context.ts'

/** What a person wrote on an invoice, read back from its rows. */
export const contentOf = async (db: Db | Trx, invoice: Selectable<InvoiceTable>): Promise<InvoiceContent> => ({
  ...headContent(invoice),
  dueOn: invoice.dueOn,
  paymentTermsDays: invoice.paymentTermsDays,
  prepaidE4: invoice.prepaidE4,
  lines: (await linesOf(db, 'invoice', invoice.id)).map(lineContent),
  adjustments: await adjustmentsOf(db, 'invoice', invoice.id),
})

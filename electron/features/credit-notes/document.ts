import { z } from 'zod'
import { readJson, toJson } from '../../../db/json.ts'
import { type CreditNoteContent, mirroredTaxSchema } from '../../../shared/contract/credit-notes.ts'
import { calculateDocument } from '../../../shared/documents/calculate.ts'
import { documentInputOf } from '../../../shared/documents/from-content.ts'
import type { PrintableDocument } from '../../../shared/documents/printable.ts'
import { adjustmentsOf, headContent, lineContent, linesOf } from '../../documents/content.ts'
import type { DocumentSpec } from '../../documents/kind.ts'
import type { HeadRow } from '../../documents/tables.ts'
import type { Db, Trx } from '../../rpc/context.ts'
import { creditWordsIn } from './words.ts'

const mirroredTaxesSchema = z.array(mirroredTaxSchema)

/** What a person wrote on a credit note, read back from its rows. */
export const creditContentOf = async (
  db: Db | Trx,
  creditNote: HeadRow<'credit-note'>,
): Promise<CreditNoteContent> => ({
  ...headContent(creditNote),
  invoiceId: creditNote.invoiceId,
  reason: creditNote.reason,
  mirroredTaxes: creditNote.mirroredTaxes === null ? null : readJson(mirroredTaxesSchema, creditNote.mirroredTaxes),
  lines: (await linesOf(db, 'credit-note', creditNote.id)).map((line) => ({
    ...lineContent(line),
    invoiceLineId: line.invoiceLineId,
  })),
  adjustments: await adjustmentsOf(db, 'credit-note', creditNote.id),
})

const print = async (db: Db, base: PrintableDocument, content: CreditNoteContent): Promise<PrintableDocument> => {
  const { invoiceId, reason, language } = content
  const invoice =
    invoiceId === null
      ? undefined
      : await db.selectFrom('invoices').select(['number', 'issuedOn']).where('id', '=', invoiceId).executeTakeFirst()
  const words = creditWordsIn(language)
  return {
    ...base,
    blocks: [...(reason === null ? [] : [{ heading: words.reason, text: reason }]), ...base.blocks],
    original: invoice === undefined ? null : { number: invoice.number ?? '', issuedOn: invoice.issuedOn },
  }
}

/** Credit notes as a kind of document. */
export const creditNoteDocument: DocumentSpec<'credit-note', CreditNoteContent> = {
  kind: 'credit-note',
  contentOf: creditContentOf,
  headColumns: ({ invoiceId, reason, mirroredTaxes }) => ({
    invoiceId,
    reason,
    mirroredTaxes: mirroredTaxes === null ? null : toJson(mirroredTaxes),
  }),
  newColumns: {},
  lineColumns: ({ invoiceLineId }) => ({ invoiceLineId }),
  calculate: (content, rounding) => calculateDocument(documentInputOf(content, rounding)),
  problemsOf: () => ({}),
  print,
}

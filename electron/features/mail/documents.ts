import { linkPayload } from '../../../shared/documents/payment-qr.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { keptPaper } from '../../documents/paper.ts'
import { type DocumentPdf, pdfOf } from '../../documents/pdf.ts'
import { type DocumentKind, type SharedHead, wordFor } from '../../documents/tables.ts'
import type { Engines } from '../../engines.ts'
import type { TemplateValues } from '../../mail/template.ts'
import { figuresFor } from '../../pdf/figures.ts'
import type { Db, Trx } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { creditNoteDocument } from '../credit-notes/document.ts'
import { invoiceDocument } from '../invoices/document.ts'
import { quoteDocument } from '../quotes/document.ts'

/** A document as a message brings it. */
export type MailedDocument = {
  readonly head: SharedHead
  /** Its own variables, worded as the paper words them. */
  readonly values: TemplateValues
  readonly pdf: (reader: Db, engines: Engines, signal: AbortSignal | undefined) => Promise<DocumentPdf>
}

const wordsOf = (head: SharedHead) => {
  const figures = figuresFor(head.language, head.currency, head.minorUnits)
  return { figures, day: (date: string | null) => (date === null ? '' : figures.date(date)) }
}

// The address that the paper shows, for what is still to pay.
const linkOf = (
  { extra, number, currency }: Pick<SharedHead, 'extra' | 'number' | 'currency'>,
  amountE4: Amount,
): string => {
  const template = keptPaper(extra)?.paidTo?.linkTemplate ?? null
  if (template === null || number === null || amountE4 <= 0n) return ''
  const link = linkPayload({ template, number, amountE4, currency })
  return link.ok ? link.text : ''
}

const invoiceOf = async (db: Db | Trx, organizationId: string, id: string): Promise<MailedDocument> => {
  const row = await getRow(db, 'invoices', organizationId, id, 'invoice')
  const { figures, day } = wordsOf(row)
  return {
    head: row,
    values: {
      'invoice.number': row.number ?? '',
      'invoice.issuedOn': day(row.issuedOn),
      'invoice.dueOn': day(row.dueOn),
      'invoice.total': figures.money(row.totalE4),
      'invoice.paid': row.paidE4 === 0n ? '' : figures.money(row.paidE4),
      'invoice.balance': figures.money(row.issuedAt === null ? row.payableE4 : row.openE4),
      'invoice.reference': row.reference ?? '',
      'invoice.paymentLink': linkOf(row, row.issuedAt === null ? row.payableE4 : row.openE4),
    },
    pdf: (reader, engines, signal) => pdfOf(reader, engines, invoiceDocument, row, signal),
  }
}

const quoteOf = async (db: Db | Trx, organizationId: string, id: string): Promise<MailedDocument> => {
  const row = await getRow(db, 'quotes', organizationId, id, 'quote')
  const { figures, day } = wordsOf(row)
  return {
    head: row,
    values: {
      'quote.number': row.number ?? '',
      'quote.issuedOn': day(row.issuedOn),
      'quote.validUntil': day(row.validUntil),
      'quote.total': figures.money(row.payableE4),
      'quote.reference': row.reference ?? '',
    },
    pdf: (reader, engines, signal) => pdfOf(reader, engines, quoteDocument, row, signal),
  }
}

const creditNoteOf = async (db: Db | Trx, organizationId: string, id: string): Promise<MailedDocument> => {
  const row = await getRow(db, 'creditNotes', organizationId, id, 'credit note')
  const { figures, day } = wordsOf(row)
  const invoice = row.invoiceId === null ? null : await getRow(db, 'invoices', organizationId, row.invoiceId, 'invoice')
  return {
    head: row,
    values: {
      'creditNote.number': row.number ?? '',
      'creditNote.issuedOn': day(row.issuedOn),
      'creditNote.total': figures.money(row.totalE4),
      'creditNote.invoiceNumber': invoice?.number ?? '',
      'creditNote.reason': row.reason ?? '',
      'creditNote.reference': row.reference ?? '',
    },
    pdf: (reader, engines, signal) => pdfOf(reader, engines, creditNoteDocument, row, signal),
  }
}

/** The live document of a kind with what a message says of it; AppError NOT_FOUND. */
export const mailedDocument = (
  db: Db | Trx,
  organizationId: string,
  kind: DocumentKind,
  id: string,
): Promise<MailedDocument> => {
  switch (kind) {
    case 'invoice':
      return invoiceOf(db, organizationId, id)
    case 'quote':
      return quoteOf(db, organizationId, id)
    case 'credit-note':
      return creditNoteOf(db, organizationId, id)
  }
}

/** Why a document cannot be sent by mail, in words; null when its own state allows it. */
export const documentObstacle = (
  kind: DocumentKind,
  head: Pick<SharedHead, 'voidedAt' | 'issuedAt'>,
): string | null => {
  if (head.voidedAt !== null) return `This ${wordFor(kind)} is void and is not sent any more.`
  if (head.issuedAt === null)
    return 'This is a draft. Issue it first: that gives it the number under which it goes out.'
  return null
}

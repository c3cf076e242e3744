import { eInvoiceFormatFacts, eInvoiceFormats } from '../../shared/documents/einvoice-formats.ts'
import { AppError } from '../../shared/errors.ts'
import { titleFor, wordFor } from '../documents/tables.ts'
import { isSendable } from '../einvoice/write/make.ts'
import type { Handlers } from '../rpc/context.ts'
import { fileOf } from './einvoices/file.ts'
import { type FoundDocument, findSource } from './einvoices/source.ts'
import { shownFinding } from './einvoices/targets.ts'

const assertLeaves = ({ head, kind }: FoundDocument) => {
  if (head.issuedAt === null) {
    throw new AppError('INVALID_STATE', `This ${wordFor(kind)} is a draft. Issue it first: that gives it its number.`)
  }
  if (head.voidedAt !== null) {
    throw new AppError('INVALID_STATE', `${titleFor(kind)} ${head.number ?? ''} is void and does not go out any more.`)
  }
}

/** Invoices and credit notes as e-invoices: judged on this device before they leave. */
export const eInvoices: Handlers<'eInvoices'> = {
  formats: () => Promise.resolve(eInvoiceFormats.map((format) => ({ format, ...eInvoiceFormatFacts[format] }))),

  check: async ({ db, engines, organizationId }, { entity, id, format: asked }) => {
    const found = await findSource(db, organizationId, entity, id)
    const clientFormat = found.client?.einvoiceFormat ?? null
    const format = asked ?? clientFormat
    const clientId = found.head.clientId
    if (format === null) return { format, clientFormat, clientId, isValid: true, findings: [] }
    const { findings } = await engines.einvoiceMaker.make(found.source, format)
    const isIssued = found.head.issuedAt !== null
    return {
      format,
      clientFormat,
      clientId,
      isValid: isSendable(findings),
      findings: findings.map((finding) => shownFinding(finding, isIssued)),
    }
  },

  export: async ({ db, engines, organizationId, signal }, { entity, id, format, evenIfInvalid }) => {
    const found = await findSource(db, organizationId, entity, id)
    assertLeaves(found)
    const file = await fileOf(db, engines, found, format, signal)
    if (file.isValid || evenIfInvalid) return file
    const { label } = eInvoiceFormatFacts[format]
    throw new AppError(
      'INVALID_STATE',
      `${titleFor(entity)} ${found.head.number ?? ''} breaks rules of ${label}: receivers would reject it. Check it first.`,
    )
  },
}

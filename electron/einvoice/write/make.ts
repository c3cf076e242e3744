import type { EInvoice } from '../../../shared/documents/einvoice.ts'
import type { EInvoiceFormat } from '../../../shared/documents/einvoice-formats.ts'
import type { FieldKey, Finding } from '../rules/finding.ts'
import { validateEInvoice } from '../rules/validate.ts'
import { basicOf } from './basic.ts'
import { writeCii } from './cii.ts'
import { einvoiceFrom, type MadeEInvoice } from './from-document.ts'
import { besides, problemsOf } from './problems.ts'
import { formatProfiles } from './profiles.ts'
import type { EInvoiceSource } from './source.ts'
import { writeUbl } from './ubl.ts'

export type EInvoiceXml = { readonly xml: string; readonly findings: readonly Finding[] }

// An allowance that falls on several taxes is several in the file: findings name the document's own.
const ownAdjustment = (field: FieldKey, adjustmentOf: readonly number[]): FieldKey => {
  const [, at, rest = ''] = /^adjustments\[(\d+)\](.*)$/.exec(field) ?? []
  const own = at === undefined ? undefined : adjustmentOf[Number(at)]
  // The rest is what it was, so it is a field of an adjustment as before.
  return own === undefined ? field : (`adjustments[${own}]${rest}` as FieldKey)
}

// A row of the breakdown is written nowhere: it comes from the lines that have its tax.
const lineOfRow = (field: FieldKey, { taxes, lines }: EInvoice): FieldKey => {
  const [, at] = /^taxes\[(\d+)\]/.exec(field) ?? []
  const row = at === undefined ? undefined : taxes[Number(at)]
  const line = lines.findIndex(({ tax }) => tax.category === row?.category && (tax.rateE6 ?? 0n) === (row.rateE6 ?? 0n))
  return line < 0 ? field : `lines[${line}].taxes`
}

// A unit is an attribute of its quantity, and a field of its own to write.
const unitField = (field: FieldKey): FieldKey =>
  // With another last word it is a field of a line as before.
  field.replace(/\.quantity$/, '.unit') as FieldKey

const ownField = ({ rule, field }: Finding, { invoice, adjustmentOf }: MadeEInvoice): FieldKey =>
  rule === 'BR-CL-23' ? unitField(field) : lineOfRow(ownAdjustment(field, adjustmentOf), invoice)

const isFatal = ({ severity }: Finding): boolean => severity === 'fatal'

/** Whether nothing in the findings keeps an e-invoice from going out. */
export const isSendable = (findings: readonly Finding[]): boolean => !findings.some(isFatal)

/** A document as XML of a form, and every rule that it breaks; fatal ones first. */
export const makeEInvoice = (source: EInvoiceSource, format: EInvoiceFormat): EInvoiceXml => {
  const profile = formatProfiles[format]
  const made = einvoiceFrom(source, profile)
  const invoice = profile.pdfLevel === 'BASIC' ? basicOf(made.invoice) : made.invoice
  const problems = problemsOf(source, format, made.invoice)
  const xml = profile.syntax === 'ubl' ? writeUbl(invoice) : writeCii(invoice)
  const broken = besides(problems, validateEInvoice(xml, profile.rules)).map((finding) => ({
    ...finding,
    field: ownField(finding, made),
  }))
  const all = [...problems, ...broken]
  return { xml, findings: [...all.filter(isFatal), ...all.filter((finding) => !isFatal(finding))] }
}

import { type InvoiceContent, invoiceContentSchema } from '../../../shared/contract/invoices.ts'
import type { RecurringInvoiceInput } from '../../../shared/contract/recurring-invoices.ts'
import { withPeriodTokens } from '../../../shared/documents/period-content.ts'
import { zero } from '../../../shared/money/scaled.ts'
import type { ApiOutput } from '../../app/queries.ts'
import type { DocumentContent } from '../../documents/document-content.ts'
import { newId } from '../../ids.ts'
import type { ScheduleFields } from './rhythm.ts'

export type Schedule = ApiOutput<'recurringInvoices', 'get'>

/** What the page of a schedule edits: how it repeats, and what it writes. */
export type ScheduleDraft = { readonly fields: ScheduleFields; readonly content: DocumentContent }

/** The content as a schedule keeps it: every date comes from the period. */
export const scheduledContent = (content: DocumentContent, startsOn: string): InvoiceContent => ({
  ...content,
  issuedOn: startsOn,
  dueOn: null,
  supplyFrom: null,
  supplyTo: null,
  paymentTermsDays: content.paymentTermsDays ?? null,
  prepaidE4: zero,
})

/** What is edited of a stored schedule. */
export const draftOf = (schedule: Schedule): ScheduleDraft => ({
  fields: {
    name: schedule.name,
    unit: schedule.unit,
    every: schedule.every,
    anchor: schedule.anchor,
    startsOn: schedule.startsOn,
    endsOn: schedule.endsOn,
    count: schedule.count,
    action: schedule.action,
    prices: schedule.prices,
    catchUp: schedule.catchUp,
  },
  content: schedule.content,
})

/** The values that go to the core. */
export const valuesOf = ({ fields, content }: ScheduleDraft): RecurringInvoiceInput => ({
  ...fields,
  content: invoiceContentSchema.parse(scheduledContent(content, fields.startsOn)),
})

/** A schedule that begins: monthly, as drafts until somebody trusts it with more. */
export const newFields = (startsOn: string, name: string): ScheduleFields => ({
  name,
  unit: 'month',
  every: 1,
  anchor: 'same-day',
  startsOn,
  endsOn: null,
  count: null,
  action: 'draft',
  prices: 'fixed',
  catchUp: 'ask',
})

/** What an invoice becomes as the content of a schedule: lines of its own, and tokens where it names its month or year. */
export const contentFromInvoice = (invoice: InvoiceContent): InvoiceContent => {
  const fill = (text: string) => withPeriodTokens(text, invoice.issuedOn, invoice.language) ?? text
  const fillOptional = (text: string | null) => (text === null ? null : fill(text))
  return {
    ...scheduledContent(invoice, invoice.issuedOn),
    dueOn: null,
    prepaidE4: zero,
    roundingAmountE4: null,
    notes: fillOptional(invoice.notes),
    lines: invoice.lines.map((line) => ({
      ...line,
      id: newId(),
      name: fill(line.name),
      description: fillOptional(line.description),
    })),
    adjustments: invoice.adjustments.map((adjustment) => ({ ...adjustment, id: newId() })),
  }
}

const plain = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part))

/** Whether two drafts say the same. */
export const isSameDraft = (one: ScheduleDraft, other: ScheduleDraft): boolean =>
  (one.content === other.content || plain(one.content) === plain(other.content)) &&
  plain(one.fields) === plain(other.fields)

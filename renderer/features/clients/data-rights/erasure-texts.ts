import type { ApiOutput } from '../../../app/queries.ts'

export type Preview = ApiOutput<'dataRights', 'previewErasure'>
export type AskedBy = ApiOutput<'dataRights', 'erase'>['askedBy']

export const askers: readonly { readonly value: AskedBy; readonly label: string }[] = [
  { value: 'person', label: 'The person' },
  { value: 'representative', label: 'Somebody for the person' },
  { value: 'authority', label: 'An authority' },
  { value: 'business', label: 'We ourselves' },
]

const many = (count: number, one: string, more: string) => (count === 0 ? [] : [`${count} ${count === 1 ? one : more}`])

/** What an erasure takes away, a line each. */
export const goesInWords = ({ counts, waitingMessages }: Preview): string[] => [
  'Name, addresses, e-mail, phone, tax numbers and summary',
  ...many(counts.contacts, 'contact', 'contacts'),
  ...many(counts.notes, 'note', 'notes'),
  ...many(counts.files, 'file', 'files'),
  ...many(counts.drafts, 'draft', 'drafts'),
  ...many(counts.recurring, 'recurring invoice, which ends', 'recurring invoices, which end'),
  ...many(counts.messages, 'message: its words and addresses', 'messages: their words and addresses'),
  ...many(waitingMessages, 'message that waits is not sent', 'messages that wait are not sent'),
  ...many(counts.rules, 'rule learned from the bank', 'rules learned from the bank'),
  ...many(counts.expired, 'document past its time: the name on it', 'documents past their time: the names on them'),
  'What was said of the client in the timeline, the search and the record of changes',
]

const kinds: Readonly<Record<Preview['kept'][number]['kind'], readonly [string, string]>> = {
  invoice: ['invoice', 'invoices'],
  'credit-note': ['credit note', 'credit notes'],
  quote: ['quote', 'quotes'],
  payment: ['payment', 'payments'],
  refund: ['refund', 'refunds'],
}

/** What the law keeps, a line each, with the day from which it can go. */
export const staysInWords = ({ kept }: Preview, day: (date: string) => string): string[] =>
  kept.map(({ kind, count, freeFrom }) => `${count} ${kinds[kind][count === 1 ? 0 : 1]}, until ${day(freeFrom)}`)

/** The rule in words: `8 years from the end of the calendar year`. */
export const ruleInWords = ({ rule }: Preview): string =>
  `${rule.years} years from the end of the ${rule.from === 'calendar-year' ? 'calendar year' : 'fiscal year'} (${rule.source})`

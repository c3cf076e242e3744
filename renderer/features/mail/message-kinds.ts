import type { MessageKind } from '../../../shared/contract/mail.ts'

/** What each kind of message is called. */
export const kindNames: Readonly<Record<MessageKind, string>> = {
  invoice: 'Invoice',
  quote: 'Quote',
  'credit-note': 'Credit note',
  'reminder-friendly': 'Friendly reminder',
  'reminder-firm': 'Firm reminder',
  'reminder-final': 'Final reminder',
  statement: 'Statement',
}

/** The kinds in the order in which they are offered, in groups. */
export const kindGroups: readonly { readonly title: string; readonly kinds: readonly MessageKind[] }[] = [
  { title: 'Documents', kinds: ['invoice', 'quote', 'credit-note'] },
  { title: 'Reminders', kinds: ['reminder-friendly', 'reminder-firm', 'reminder-final'] },
  { title: 'Accounts', kinds: ['statement'] },
]

/** The name of a kind that a row carries as plain text. */
export const kindName = (kind: string): string =>
  Object.entries(kindNames).find(([known]) => known === kind)?.[1] ?? kind

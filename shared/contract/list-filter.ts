import { z } from 'zod'

/** How a condition compares; which of them a field takes follows from its kind. */
export const filterOperators = [
  'is',
  'is-not',
  'contains',
  'begins-with',
  'less',
  'at-most',
  'more',
  'at-least',
  'is-empty',
  'is-not-empty',
] as const
export type FilterOperator = (typeof filterOperators)[number]

const conditionSchema = z.object({
  field: z.string().regex(/^[a-zA-Z]{1,40}$/, 'Not a field.'),
  operator: z.enum(filterOperators),
  /** As typed: a decimal, a date YYYY-MM-DD, a word or an id; `today` and `today-30` count from today. */
  value: z.string().max(200).default(''),
})
export type FilterCondition = z.output<typeof conditionSchema>

const groupSchema = z.object({
  /** Whether all conditions must hold, or one of them. */
  match: z.enum(['all', 'any']),
  conditions: z.array(conditionSchema).max(20),
})

/** Groups of conditions: each group by itself, and the groups together, hold for all or for any. */
export const listFilterSchema = z.object({
  match: z.enum(['all', 'any']),
  groups: z.array(groupSchema).min(1).max(10),
})
export type ListFilter = z.output<typeof listFilterSchema>

export type FilterFieldKind = 'text' | 'amount' | 'date' | 'instant' | 'choice' | 'whole' | 'tag' | 'branch'

export type FilterField = {
  readonly label: string
  readonly kind: FilterFieldKind
  readonly choices?: readonly string[]
}

/** The operators that a kind of field takes. */
export const operatorsOf: Readonly<Record<FilterFieldKind, readonly FilterOperator[]>> = {
  text: ['contains', 'begins-with', 'is', 'is-not', 'is-empty', 'is-not-empty'],
  amount: ['is', 'less', 'at-most', 'more', 'at-least'],
  whole: ['is', 'less', 'at-most', 'more', 'at-least'],
  date: ['is', 'less', 'at-most', 'more', 'at-least', 'is-empty', 'is-not-empty'],
  instant: ['is', 'less', 'at-most', 'more', 'at-least', 'is-empty', 'is-not-empty'],
  choice: ['is', 'is-not'],
  tag: ['is', 'is-not', 'is-empty', 'is-not-empty'],
  // Empty is the whole business.
  branch: ['is', 'is-not', 'is-empty', 'is-not-empty'],
}

const document = {
  number: { label: 'Number', kind: 'text' },
  clientName: { label: 'Client', kind: 'text' },
  reference: { label: 'Reference', kind: 'text' },
  currency: { label: 'Currency', kind: 'text' },
  issuedOn: { label: 'Date', kind: 'date' },
  total: { label: 'Total', kind: 'amount' },
  branch: { label: 'Branch', kind: 'branch' },
  tag: { label: 'Tag', kind: 'tag' },
} as const satisfies Readonly<Record<string, FilterField>>

const yesNo = ['yes', 'no'] as const

/** The fields that each list can be filtered by. */
export const filterFields = {
  invoices: {
    ...document,
    state: { label: 'State', kind: 'choice', choices: ['draft', 'open', 'paid', 'void'] },
    dueOn: { label: 'Due', kind: 'date' },
    open: { label: 'Open amount', kind: 'amount' },
    sent: { label: 'Sent', kind: 'choice', choices: yesNo },
    settledOn: { label: 'Settled', kind: 'date' },
  },
  quotes: {
    ...document,
    state: { label: 'State', kind: 'choice', choices: ['draft', 'open', 'accepted', 'declined', 'void'] },
    validUntil: { label: 'Valid until', kind: 'date' },
    sent: { label: 'Sent', kind: 'choice', choices: yesNo },
  },
  creditNotes: {
    ...document,
    state: { label: 'State', kind: 'choice', choices: ['draft', 'issued', 'applied', 'void'] },
    credit: { label: 'Credit left', kind: 'amount' },
    reason: { label: 'Reason', kind: 'text' },
    sent: { label: 'Sent', kind: 'choice', choices: yesNo },
  },
  payments: {
    number: { label: 'Number', kind: 'text' },
    clientName: { label: 'Client', kind: 'text' },
    reference: { label: 'Reference', kind: 'text' },
    currency: { label: 'Currency', kind: 'text' },
    receivedOn: { label: 'Received', kind: 'date' },
    amount: { label: 'Amount', kind: 'amount' },
    credit: { label: 'Credit left', kind: 'amount' },
    method: {
      label: 'Method',
      kind: 'choice',
      choices: ['bank-transfer', 'cash', 'card', 'cheque', 'direct-debit', 'upi', 'other'],
    },
    status: { label: 'Status', kind: 'choice', choices: ['pending', 'cleared', 'bounced', 'cancelled'] },
    branch: { label: 'Branch', kind: 'branch' },
    tag: { label: 'Tag', kind: 'tag' },
  },
  clients: {
    name: { label: 'Name', kind: 'text' },
    code: { label: 'Code', kind: 'text' },
    email: { label: 'E-mail', kind: 'text' },
    city: { label: 'City', kind: 'text' },
    country: { label: 'Country', kind: 'text' },
    status: { label: 'Status', kind: 'choice', choices: ['active', 'inactive', 'archived'] },
    kind: { label: 'Kind', kind: 'choice', choices: ['person', 'company'] },
    open: { label: 'Owes', kind: 'amount' },
    billed: { label: 'Billed', kind: 'amount' },
    tag: { label: 'Tag', kind: 'tag' },
  },
  items: {
    name: { label: 'Name', kind: 'text' },
    code: { label: 'Code', kind: 'text' },
    description: { label: 'Description', kind: 'text' },
    kind: { label: 'Kind', kind: 'choice', choices: ['product', 'service'] },
    status: { label: 'Status', kind: 'choice', choices: ['active', 'archived'] },
    tag: { label: 'Tag', kind: 'tag' },
  },
  recurringInvoices: {
    name: { label: 'Name', kind: 'text' },
    clientName: { label: 'Client', kind: 'text' },
    currency: { label: 'Currency', kind: 'text' },
    total: { label: 'Amount', kind: 'amount' },
    state: { label: 'Status', kind: 'choice', choices: ['active', 'paused', 'ended'] },
    action: { label: 'Then', kind: 'choice', choices: ['draft', 'issue', 'send'] },
    unit: { label: 'Rhythm', kind: 'choice', choices: ['day', 'week', 'month', 'quarter', 'year'] },
    nextOn: { label: 'Next', kind: 'date' },
    startsOn: { label: 'Begins', kind: 'date' },
    endsOn: { label: 'Ends', kind: 'date' },
    waiting: { label: 'Waiting periods', kind: 'whole' },
    problem: { label: 'Problem', kind: 'text' },
    branch: { label: 'Branch', kind: 'branch' },
    tag: { label: 'Tag', kind: 'tag' },
  },
  outbox: {
    to: { label: 'To', kind: 'text' },
    subject: { label: 'Subject', kind: 'text' },
    state: {
      label: 'State',
      kind: 'choice',
      choices: ['queued', 'sending', 'accepted', 'failed', 'bounced', 'cancelled'],
    },
    created: { label: 'Written', kind: 'instant' },
    accepted: { label: 'Went out', kind: 'instant' },
    seen: { label: 'Seen', kind: 'choice', choices: yesNo },
    attempts: { label: 'Attempts', kind: 'whole' },
    problem: { label: 'Problem', kind: 'text' },
  },
  bankLines: {
    name: { label: 'Name', kind: 'text' },
    purpose: { label: 'Text', kind: 'text' },
    reference: { label: 'Reference', kind: 'text' },
    account: { label: 'Account number', kind: 'text' },
    amount: { label: 'Amount', kind: 'amount' },
    currency: { label: 'Currency', kind: 'text' },
    bookedOn: { label: 'Booked', kind: 'date' },
    state: { label: 'State', kind: 'choice', choices: ['new', 'matched', 'ignored'] },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, FilterField>>>>
export type FilteredList = keyof typeof filterFields

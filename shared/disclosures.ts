/** What is not everybody's to see, in the words of the record: one and the same stands once, whichever screen shows it. */
export const disclosed = {
  client: 'Contact details and tax numbers of a client',
  clientList: 'E-mail addresses of clients, as a list',
  file: 'A file kept with a client or a document',
  message: 'A message to a client',
  messageList: 'Messages with their recipients, as a list',
  bankDetails: 'Bank details of the business',
  bankAccounts: 'Bank accounts with their numbers, as a list',
  bankStatements: 'Statements of bank accounts, as a list',
  bankLines: 'Lines of bank statements, as a list',
  bankLine: 'A line of a bank statement with the account of the other side',
  mailAccount: 'The mail account of the business',
  managers: 'E-mail addresses of account managers, as a list',
  people: 'E-mail addresses and sign-ins of people, as a list',
  sessions: 'Where a person is signed in',
  securityEvents: 'Sign-ins and other security events, as a list',
  record: 'Old and new values in the record',
} as const

/** A row that is shown; of a document, a message or a file it counts whose client it is. */
export type DisclosedSubject = {
  readonly table:
    | 'clients'
    | 'users'
    | 'invoices'
    | 'quotes'
    | 'creditNotes'
    | 'attachments'
    | 'outboxMessages'
    | 'bankTransactions'
  readonly id: string
}

/** What a query shows of people, tax numbers and bank accounts, and whose it is. */
export type Discloses<Asked> = {
  readonly what: (typeof disclosed)[keyof typeof disclosed]
  /** Left out or undefined for a list and for the business itself; null where this call shows nothing. */
  // A method, so that a procedure with an input of its own still passes for any procedure.
  subject?(asked: Asked): DisclosedSubject | null | undefined
}

type WithId = { readonly id: string }

/** The client whose id stands in the input. */
export const ofClient = { what: disclosed.client, subject: ({ id }: WithId) => ({ table: 'clients' as const, id }) }

/** The client of the document whose id stands in the input. */
export const ofDocument = (table: 'invoices' | 'quotes' | 'creditNotes') => ({
  what: disclosed.client,
  subject: ({ id }: WithId) => ({ table, id }),
})

/** The client of content that is not saved yet, where one is chosen. */
export const ofContent = {
  what: disclosed.client,
  subject: ({ content: { clientId } }: { readonly content: { readonly clientId: string | null } }) =>
    clientId === null ? null : { table: 'clients' as const, id: clientId },
}

/** The command that a look at such things is on record as; what was shown by which procedure stands in its row. */
export const lookCommand = 'access.looked'

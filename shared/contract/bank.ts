import { z } from 'zod'
import {
  amountField,
  bytesField,
  currencyField,
  dateField,
  exchangeRateField,
  idField,
  optionalTextField,
  pageInput,
  rowOutput,
  textField,
  versionField,
} from './fields.ts'
import { listFilterSchema } from './list-filter.ts'
import { command, query } from './procedure.ts'

export const bankFormats = ['camt', 'mt940', 'ofx', 'qif', 'csv'] as const
export type BankFormat = (typeof bankFormats)[number]

/** What a column of a bank's CSV file can be. */
export const csvRoles = [
  'ignore',
  'bookedOn',
  'valuedOn',
  'amount',
  'moneyIn',
  'moneyOut',
  'direction',
  'currency',
  'counterpartyName',
  'counterpartyAccount',
  'purpose',
  'reference',
  'bankReference',
  'balance',
  'account',
] as const
export type CsvRole = (typeof csvRoles)[number]
export const csvEncodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'euc-jp',
  'shift_jis',
] as const
export type CsvEncoding = (typeof csvEncodings)[number]
export const csvDelimiters = [',', ';', '\t', '|'] as const
export const dateOrders = ['dmy', 'mdy', 'ymd'] as const
export type DateOrder = (typeof dateOrders)[number]
/** `marked`: a plus or CR is money in and all else money out, as card statements have it. */
export const signRules = ['signed', 'reversed', 'marked'] as const

/** How one bank writes its CSV files; kept with the account. */
export const csvProfileSchema = z.object({
  encoding: z.enum(csvEncodings),
  delimiter: z.enum(csvDelimiters),
  /** The row with the names of the columns, from 0; null if there is none. */
  headerRow: z.int().min(0).max(200).nullable(),
  roles: z.array(z.enum(csvRoles)).max(100),
  dateOrder: z.enum(dateOrders),
  decimal: z.enum(['.', ',']),
  signs: z.enum(signRules),
})
export type CsvProfile = z.output<typeof csvProfileSchema>

export const bankAccountSchema = z.object({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  accountNumber: z.string().nullable(),
  currency: z.string(),
  status: z.enum(['active', 'archived']),
  /** Of its latest statement that says one. */
  closingE4: amountField.nullable(),
  closingOn: z.string().nullable(),
  /** Money that came in and waits for a decision. */
  waiting: z.int(),
})
export type BankAccount = z.output<typeof bankAccountSchema>

/** Accounts at banks, whose statements come in. */
export const bankAccounts = {
  list: query({
    permission: 'bank.read',
    summary: 'Every bank account with its last balance and how much waits for a decision.',
    input: z.object({ status: z.enum(['active', 'archived', 'all']).default('active') }),
    output: z.array(bankAccountSchema),
  }),
  create: command({
    permission: 'bank.write',
    summary: 'Adds a bank account.',
    changes: ['bank'],
    input: z.object({
      name: textField(100),
      accountNumber: optionalTextField(60).default(null),
      currency: currencyField,
    }),
    output: rowOutput,
  }),
  update: command({
    permission: 'bank.write',
    summary: 'Renames a bank account, changes its number, archives it or brings it back.',
    changes: ['bank'],
    input: z.object({
      id: idField,
      version: versionField,
      name: textField(100).optional(),
      accountNumber: optionalTextField(60).optional(),
      status: z.enum(['active', 'archived']).optional(),
    }),
    output: rowOutput,
  }),
}

export const statementChecks = ['ok', 'wrong', 'unchecked'] as const

const statementFigures = z.object({
  number: z.string().nullable(),
  currency: z.string(),
  fromOn: z.string().nullable(),
  toOn: z.string().nullable(),
  openingE4: amountField.nullable(),
  closingE4: amountField.nullable(),
  sumE4: amountField,
  /** Whether opening + sum = closing; unchecked where the file does not say both. */
  check: z.enum(statementChecks),
  /** Closing less (opening + sum). */
  differenceE4: amountField.nullable(),
  transactions: z.int(),
  newTransactions: z.int(),
})

const fileInput = z.object({
  fileName: textField(200),
  content: bytesField,
  /** For files that do not name their account. */
  accountId: idField.nullable().default(null),
  /** Makes an account of this name for a file whose account is not known yet. */
  newAccount: z
    .object({ name: textField(100), currency: currencyField })
    .nullable()
    .default(null),
  /** How to read a CSV file, or the parts of it that a person has decided. */
  csv: csvProfileSchema.partial().nullable().default(null),
})

const skippedSchema = z.object({ line: z.int(), reason: z.string() })

export const plannedStatementSchema = statementFigures.extend({
  accountId: z.string().nullable(),
  accountName: z.string(),
  /** The account comes into being with the import. */
  isNewAccount: z.boolean(),
  /** The same statement of the same file is there already. */
  isKnown: z.boolean(),
})
export type PlannedStatement = z.output<typeof plannedStatementSchema>

const previewSchema = z.object({
  format: z.enum(bankFormats),
  formatName: z.string(),
  statements: z.array(plannedStatementSchema),
  /** The file does not say whose it is: choose an account, or make one. */
  needsAccount: z.boolean(),
  /** The currency that the file says, for a new account. */
  currency: z.string().nullable(),
  transactions: z.int(),
  newTransactions: z.int(),
  skippedCount: z.int(),
  skipped: z.array(skippedSchema),
  /** The first lines as they were understood. */
  sample: z.array(
    z.object({
      bookedOn: z.string(),
      amountE4: amountField,
      currency: z.string(),
      counterpartyName: z.string().nullable(),
      purpose: z.string(),
      isNew: z.boolean(),
    }),
  ),
  csv: z
    .object({
      profile: csvProfileSchema,
      headers: z.array(z.string()),
      rows: z.array(z.array(z.string())),
      /** False: both orders of day and month fit every date of the file. */
      isDateOrderSure: z.boolean(),
      /** Read as this account's files were read before. */
      isKept: z.boolean(),
    })
    .nullable(),
})
export type BankPreview = z.output<typeof previewSchema>

/** Statements of bank accounts, as files bring them. */
export const bankStatements = {
  list: query({
    permission: 'bank.read',
    summary: 'A page of imported statements, newest first.',
    input: pageInput.extend({ accountId: idField.nullable().default(null) }),
    output: z.object({
      rows: z.array(
        statementFigures.extend({
          id: z.string(),
          version: z.int(),
          accountId: z.string(),
          accountName: z.string(),
          fileName: z.string(),
          format: z.enum(bankFormats),
          importedAt: z.string(),
        }),
      ),
      nextCursor: z.string().nullable(),
    }),
  }),
  preview: query({
    permission: 'bank.write',
    summary: 'Reads a statement file and says what an import would do; nothing is saved.',
    input: fileInput,
    output: previewSchema,
  }),
  import: command({
    permission: 'bank.write',
    summary: 'Takes in a statement file (CAMT, MT940, OFX, QIF, CSV); what is there already stays once.',
    changes: ['bank'],
    input: fileInput,
    output: z.object({
      transactions: z.int(),
      newTransactions: z.int(),
      skippedCount: z.int(),
      statements: z.array(plannedStatementSchema),
      accountIds: z.array(z.string()),
    }),
  }),
  remove: command({
    permission: 'bank.write',
    summary: 'Takes an imported statement back with its lines, as long as none of them has become a payment.',
    changes: ['bank'],
    input: z.object({ id: idField, version: versionField }),
    output: z.object({ removed: z.int() }),
  }),
}
export type BankStatement = z.output<typeof bankStatements.list.output>['rows'][number]

export const bankStates = ['new', 'matched', 'ignored'] as const

/** Why a line is no payment of a client. */
export const asideReasons = ['fee', 'transfer', 'expense', 'tax', 'private', 'other'] as const
export type AsideReason = (typeof asideReasons)[number]

const partSchema = z.object({ invoiceId: z.string(), invoiceNumber: z.string(), amountE4: amountField })

export const proposalSchema = z.object({
  clientId: z.string(),
  clientName: z.string(),
  allocations: z.array(partSchema),
  /** 0 to 100; 80 and above is sure. */
  score: z.int(),
  /** Why, in words. */
  reasons: z.array(z.string()),
})
export type BankProposal = z.output<typeof proposalSchema>

export const bankTransactionRowSchema = z.object({
  id: z.string(),
  version: z.int(),
  accountId: z.string(),
  accountName: z.string(),
  bookedOn: z.string(),
  amountE4: amountField,
  currency: z.string(),
  counterpartyName: z.string().nullable(),
  purpose: z.string(),
  reference: z.string().nullable(),
  state: z.enum(bankStates),
  paymentId: z.string().nullable(),
  paymentNumber: z.string().nullable(),
  clientName: z.string().nullable(),
  /** What no payment stands for yet; all of it for a line that waits, unless a part of it has become one. */
  openE4: amountField,
  /** How many payments it has become. */
  paymentCount: z.int(),
  asideReason: z.enum(asideReasons).nullable(),
  proposal: proposalSchema.nullable(),
})
export type BankTransactionRow = z.output<typeof bankTransactionRowSchema>

export const bankTransactionSchema = bankTransactionRowSchema.extend({
  valuedOn: z.string().nullable(),
  counterpartyAccount: z.string().nullable(),
  endToEndReference: z.string().nullable(),
  mandateReference: z.string().nullable(),
  structuredReference: z.string().nullable(),
  bankReference: z.string().nullable(),
  clientId: z.string().nullable(),
  fileName: z.string(),
  payments: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      clientId: z.string(),
      clientName: z.string(),
      amountE4: amountField,
    }),
  ),
  /** Other clients that it may be from, best first. */
  alternatives: z.array(proposalSchema),
})
export type BankTransaction = z.output<typeof bankTransactionSchema>

export const bankFilters = ['to-match', 'money-out', 'matched', 'ignored', 'all'] as const
export type BankFilter = (typeof bankFilters)[number]

const allocationsInput = z
  .array(
    z.object({
      invoiceId: idField,
      amountE4: amountField.refine((value) => value > 0n, 'Enter an amount above zero.'),
    }),
  )
  .max(500)
  .refine((list) => new Set(list.map((it) => it.invoiceId)).size === list.length, 'Name each invoice once.')

/** The lines of bank statements, and the payments that they become. */
export const bankTransactions = {
  list: query({
    permission: 'bank.read',
    summary: 'A page of bank lines, newest first, each with the payment that is proposed for it and why.',
    input: pageInput.extend({
      accountId: idField.nullable().default(null),
      filter: z.enum(bankFilters).default('to-match'),
      search: z.string().max(200).default(''),
      /** Groups of conditions over the fields of `filterFields`. */
      where: listFilterSchema.nullable().default(null),
    }),
    output: z.object({
      rows: z.array(bankTransactionRowSchema),
      nextCursor: z.string().nullable(),
      counts: z.object({ toMatch: z.int(), moneyOut: z.int() }),
    }),
  }),
  get: query({
    permission: 'bank.read',
    summary: 'A bank line with everything that the bank said, its proposal and the other clients it may be from.',
    input: z.object({ id: idField }),
    output: bankTransactionSchema,
  }),
  accept: command({
    permission: 'bank.write',
    summary: 'Records a bank line as a payment of a client for invoices, and remembers who paid.',
    changes: ['bank', 'payments', 'invoices', 'clients', 'numberSeries'],
    input: z.object({
      id: idField,
      version: versionField,
      clientId: idField,
      allocations: allocationsInput,
      exchangeRateE10: exchangeRateField.nullable().default(null),
    }),
    output: rowOutput.extend({ paymentId: z.string(), paymentNumber: z.string() }),
  }),
  split: command({
    permission: 'bank.write',
    summary: 'Records a bank line as payments of several clients that come to what is open of it, all or none.',
    changes: ['bank', 'payments', 'invoices', 'clients', 'numberSeries'],
    input: z.object({
      id: idField,
      version: versionField,
      parts: z
        .array(
          z.object({
            clientId: idField,
            amountE4: amountField.refine((value) => value > 0n, 'Enter an amount above zero.'),
            allocations: allocationsInput,
            exchangeRateE10: exchangeRateField.nullable().default(null),
          }),
        )
        .min(2, 'Name two clients at least.')
        .max(50, 'At most 50 parts.'),
    }),
    output: rowOutput.extend({ payments: z.array(z.object({ id: z.string(), number: z.string() })) }),
  }),
  acceptAll: command({
    permission: 'bank.write',
    summary: 'Accepts the proposals from a score on, some hundred lines at a time; says what became of each.',
    changes: ['bank', 'payments', 'invoices', 'clients', 'numberSeries'],
    input: z.object({
      accountId: idField.nullable().default(null),
      leastScore: z.int().min(50).max(100).default(80),
      cursor: z.string().max(500).nullable().default(null),
      /** Bookings up to this date only. */
      until: dateField.nullable().default(null),
    }),
    output: z.object({
      accepted: z.array(
        z.object({ id: z.string(), version: z.int(), paymentId: z.string(), paymentNumber: z.string() }),
      ),
      left: z.array(z.object({ id: z.string(), reason: z.string() })),
      /** There are more lines than were looked at: call again with it. */
      nextCursor: z.string().nullable(),
    }),
  }),
  undo: command({
    permission: 'bank.write',
    summary: 'Takes a match back: its payments are cancelled, what was learned from it is forgotten.',
    changes: ['bank', 'payments', 'invoices', 'clients'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  ignore: command({
    permission: 'bank.write',
    summary: 'Sets bank lines aside that are no payment of a client, with the reason.',
    changes: ['bank'],
    input: z.object({
      ids: z.array(idField).min(1).max(500),
      reason: z.enum(asideReasons).nullable().default(null),
    }),
    output: z.object({ changed: z.int() }),
  }),
  unignore: command({
    permission: 'bank.write',
    summary: 'Brings bank lines back that were set aside.',
    changes: ['bank'],
    input: z.object({ ids: z.array(idField).min(1).max(500) }),
    output: z.object({ changed: z.int() }),
  }),
}

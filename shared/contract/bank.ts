import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import {
  amountField,
  bytesField,
  currencyField,
  idField,
  optionalTextField,
  pageInput,
  rowOutput,
  textField,
  versionField,
} from './fields.ts'
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
    discloses: { what: disclosed.bankAccounts },
    wholeBusiness: true,
    summary: 'Every bank account with its last balance and how much waits for a decision.',
    input: z.object({ status: z.enum(['active', 'archived', 'all']).default('active') }),
    output: z.array(bankAccountSchema),
  }),
  create: command({
    permission: 'bank.write',
    wholeBusiness: true,
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
    wholeBusiness: true,
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
    discloses: { what: disclosed.bankStatements },
    wholeBusiness: true,
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
    wholeBusiness: true,
    summary: 'Reads a statement file and says what an import would do; nothing is saved.',
    input: fileInput,
    output: previewSchema,
  }),
  import: command({
    permission: 'bank.write',
    wholeBusiness: true,
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
    wholeBusiness: true,
    summary: 'Takes an imported statement back with its lines, as long as none of them has become a payment.',
    changes: ['bank'],
    input: z.object({ id: idField, version: versionField }),
    output: z.object({ removed: z.int() }),
  }),
}
export type BankStatement = z.output<typeof bankStatements.list.output>['rows'][number]

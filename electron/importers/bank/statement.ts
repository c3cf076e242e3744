import type { BankFormat, CsvProfile } from '../../../shared/contract/bank.ts'
import type { Amount } from '../../../shared/money/scaled.ts'

/** One line of a statement as its file says it; money in is positive. */
export type ParsedTransaction = {
  /** Where it stands in the file. */
  readonly line: number
  readonly bookedOn: string
  readonly valuedOn: string | null
  readonly amountE4: Amount
  readonly currency: string | null
  readonly counterpartyName: string | null
  readonly counterpartyAccount: string | null
  readonly endToEndReference: string | null
  readonly mandateReference: string | null
  readonly structuredReference: string | null
  /** The bank's own name of the booking. */
  readonly bankReference: string | null
  readonly purpose: string
}

/** A statement as its file says it: its lines, and the balances around them where it has them. */
export type ParsedStatement = {
  readonly account: string | null
  readonly currency: string | null
  readonly number: string | null
  readonly fromOn: string | null
  readonly toOn: string | null
  readonly openingE4: Amount | null
  readonly closingE4: Amount | null
  readonly transactions: readonly ParsedTransaction[]
}

/** A line that was left out, and why. */
export type SkippedLine = { readonly line: number; readonly reason: string }

export type CsvReading = {
  readonly profile: CsvProfile
  readonly headers: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly isDateOrderSure: boolean
  /** Files of one bank have the same: the key under which their profile is kept. */
  readonly fingerprint: string
}

export type ParsedFile = {
  readonly format: BankFormat
  /** The format with its version, for people. */
  readonly formatName: string
  readonly statements: readonly ParsedStatement[]
  readonly skipped: readonly SkippedLine[]
  readonly csv: CsvReading | null
}

/** What is wrong with a file, and in which line; crosses threads as a value. */
export type BankFileFault = { readonly line: number; readonly detail: string }
export type BankReading =
  | { readonly ok: true; readonly file: ParsedFile }
  | { readonly ok: false; readonly fault: BankFileFault }

/** A fault in a bank file: the line, and what is wrong there. */
export class BankFileError extends Error {
  readonly line: number

  constructor(line: number, detail: string) {
    super(detail)
    this.name = 'BankFileError'
    this.line = line
  }
}

/** Text of a file on one line, without control characters; null if nothing is left. */
export const oneLine = (text: string | null | undefined, max = 500): string | null =>
  text
    ?.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ')
    .trim()
    .slice(0, max) || null

// What banks write where there is no reference.
const none = /^(NONREF|NOTPROVIDED|NOT PROVIDED|NONE|0+|N\/?A|-+|.)$/i

/** A reference of a file; null where the bank says that there is none. */
export const referenceOf = (text: string | null | undefined): string | null => {
  const cleaned = oneLine(text, 140)
  return cleaned === null || none.test(cleaned) ? null : cleaned
}

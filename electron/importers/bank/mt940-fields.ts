import { daysBetween } from '../../../shared/dates.ts'
import { fromDecimalString } from '../../../shared/money/decimal-string.ts'
import { type Amount, amount } from '../../../shared/money/scaled.ts'
import { bankDay } from './day-text.ts'
import { BankFileError } from './statement.ts'

/** A balance of a statement, signed. */
export type Mt940Balance = {
  readonly on: string
  readonly currency: string
  readonly amountE4: Amount
  /** Of a page of a statement that goes on, `:60M:` or `:62M:`. */
  readonly isIntermediate: boolean
}

/** One `:61:` with the `:86:` that follows it, as written. */
export type Mt940Line = {
  readonly line: number
  readonly valuedOn: string
  readonly enteredOn: string | null
  /** C, D, or RC and RD for what takes one of them back. */
  readonly status: string
  readonly fundsCode: string | null
  /** Signed: money in is positive. */
  readonly amountE4: Amount
  /** Four letters, such as NTRF. */
  readonly kind: string | null
  readonly customerReference: string | null
  readonly bankReference: string | null
  readonly extra: string | null
  /** The `:86:` with its line breaks. */
  readonly details: string
}

export type Mt940Statement = {
  readonly line: number
  readonly reference: string | null
  readonly relatedReference: string | null
  readonly account: string | null
  readonly number: string | null
  readonly sequence: string | null
  readonly opening: Mt940Balance | null
  readonly closing: Mt940Balance | null
  readonly available: Mt940Balance | null
  readonly lines: readonly Mt940Line[]
  /** A `:86:` that belongs to the statement. */
  readonly information: string
}

const yearOf = (digits: string): number => Number(digits) + (Number(digits) < 80 ? 2000 : 1900)

const swiftDay = (text: string, line: number): string => {
  const day = bankDay(yearOf(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4, 6)))
  if (day === null)
    throw new BankFileError(line, `"${text}" is no date: six digits of year, month and day were expected.`)
  return day
}

/** The entry date has no year: the one that lies nearest to the value date, across the turn of a year too. */
export const entryDay = (text: string, valuedOn: string): string | null => {
  const year = Number(valuedOn.slice(0, 4))
  const days = [year - 1, year, year + 1]
    .map((it) => bankDay(it, Number(text.slice(0, 2)), Number(text.slice(2, 4))))
    .filter((it) => it !== null)
    .sort((a, b) => Math.abs(daysBetween(a, valuedOn)) - Math.abs(daysBetween(b, valuedOn)))
  return days[0] ?? null
}

const swiftAmount = (text: string, line: number): bigint => {
  const read = fromDecimalString(text.replace(',', '.').replace(/\.$/, ''), 4)
  if (!read.ok) throw new BankFileError(line, `"${text}" is no amount: digits with a decimal comma were expected.`)
  return read.value
}

/** A balance field: `C100722EUR3,47`. */
export const readBalance = (text: string, isIntermediate: boolean, line: number): Mt940Balance => {
  const match = /^([CD])(\d{6})([A-Z]{3})(\d[\d,]*)/.exec(text.trim())
  if (match === null)
    throw new BankFileError(
      line,
      `"${text.slice(0, 40)}" is no balance: C or D, date, currency and amount were expected.`,
    )
  const [, mark, day = '', currency = '', digits = ''] = match
  const value = swiftAmount(digits, line)
  return { on: swiftDay(day, line), currency, amountE4: amount(mark === 'D' ? -value : value), isIntermediate }
}

const ibanShape = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/

const linePattern = /^(\d{6})(\d{4}| {4})?\s?(R?[CD]|E[CD])([A-Z])?\s?(\d[\d,]*)([A-Z][A-Z0-9 ]{3})?(.*)$/

/** A `:61:` without its details. */
export const readLine = (content: readonly string[], line: number): Omit<Mt940Line, 'details'> => {
  const [head = '', ...below] = content
  const match = linePattern.exec(head)
  if (match === null) {
    throw new BankFileError(
      line,
      `"${head.slice(0, 60)}" is no statement line: date, C or D, and amount were expected.`,
    )
  }
  const [, day = '', entry = '', status = '', fundsCode, digits = '', kind, rest = ''] = match
  const slashes = rest.indexOf('//')
  const own = (slashes === -1 ? rest : rest.slice(0, slashes)).trimEnd()
  // A reference has 16 characters, but some banks put the other side's IBAN there.
  const length = ibanShape.test(own) ? own.length : 16
  const valuedOn = swiftDay(day, line)
  const value = swiftAmount(digits, line)
  // RC takes a credit back, RD a debit.
  const isIn = status === 'C' || status === 'RD' || status === 'EC'
  const extra = [own.slice(length), ...below].map((it) => it.trim()).filter((it) => it !== '')
  return {
    line,
    valuedOn,
    enteredOn: entry.trim() === '' ? null : entryDay(entry, valuedOn),
    status,
    fundsCode: fundsCode ?? null,
    amountE4: amount(isIn ? value : -value),
    kind: kind?.trim() ?? null,
    customerReference: own.slice(0, length).trim() || null,
    bankReference: slashes === -1 ? null : rest.slice(slashes + 2).trim() || null,
    extra: extra.join(' ') || null,
  }
}

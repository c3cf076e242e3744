import type { DateOrder } from '../../../shared/contract/bank.ts'
import { decimalMarkOf, readAmount } from './amount-text.ts'
import { decideOrder, readDay } from './day-text.ts'
import {
  BankFileError,
  oneLine,
  type ParsedStatement,
  type ParsedTransaction,
  referenceOf,
  type SkippedLine,
} from './statement.ts'

type Entry = { readonly line: number; readonly fields: ReadonlyMap<string, string> }
type Section = {
  readonly account: string | null
  readonly isMoney: boolean
  readonly name: string
  readonly entries: Entry[]
}

const money = /^!type:\s*(bank|cash|ccard|oth [al])/i

const sectionsOf = (text: string): Section[] => {
  const sections: Section[] = []
  let account: string | null = null
  let readsAccount = false
  let fields = new Map<string, string>()
  let startedAt = 1
  for (const [index, raw] of text.split(/\r\n?|\n/).entries()) {
    const row = raw.trimEnd()
    if (row.trim() === '') continue
    if (row.startsWith('!')) {
      readsAccount = /^!account/i.test(row)
      if (/^!type:/i.test(row)) sections.push({ account, isMoney: money.test(row), name: row.slice(6), entries: [] })
      fields = new Map()
      startedAt = index + 2
    } else if (row.startsWith('^')) {
      if (readsAccount) account = fields.get('N') ?? account
      else if (fields.size > 0) sections.at(-1)?.entries.push({ line: startedAt, fields })
      fields = new Map()
      startedAt = index + 2
    } else if (!fields.has(row.charAt(0))) fields.set(row.charAt(0), row.slice(1).trim())
  }
  // The last record may lack its caret.
  if (fields.size > 0 && !readsAccount) sections.at(-1)?.entries.push({ line: startedAt, fields })
  return sections
}

const amountTextOf = ({ fields }: Entry): string => fields.get('T') ?? fields.get('U') ?? ''

type How = { readonly order: DateOrder; readonly mark: '.' | ',' }

const transactionOf = (entry: Entry, { order, mark }: How): ParsedTransaction | SkippedLine => {
  const { fields, line } = entry
  const bookedOn = readDay(fields.get('D') ?? '', order)
  if (bookedOn === null) return { line, reason: `"${fields.get('D') ?? ''}" is no date.` }
  const read = readAmount(amountTextOf(entry), mark)
  if (read === null) return { line, reason: `"${amountTextOf(entry)}" is no amount.` }
  const payee = fields.get('P') ?? null
  const memo = fields.get('M') ?? null
  return {
    line,
    bookedOn,
    valuedOn: null,
    amountE4: read.amountE4,
    currency: null,
    counterpartyName: oneLine(payee, 140),
    counterpartyAccount: null,
    endToEndReference: referenceOf(fields.get('N')),
    mandateReference: null,
    structuredReference: null,
    bankReference: null,
    purpose: oneLine(memo ?? payee, 1000) ?? '',
  }
}

const isTransaction = (it: ParsedTransaction | SkippedLine): it is ParsedTransaction => 'bookedOn' in it

const isOpening = (it: ParsedTransaction) => /^opening balance$/i.test(it.counterpartyName ?? '')

const statementOf = (section: Section, how: How, skipped: SkippedLine[]): ParsedStatement => {
  const read = section.entries.map((entry) => transactionOf(entry, how))
  skipped.push(...read.flatMap((it) => (isTransaction(it) ? [] : [it])))
  const all = read.filter(isTransaction)
  const transactions = all.filter((it) => !isOpening(it) && it.amountE4 !== 0n)
  const days = transactions.map((it) => it.bookedOn).sort()
  return {
    account: oneLine(section.account, 60),
    currency: null,
    number: null,
    fromOn: days[0] ?? null,
    toOn: days.at(-1) ?? null,
    openingE4: all.find(isOpening)?.amountE4 ?? null,
    closingE4: null,
    transactions,
  }
}

export type QifReading = {
  readonly statements: readonly ParsedStatement[]
  readonly skipped: readonly SkippedLine[]
  readonly isDateOrderSure: boolean
  readonly order: DateOrder
}

/** The registers of a QIF file; the order of day and month is decided over all of it, or as `given`. */
export const readQif = (text: string, given: DateOrder | null, preferred: DateOrder): QifReading => {
  const sections = sectionsOf(text)
  if (sections.length === 0) throw new BankFileError(1, 'No !Type line was found: this is no QIF file.')
  const registers = sections.filter((section) => section.isMoney)
  if (registers.length === 0) {
    throw new BankFileError(
      1,
      `Only "${sections[0]?.name ?? ''}" was found: a QIF file of a bank account was expected.`,
    )
  }
  const entries = registers.flatMap((section) => section.entries)
  const decided = decideOrder(
    entries.map((entry) => entry.fields.get('D') ?? ''),
    preferred,
  )
  const how: How = { order: given ?? decided.order, mark: decimalMarkOf(entries.map(amountTextOf)) }
  const skipped: SkippedLine[] = []
  return {
    statements: registers.map((section) => statementOf(section, how, skipped)),
    skipped,
    isDateOrderSure: given !== null || decided.isSure,
    order: how.order,
  }
}

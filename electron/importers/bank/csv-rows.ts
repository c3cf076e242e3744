import type { CsvProfile, CsvRole } from '../../../shared/contract/bank.ts'
import { findCurrency } from '../../../shared/money/currencies.ts'
import { type Amount, amount, zero } from '../../../shared/money/scaled.ts'
import { type ReadAmount, readAmount } from './amount-text.ts'
import { readDay } from './day-text.ts'
import { oneLine, type ParsedTransaction, referenceOf, type SkippedLine } from './statement.ts'

type Row = readonly string[]

export type CsvLine = ParsedTransaction & { readonly balanceE4: Amount | null; readonly account: string | null }

const outward = /^(out|outflow|debit|dr|d|af|soll|s|debet|kiadas|kiadás|wydatek|db|cargo|-)$/i
const inward = /^(in|inflow|credit|cr|c|bij|haben|h|bevetel|bevétel|przychod|abono|\+)$/i

const absolute = (value: Amount): Amount => (value < 0n ? amount(-value) : value)
const negative = (value: Amount): Amount => amount(-absolute(value))

const signed = (read: ReadAmount, profile: CsvProfile, beside: readonly string[]): Amount => {
  if (profile.signs === 'reversed') return amount(-read.amountE4)
  const side = read.side ?? (beside.some((cell) => /^CR$/i.test(cell)) ? 'C' : null)
  if (profile.signs === 'marked') {
    return side === 'C' || (read.isSigned && read.amountE4 > 0n) ? absolute(read.amountE4) : negative(read.amountE4)
  }
  if (read.isSigned) return read.amountE4
  return side === 'D' ? negative(read.amountE4) : read.amountE4
}

/** Reads one row after the other by the roles of its columns. */
export const createRowReader = (profile: CsvProfile) => {
  const columns = (role: CsvRole) => profile.roles.flatMap((it, at) => (it === role ? [at] : []))
  const at = (row: Row, role: CsvRole): string => row[columnOf.get(role) ?? -1] ?? ''
  const columnOf = new Map(profile.roles.map((role, index) => [role, index] as const).reverse())
  const purposes = columns('purpose')
  const ignored = columns('ignore')
  const words = (row: Row) => purposes.map((column) => row[column] ?? '').filter((text) => text !== '')

  const money = (row: Row): Amount | null => {
    const whole = at(row, 'amount')
    const read = whole === '' ? null : readAmount(whole, profile.decimal)
    if (read !== null) {
      const value = signed(
        read,
        profile,
        ignored.map((column) => row[column] ?? ''),
      )
      const direction = at(row, 'direction').normalize('NFC')
      if (outward.test(direction)) return negative(value)
      return inward.test(direction) ? absolute(value) : value
    }
    const [into, out] = [
      readAmount(at(row, 'moneyIn'), profile.decimal),
      readAmount(at(row, 'moneyOut'), profile.decimal),
    ]
    if (into === null && out === null) return null
    return amount(absolute(into?.amountE4 ?? zero) - absolute(out?.amountE4 ?? zero))
  }

  const read = (row: Row, line: number): CsvLine | SkippedLine => {
    const said = at(row, 'bookedOn')
    const bookedOn = readDay(said, profile.dateOrder)
    const amountE4 = money(row)
    if (bookedOn === null || amountE4 === null) {
      const saidMoney = at(row, 'amount') || at(row, 'moneyIn') || at(row, 'moneyOut')
      const what =
        bookedOn === null ? `"${oneLine(said, 40) ?? ''}" is no date` : `"${oneLine(saidMoney, 40) ?? ''}" is no amount`
      return { line, reason: `${what}.` }
    }
    const currency = at(row, 'currency').toUpperCase()
    const name = oneLine(at(row, 'counterpartyName'), 140)
    return {
      line,
      bookedOn,
      valuedOn: readDay(at(row, 'valuedOn'), profile.dateOrder),
      amountE4,
      currency: findCurrency(currency) === null ? null : currency,
      counterpartyName: name,
      counterpartyAccount: oneLine(at(row, 'counterpartyAccount'), 60),
      endToEndReference: referenceOf(at(row, 'reference')),
      mandateReference: null,
      structuredReference: null,
      bankReference: referenceOf(at(row, 'bankReference')),
      purpose: oneLine(words(row).join(' '), 1000) ?? name ?? '',
      balanceE4: readAmount(at(row, 'balance'), profile.decimal)?.amountE4 ?? null,
      account: oneLine(at(row, 'account'), 60),
    }
  }

  /** A row of words alone goes on with the row before it. */
  const continuation = (row: Row): string | null => {
    const hasMore = ['bookedOn', 'amount', 'moneyIn', 'moneyOut'] as const
    if (hasMore.some((role) => at(row, role) !== '')) return null
    return oneLine(words(row).join(' '), 1000)
  }

  return { read, continuation }
}

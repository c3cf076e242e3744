import { type CsvRole, csvRoles } from '../../../shared/contract/bank.ts'
import { findCurrency } from '../../../shared/money/currencies.ts'
import { readAmount } from './amount-text.ts'
import { headerNames, plainHeader } from './csv-headers.ts'
import { looksLikeDay } from './day-text.ts'
import { findIban } from './iban.ts'

type Row = readonly string[]
type Named = Exclude<CsvRole, 'ignore'>

const isAmount = (text: string) => readAmount(text, '.') !== null || readAmount(text, ',') !== null
const isCurrency = (text: string) => findCurrency(text.toUpperCase()) !== null

// What must be true of at least one cell, and of most of them, before a column is taken for what its name says.
const contents: Partial<Record<Named, (text: string) => boolean>> = {
  bookedOn: looksLikeDay,
  valuedOn: looksLikeDay,
  amount: isAmount,
  moneyIn: isAmount,
  moneyOut: isAmount,
  balance: isAmount,
  currency: isCurrency,
}

const cellsOf = (rows: readonly Row[], column: number): string[] =>
  rows.map((row) => row[column] ?? '').filter((cell) => cell !== '')

const fits = (role: Named, cells: readonly string[]): boolean => {
  const test = contents[role]
  if (test === undefined || cells.length === 0) return true
  const passing = cells.filter(test).length
  return passing > 0 && (role === 'bookedOn' || passing * 2 >= cells.length)
}

const isConstant = (cells: readonly string[]) => cells.length > 1 && new Set(cells).size === 1

// In this order, as one name may mean two things: what comes first has the first choice.
const order: readonly Named[] = csvRoles.filter((role): role is Named => role !== 'ignore')

const bestColumn = (role: Named, names: readonly string[], rows: readonly Row[], taken: ReadonlySet<number>) => {
  for (const known of headerNames[role]) {
    const column = names.findIndex((name, at) => name === known && !taken.has(at) && fits(role, cellsOf(rows, at)))
    if (column === -1) continue
    // The same account in every row is one's own.
    const cells = cellsOf(rows, column)
    if (role === 'counterpartyAccount' && isConstant(cells) && !names[column]?.includes('partner')) continue
    // An account named as the other side's whose cells are no accounts is its name.
    if (role === 'counterpartyName' && known === 'counterparty' && cells.every((cell) => findIban(cell) !== null))
      continue
    return column
  }
  return -1
}

/** What each column is by its name and what stands in it; null if the row holds no date and amount columns. */
export const rolesByHeader = (header: Row, rows: readonly Row[]): CsvRole[] | null => {
  const names = header.map(plainHeader)
  const roles: CsvRole[] = names.map(() => 'ignore')
  const taken = new Set<number>()
  for (const role of order) {
    for (let column = bestColumn(role, names, rows, taken); column !== -1; ) {
      roles[column] = role
      taken.add(column)
      // Words may stand in several columns.
      column = role === 'purpose' ? bestColumn(role, names, rows, taken) : -1
    }
  }
  const has = (role: CsvRole) => roles.includes(role)
  return has('bookedOn') && (has('amount') || has('moneyIn') || has('moneyOut')) ? roles : null
}

const mostly = (cells: readonly string[], test: (text: string) => boolean) =>
  cells.length > 0 && cells.filter(test).length * 10 >= cells.length * 9

// An amount of money has decimals or a sign somewhere; a column of plain digits is numbers of something.
const looksLikeMoney = (cells: readonly string[]) =>
  mostly(cells, isAmount) && !mostly(cells, looksLikeDay) && cells.some((cell) => /[.,]\d{1,2}\b|^[+-]/.test(cell))

/** What each column is by what stands in it alone, for files without names of columns; null if it cannot be told. */
export const rolesByContent = (rows: readonly Row[]): CsvRole[] | null => {
  const width = Math.max(0, ...rows.map((row) => row.length))
  const columns = Array.from({ length: width }, (_, column) => cellsOf(rows, column))
  const roles: CsvRole[] = columns.map(() => 'ignore')
  const amounts = columns.flatMap((cells, at) => (looksLikeMoney(cells) ? [at] : []))
  const days = columns.flatMap((cells, at) => (!amounts.includes(at) && mostly(cells, looksLikeDay) ? [at] : []))
  const [day, laterDay] = days
  const [first, second] = amounts
  if (day === undefined || first === undefined) return null
  roles[day] = 'bookedOn'
  if (laterDay !== undefined) roles[laterDay] = 'valuedOn'
  const either = second !== undefined && rows.every((row) => (row[first] ?? '') === '' || (row[second] ?? '') === '')
  if (either && second !== undefined) {
    roles[first] = 'moneyOut'
    roles[second] = 'moneyIn'
  } else {
    roles[first] = 'amount'
    if (second !== undefined && (columns[second]?.length ?? 0) === rows.length) roles[second] = 'balance'
  }
  for (const [at, cells] of columns.entries()) {
    if (roles[at] !== 'ignore' || cells.length === 0 || amounts.includes(at)) continue
    if (mostly(cells, isCurrency)) roles[at] = 'currency'
    else if (mostly(cells, (cell) => findIban(cell) !== null))
      roles[at] = isConstant(cells) ? 'account' : 'counterpartyAccount'
    else if (cells.some((cell) => /\p{L}{3}/u.test(cell)) && !isConstant(cells)) roles[at] = 'purpose'
  }
  return roles
}

/** The row that holds the names of the columns, within the first forty; null if none does. */
export const headerRowOf = (rows: readonly Row[]): number | null => {
  for (const [index, row] of rows.slice(0, 40).entries()) {
    if (row.filter((cell) => cell !== '').length < 2) continue
    if (rolesByHeader(row, rows.slice(index + 1, index + 200)) !== null) return index
  }
  return null
}

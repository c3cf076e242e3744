import type { CsvEncoding, CsvProfile, DateOrder } from '../../../shared/contract/bank.ts'
import { add, subtract } from '../../../shared/money/arithmetic.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { decimalMarkOf, readAmount } from './amount-text.ts'
import { delimiterOf, type Grid, gridOf } from './csv-grid.ts'
import { headerCurrency, plainHeader } from './csv-headers.ts'
import { headerRowOf, rolesByContent, rolesByHeader } from './csv-roles.ts'
import { type CsvLine, createRowReader } from './csv-rows.ts'
import { decideOrder, looksLikeDay } from './day-text.ts'
import { decodeAs, encodingsOf } from './file-text.ts'
import { BankFileError, type CsvReading, type ParsedStatement, type SkippedLine } from './statement.ts'

export type CsvGiven = { readonly [K in keyof CsvProfile]?: CsvProfile[K] | undefined }
type Found = { readonly profile: CsvProfile; readonly grid: Grid; readonly isDateOrderSure: boolean }

const amountRoles = new Set(['amount', 'moneyIn', 'moneyOut', 'balance'])

const cellsOf = (rows: readonly (readonly string[])[], roles: CsvProfile['roles'], wanted: (role: string) => boolean) =>
  rows.flatMap((row) => row.filter((cell, at) => cell !== '' && wanted(roles[at] ?? 'ignore')))

// Card statements: charges bear no sign, what was paid back bears a plus or CR.
const signsOf = (
  rows: readonly (readonly string[])[],
  roles: CsvProfile['roles'],
  decimal: '.' | ',',
): CsvProfile['signs'] => {
  if (!roles.includes('amount') || roles.includes('direction')) return 'signed'
  const read = cellsOf(rows, roles, (role) => role === 'amount').map((cell) => readAmount(cell, decimal))
  const amounts = read.filter((it) => it !== null)
  const marked = amounts.filter((it) => it.side === 'C' || (it.isSigned && it.amountE4 > 0n)).length
  const isNegative = amounts.some((it) => it.amountE4 < 0n)
  return marked > 0 && marked * 2 < amounts.length && !isNegative ? 'marked' : 'signed'
}

// Names that nobody knows are names all the same, where only the rows below them hold days and amounts.
const unknownHeader = (rows: Grid['rows']): number | null =>
  rows.length > 1 && rolesByContent(rows) === null && rolesByContent(rows.slice(1)) !== null ? 0 : null

const find = (bytes: Uint8Array, encoding: CsvEncoding, given: CsvGiven, preferred: DateOrder): Found => {
  const text = decodeAs(bytes, encoding)
  const delimiter = given.delimiter ?? delimiterOf(text)
  const grid = gridOf(text, delimiter)
  const headerRow =
    given.headerRow === undefined ? (headerRowOf(grid.rows) ?? unknownHeader(grid.rows)) : given.headerRow
  const rows = grid.rows.slice(headerRow === null ? 0 : headerRow + 1)
  const header = headerRow === null ? undefined : grid.rows[headerRow]
  const roles =
    given.roles ??
    (header === undefined
      ? rolesByContent(rows)
      : (rolesByHeader(header, rows.slice(0, 200)) ?? rolesByContent(rows))) ??
    []
  const days = cellsOf(rows, roles, (role) => role === 'bookedOn' || role === 'valuedOn')
  const decided = decideOrder(days, preferred)
  const decimal = given.decimal ?? decimalMarkOf(cellsOf(rows, roles, (role) => amountRoles.has(role)))
  return {
    grid,
    isDateOrderSure: given.dateOrder !== undefined || decided.isSure,
    profile: {
      encoding,
      delimiter,
      headerRow,
      roles: [...roles],
      dateOrder: given.dateOrder ?? decided.order,
      decimal,
      signs: given.signs ?? signsOf(rows, roles, decimal),
    },
  }
}

// Columns known by their names say more than columns guessed by what stands in them.
const known = ({ profile }: Found) =>
  profile.roles.filter((role) => role !== 'ignore').length + (profile.headerRow === null ? 0 : 100)

/** The way to read a file: the encoding under which the most columns are known by their names. */
const findBest = (bytes: Uint8Array, given: CsvGiven, preferred: DateOrder): Found => {
  const encodings = given.encoding === undefined ? encodingsOf(bytes) : [given.encoding]
  const found = encodings.map((encoding) => find(bytes, encoding, given, preferred))
  const [best] = found.sort((a, b) => known(b) - known(a))
  if (best === undefined) throw new BankFileError(1, 'The encoding of the file is not known.')
  return best
}

const isLine = (it: CsvLine | SkippedLine): it is CsvLine => 'bookedOn' in it

const linesOf = ({ grid, profile }: Found, skipped: SkippedLine[]): CsvLine[] => {
  const reader = createRowReader(profile)
  const lines: CsvLine[] = []
  for (const [index, row] of grid.rows.entries()) {
    if (profile.headerRow !== null && index <= profile.headerRow) continue
    const before = lines.at(-1)
    const more = before === undefined ? null : reader.continuation(row)
    if (before !== undefined && more !== null) {
      lines[lines.length - 1] = { ...before, purpose: `${before.purpose} ${more}`.slice(0, 1000) }
      continue
    }
    const read = reader.read(row, grid.lines[index] ?? index + 1)
    if (!isLine(read)) skipped.push(read)
    else if (read.amountE4 !== 0n) lines.push(read)
  }
  return lines
}

/** The balances before the first and after the last booking, where every line says its own; files run either way. */
const balancesOf = (lines: readonly CsvLine[]): { openingE4: Amount | null; closingE4: Amount | null } => {
  const [first, last] = [lines[0], lines.at(-1)]
  const none = { openingE4: null, closingE4: null }
  if (first === undefined || last === undefined || lines.some((line) => line.balanceE4 === null)) return none
  const follows = (before: CsvLine | undefined, after: CsvLine) =>
    before?.balanceE4 != null && after.balanceE4 !== null && add(before.balanceE4, after.amountE4) === after.balanceE4
  const upward = lines.filter((line, at) => at > 0 && follows(lines[at - 1], line)).length
  const downward = lines.filter((line, at) => at + 1 < lines.length && follows(lines[at + 1], line)).length
  // Where no line follows from another, these are balances of something else.
  if (lines.length > 1 && upward + downward === 0) return none
  const isNewestFirst = downward > upward || (downward === upward && first.bookedOn > last.bookedOn)
  const [oldest, newest] = isNewestFirst ? [last, first] : [first, last]
  if (oldest.balanceE4 === null || newest.balanceE4 === null) return none
  return { openingE4: subtract(oldest.balanceE4, oldest.amountE4), closingE4: newest.balanceE4 }
}

const byAccount = (lines: readonly CsvLine[]): ReadonlyMap<string | null, readonly CsvLine[]> => {
  const groups = new Map<string | null, CsvLine[]>()
  for (const line of lines) {
    const group = groups.get(line.account)
    if (group === undefined) groups.set(line.account, [line])
    else group.push(line)
  }
  return groups
}

const statementOf = (account: string | null, lines: readonly CsvLine[], currency: string | null): ParsedStatement => {
  const days = lines.map((line) => line.bookedOn).sort()
  return {
    account,
    currency: lines.find((line) => line.currency !== null)?.currency ?? currency,
    number: null,
    fromOn: days[0] ?? null,
    toOn: days.at(-1) ?? null,
    ...balancesOf(lines),
    transactions: lines.map(({ balanceE4: _balance, account: _account, ...transaction }) => transaction),
  }
}

const hasDays = ({ grid }: Found): boolean => {
  const width = Math.max(0, ...grid.rows.map((row) => row.length))
  return Array.from({ length: width }, (_, at) =>
    grid.rows.slice(0, 500).filter((row) => looksLikeDay(row[at] ?? '')),
  ).some((dated) => dated.length * 4 >= Math.min(grid.rows.length, 500))
}

export type CsvFile = {
  readonly statements: readonly ParsedStatement[]
  readonly skipped: readonly SkippedLine[]
  readonly csv: CsvReading
}

const readingOf = ({ grid, profile, isDateOrderSure }: Found): CsvReading => {
  const width = Math.max(0, ...grid.rows.map((row) => row.length))
  const header = profile.headerRow === null ? [] : (grid.rows[profile.headerRow] ?? [])
  const headers = Array.from({ length: width }, (_, at) => header[at] || `Column ${at + 1}`)
  const first = profile.headerRow === null ? 0 : profile.headerRow + 1
  return {
    profile: { ...profile, roles: headers.map((_, at) => profile.roles[at] ?? 'ignore') },
    headers,
    rows: grid.rows.slice(first, first + 5),
    isDateOrderSure,
    fingerprint: `${width}:${header.map(plainHeader).join('|')}`.slice(0, 1000),
  }
}

/** Reads a bank's CSV file: what is not given is decided over the whole of it. */
export const readCsv = (bytes: Uint8Array, given: CsvGiven, preferred: DateOrder): CsvFile => {
  const found = findBest(bytes, given, preferred)
  const skipped: SkippedLine[] = []
  const reading = readingOf(found)
  if (reading.headers.length < 2)
    throw new BankFileError(1, 'This is no bank file that is known, and no table of columns either.')
  if (given.roles === undefined && !hasDays(found)) {
    throw new BankFileError(1, 'This is no bank file that is known, and no column of it holds dates.')
  }
  const roles = new Set(reading.profile.roles)
  const isReadable = roles.has('bookedOn') && (roles.has('amount') || roles.has('moneyIn') || roles.has('moneyOut'))
  const lines = isReadable ? linesOf(found, skipped) : []
  const amountAt = reading.profile.roles.findIndex((role) => amountRoles.has(role))
  const currency = headerCurrency(reading.headers[amountAt] ?? '')
  return {
    statements: [...byAccount(lines)].map(([account, group]) => statementOf(account, group, currency)),
    skipped,
    csv: reading,
  }
}

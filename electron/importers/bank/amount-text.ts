import { fromDecimalString } from '../../../shared/money/decimal-string.ts'
import { type Amount, amount } from '../../../shared/money/scaled.ts'

export type DecimalMark = '.' | ','

// Currency signs and codes, and marks of the side of the ledger, stand around the figures.
const decoration = /[\p{Sc}]|^[A-Z]{3}(?=[\s\d+-])|\b[A-Z]{3}$/gu

type Figures = {
  readonly sign: 1 | -1
  readonly isSigned: boolean
  readonly digits: string
  readonly side: string | null
}

/** The sign, the figures and the CR or DR of an amount; null if it is none. */
const figuresOf = (text: string): Figures | null => {
  const side = /\b(CR|DR|C|D)$/i.exec(text.trim())?.[1]?.toUpperCase().slice(0, 1) ?? null
  const bare = (side === null ? text.trim() : text.trim().replace(/(CR|DR|C|D)$/i, ''))
    .replace(/[\u2212\u2013\ufe63\uff0d]/g, '-')
    .replace(decoration, '')
    .replace(/[\s\u00a0\u202f\u2009'\u2019"]/g, '')
  const match = /^(?<open>\()?(?<lead>[+-])?(?<digits>[\d.,]*\d[\d.,]*)(?<trail>[+-])?(?<close>\))?$/.exec(bare)
  if (match?.groups === undefined) return null
  const { open, lead, digits = '', trail, close } = match.groups
  if ((open === undefined) !== (close === undefined) || (lead !== undefined && trail !== undefined)) return null
  const sign = lead ?? trail
  return {
    sign: open !== undefined || sign === '-' ? -1 : 1,
    isSigned: open !== undefined || sign !== undefined,
    digits,
    side,
  }
}

const fits = (digits: string, mark: DecimalMark): boolean => {
  const group = mark === '.' ? ',' : '.'
  const [whole = '', fraction, ...more] = digits.split(mark)
  if (more.length > 0 || fraction?.includes(group)) return false
  if (!whole.includes(group)) return true
  return (
    whole.split(group).every((part, index) => (index === 0 ? /^\d{1,3}$/ : /^(\d{3}|\d{2})$/).test(part)) &&
    /\d{3}$/.test(whole)
  )
}

/**
 * Whether a point or a comma stands before the decimals, decided over all amounts of a file: the one that fits every
 * amount; where both do, the one with two decimals behind it most often, then the point.
 */
export const decimalMarkOf = (texts: Iterable<string>): DecimalMark => {
  const found = [...texts].map(figuresOf).filter((it) => it !== null)
  const fitting = (mark: DecimalMark) => found.filter(({ digits }) => fits(digits, mark)).length
  const [point, comma] = [fitting('.'), fitting(',')]
  if (point !== comma) return point > comma ? '.' : ','
  const plain = (mark: DecimalMark) =>
    found.filter(({ digits }) => new RegExp(`\\${mark}\\d{1,2}$`).test(digits)).length
  return plain(',') > plain('.') ? ',' : '.'
}

export type ReadAmount = {
  readonly amountE4: Amount
  /** It bore a sign of its own. */
  readonly isSigned: boolean
  /** It bore a mark of the side: C for money in, D for money out. */
  readonly side: string | null
}

/** An amount of a file, such as `-1.234,50`, `(12.00)`, `£1,100.00 CR`; null if it is none. Never a float. */
export const readAmount = (text: string, mark: DecimalMark): ReadAmount | null => {
  const figures = figuresOf(text)
  if (figures === null || !fits(figures.digits, mark)) return null
  const group = mark === '.' ? ',' : '.'
  const [whole = '', fraction = ''] = figures.digits.replaceAll(group, '').split(mark)
  const read = fromDecimalString(`${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`, 4)
  if (!read.ok) return null
  return { amountE4: amount(BigInt(figures.sign) * read.value), isSigned: figures.isSigned, side: figures.side }
}

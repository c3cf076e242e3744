import type { DecimalMark } from '../../../shared/contract/data-imports.ts'
import type { DecimalProblem } from '../../../shared/money/decimal-string.ts'
import { fromDecimalString } from '../../../shared/money/decimal-string.ts'

export type DecimalReading = { readonly value: DecimalMark; readonly certain: boolean; readonly example: string | null }

// Currency signs, codes and spaces around a number say nothing of its marks.
const bare = (text: string) => text.replace(/[^\d.,]/g, '')

/**
 * What marks the decimals, decided over all number cells of a file: `1.234,50` and `12,5` speak for the comma,
 * `1,234.50` and `12.5` for the point; `1.234` alone says nothing.
 */
export const detectDecimal = (cells: Iterable<string>): DecimalReading => {
  const votes = { '.': 0, ',': 0 }
  const examples: { '.': string | null; ',': string | null } = { '.': null, ',': null }
  for (const cell of cells) {
    const mark = markOf(bare(cell))
    if (mark === null) continue
    votes[mark] += 1
    examples[mark] ??= cell.trim()
  }
  const value: DecimalMark = votes[','] > votes['.'] ? ',' : '.'
  return { value, certain: votes[','] === 0 || votes['.'] === 0 ? votes[value] > 0 : false, example: examples[value] }
}

const markOf = (digits: string): DecimalMark | null => {
  const point = digits.lastIndexOf('.')
  const comma = digits.lastIndexOf(',')
  if (point === -1 && comma === -1) return null
  if (point !== -1 && comma !== -1) return point > comma ? '.' : ','
  const mark: DecimalMark = point === -1 ? ',' : '.'
  const first = digits.indexOf(mark)
  const last = Math.max(point, comma)
  // Twice the same mark groups thousands, so the other one is the decimal.
  if (first !== last) return mark === ',' ? '.' : ','
  const behind = digits.length - last - 1
  return behind === 3 && first > 0 && first <= 3 && digits[0] !== '0' ? null : mark
}

export type ParsedNumber =
  | { readonly ok: true; readonly value: bigint; readonly rounded: boolean }
  | { readonly ok: false; readonly reason: string }

const words: Readonly<Record<DecimalProblem, string>> = {
  empty: 'There is no number.',
  'not-a-number': 'This is no number.',
  'too-many-decimals': 'It has more decimals than can be kept.',
  'too-large': 'It is too large.',
}

const minusSigns = /[\u2212\u2013\ufe63\uff0d]/g
// Signs, codes of up to three letters at either end, and all that groups thousands in some country.
const currencyMarks = /[\p{Sc}\s\u00a0\u202f'\u2019]|^\p{L}{1,3}\.?(?=[-\d\s])|(?<=[\d\s.,])\p{L}{1,3}\.?$/gu

const plain = /^-?\d+(\.\d+)?$/

const canonical = (text: string, decimal: DecimalMark): string | null => {
  let cleaned = text.trim()
  if (decimal === '.' && plain.test(cleaned)) return cleaned
  // Accountants write minus as brackets or behind the number.
  let negative = false
  if (/^\(.*\)$/.test(cleaned)) {
    negative = true
    cleaned = cleaned.slice(1, -1)
  }
  cleaned = cleaned.replace(minusSigns, '-').replace(currencyMarks, '')
  if (cleaned.endsWith('-') || cleaned.startsWith('-')) {
    negative = !negative
    cleaned = cleaned.replace(/^-|-$/g, '')
  }
  const group = decimal === '.' ? ',' : '.'
  const [whole = '', fraction, ...more] = cleaned.split(decimal)
  if (more.length > 0 || fraction?.includes(group)) return null
  if (whole.includes(group) && !/^\d{1,3}([.,]\d{2,3})*[.,]\d{3}$/.test(whole)) return null
  const digits = whole.replaceAll(group, '')
  if (
    !/^\d*$/.test(digits) ||
    (fraction !== undefined && !/^\d*$/.test(fraction)) ||
    `${digits}${fraction ?? ''}` === ''
  )
    return null
  return `${negative ? '-' : ''}${digits === '' ? '0' : digits}${fraction ? `.${fraction}` : ''}`
}

/** A number of a cell as an integer of `scale` decimals; digits beyond them are rounded half up, and it says so. */
export const parseNumber = (text: string, decimal: DecimalMark, scale: number): ParsedNumber => {
  const written = canonical(text.replace(/%\s*$/, ''), decimal)
  if (written === null) {
    const other = decimal === '.' ? ',' : '.'
    return {
      ok: false,
      reason:
        canonical(text, other) === null
          ? `"${text.trim()}" is no number.`
          : `"${text.trim()}" is no number where a ${nameOf(decimal)} marks the decimals; with a ${nameOf(other)} it would be.`,
    }
  }
  const read = fromDecimalString(written, scale)
  if (read.ok) return { ...read, rounded: false }
  if (read.reason === 'too-many-decimals') return { ok: true, value: roundedTo(written, scale), rounded: true }
  return { ok: false, reason: words[read.reason] }
}

const nameOf = (mark: DecimalMark) => (mark === '.' ? 'point' : 'comma')

// Half up, away from zero: what invoices do.
const roundedTo = (written: string, scale: number): bigint => {
  const [whole = '0', fraction = ''] = written.replace('-', '').split('.')
  const kept = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'))
  const up = (fraction[scale] ?? '0') >= '5' ? 1n : 0n
  return written.startsWith('-') ? -(kept + up) : kept + up
}

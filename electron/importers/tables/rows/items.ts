import { percent, unitPrice } from '../../../../shared/money/scaled.ts'
import type { Cells } from '../cells.ts'
import type { ItemRecord } from '../records.ts'
import { isArchived } from './clients.ts'

const units: Readonly<Record<string, string>> = {
  hour: 'HUR',
  hours: 'HUR',
  hr: 'HUR',
  hrs: 'HUR',
  h: 'HUR',
  std: 'HUR',
  stunde: 'HUR',
  stunden: 'HUR',
  heure: 'HUR',
  day: 'DAY',
  days: 'DAY',
  d: 'DAY',
  tag: 'DAY',
  tage: 'DAY',
  jour: 'DAY',
  month: 'MON',
  months: 'MON',
  week: 'WEE',
  weeks: 'WEE',
  year: 'ANN',
  years: 'ANN',
  min: 'MIN',
  minute: 'MIN',
  minutes: 'MIN',
  kg: 'KGM',
  kilogram: 'KGM',
  g: 'GRM',
  gram: 'GRM',
  t: 'TNE',
  m: 'MTR',
  metre: 'MTR',
  meter: 'MTR',
  km: 'KMT',
  m2: 'MTK',
  sqm: 'MTK',
  l: 'LTR',
  litre: 'LTR',
  liter: 'LTR',
  ml: 'MLT',
  ft: 'FOT',
  lb: 'LBR',
  set: 'SET',
  pack: 'PK',
  box: 'BX',
  page: 'E50',
}

const isCode =
  /^(C62|H87|HUR|DAY|MON|WEE|ANN|MIN|KGM|GRM|TNE|MTR|KMT|MTK|MTQ|LTR|MLT|FOT|LBR|SET|PK|BX|E50|EA|XPP|NAR)$/

/** The code of a unit (UN/ECE Recommendation 20) from a word; a piece where the word is not known. */
export const unitOfWord = (text: string): string => {
  const upper = text.trim().toUpperCase()
  return isCode.test(upper) ? upper : (units[text.trim().toLowerCase()] ?? 'C62')
}

/** Finds the rate in a tax's name: `20% (VAT on Income)`, `GST-18`; null where it says none. */
export const rateInName = (name: string): bigint | null => {
  const match = /(\d{1,3}(?:[.,]\d{1,4})?)\s*%/.exec(name) ?? /^[A-Z]{2,5}[- ](\d{1,2}(?:\.\d{1,3})?)$/i.exec(name)
  if (match === null) return null
  const [whole = '0', fraction = ''] = (match[1] ?? '').replace(',', '.').split('.')
  return BigInt(whole + fraction.padEnd(6, '0').slice(0, 6))
}

/** The item that a row holds; null where it is refused. */
export const itemFrom = (cells: Cells): ItemRecord | null => {
  const name = cells.line('name', 200)
  if (name === null) {
    cells.problem('name', 'The row has no name.', true)
    return null
  }
  const price = cells.number('price', 6)
  const taxName = cells.line('taxName', 60)
  const rate = cells.number('taxRate', 6) ?? (taxName === null ? null : rateInName(taxName))
  if (cells.isRefused()) return null
  const kind = cells.raw('kind').toLowerCase()
  return {
    row: cells.rowNumber(),
    name,
    kind:
      /^(service|serv|labou?r|othc)/.test(kind) || (kind === '' && cells.raw('unit').toLowerCase().startsWith('h'))
        ? 'service'
        : 'product',
    code: cells.line('code', 50),
    description: cells.long('description', 4000),
    unit: unitOfWord(cells.raw('unit')),
    priceE6: price === null ? null : unitPrice(price),
    taxRateE6: rate === null ? null : percent(rate),
    taxName,
    archived: isArchived(cells.raw('status')),
  }
}

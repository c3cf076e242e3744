import type { documentKinds } from '../../../shared/contract/number-series.ts'
import { countries } from './countries.ts'

type SeriesKind = (typeof documentKinds)[number]
export type DefaultSeries = { readonly documentKind: SeriesKind; readonly code: string; readonly pattern: string }

const codes: Readonly<Record<SeriesKind, string>> = {
  invoice: 'INV',
  payment: 'PAY',
  quote: 'QUO',
  'credit-note': 'CN',
  refund: 'REF',
}

// What a country asks of the numbers of invoices (India: fiscal year, 16 characters) fits the others as well.
const patternOf = (kind: SeriesKind, country: string): string => {
  if (kind === 'payment') return 'PAY-{YYYY}-{0000}'
  const pattern = countries().get(country)?.numberPattern ?? 'INV-{YYYY}-{0000}'
  return kind === 'invoice' ? pattern : pattern.replace('INV', codes[kind])
}

/** The series that a kind of document is numbered by until somebody says otherwise; undefined for what has no number. */
export const defaultSeriesOf = (documentKind: string, country: string): DefaultSeries | undefined => {
  const kind = defaultKinds.find((one) => one === documentKind)
  return kind === undefined ? undefined : { documentKind: kind, code: codes[kind], pattern: patternOf(kind, country) }
}

/** Kinds that every new business has a series for. */
export const defaultKinds: readonly SeriesKind[] = ['invoice', 'payment', 'quote', 'credit-note', 'refund']

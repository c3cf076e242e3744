import type { ReportPaper } from '../../../shared/contract/reports.ts'
import type { Ageing } from '../../../shared/contract/statements.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'
import type { Aged, Basis } from './aged-state.ts'
import { buckets, bucketTitles } from './buckets.ts'

type Asked = { readonly aged: Aged; readonly basis: Basis; readonly on: string; readonly formats: LocaleFormats }
type Line = ReportPaper['tables'][number]['rows'][number]

const figures = [...buckets, 'openE4', 'creditE4', 'balanceE4'] as const

/** Aged receivables as their paper has them: clients by currency with the sum of each, then all in the own currency. */
export const agedPaper = ({ aged, basis, on, formats }: Asked): ReportPaper => {
  const { rows, totals, base, baseCurrency } = aged
  const titles = bucketTitles(basis)
  const cells = (name: string, line: Ageing, currency: string) => [
    name.slice(0, 500),
    ...figures.map((figure) => formats.figures(line[figure], currency)),
  ]
  const isMixed = totals.length > 1
  const ofCurrency = (total: (typeof totals)[number]): Line[] => {
    const { currency } = total
    const own = rows.filter((row) => row.currency === currency)
    const name = new Intl.DisplayNames('en', { type: 'currency' }).of(currency) ?? currency
    return [
      ...(isMixed ? [{ kind: 'group' as const, cells: [`${currency}, ${name}`] }] : []),
      ...own.map((row) => ({ kind: 'row' as const, cells: cells(row.clientName, row, currency) })),
      { kind: isMixed ? 'sum' : 'total', cells: cells(`Total in ${currency}`, total, currency) },
    ]
  }
  const isForeign = totals.some(({ currency }) => currency !== baseCurrency)
  const all: Line[] = isForeign ? [{ kind: 'total', cells: cells(`All in ${baseCurrency}`, base, baseCurrency) }] : []
  const counted = basis === 'due' ? 'from the due date' : 'from the date of issue'
  return {
    title: 'Aged receivables',
    about: `As of ${formats.date(on)}, age counted ${counted}, after credit that is not used yet.`,
    tables: [
      {
        title: '',
        columns: [
          { label: 'Client', align: 'start' },
          ...[...buckets.map((bucket) => titles[bucket]), 'Open', 'Credit', 'Balance'].map((label) => ({
            label,
            align: 'end' as const,
          })),
        ],
        rows: [...totals.flatMap(ofCurrency), ...all],
        notes: isForeign ? ['Other currencies are taken at the rate of each document.'] : [],
      },
    ],
  }
}

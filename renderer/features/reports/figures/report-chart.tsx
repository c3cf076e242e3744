import type { ReportGroup, ReportRow } from '../../../../shared/contract/reports.ts'
import { BarChart, type BarSeries } from '../../../ui/bar-chart.tsx'
import { RankChart } from '../../../ui/rank-chart.tsx'
import { type Definition, daysText, isTime, type Look, rowTitle } from './definitions.ts'

type Props = {
  readonly definition: Definition
  readonly rows: readonly ReportRow[]
  readonly groupBy: ReportGroup
  readonly look: Look
  /** What the report is compared with, in words; null without a comparison. */
  readonly before: string | null
}

const heightOf = (value: bigint): number => Number(value) / 10_000

const beforeSeries = (name: string, { definition, rows, look }: Props): BarSeries => {
  const { formats, currency } = look
  const isDays = definition.title === 'Days to pay'
  return {
    name,
    values: rows.map((row) => (isDays ? (row.previousDays ?? 0) : heightOf(row.previousE4 ?? 0n))),
    texts: rows.map((row) =>
      isDays
        ? `${daysText(row.previousDays, formats.locale)} days`
        : row.previousE4 === null
          ? '–'
          : formats.amount(row.previousE4, currency),
    ),
  }
}

/** A report as bars: times side by side, anything else by its size. */
export const ReportChart = (props: Props) => {
  const { definition, rows, groupBy, look, before } = props
  const { formats, currency } = look
  const own: BarSeries = {
    name: before === null ? definition.measure : 'This period',
    values: rows.map(definition.measureOf),
    texts: rows.map((row) => definition.measureText(row, look)),
  }
  const won: BarSeries = {
    name: 'Won',
    values: rows.map((row) => heightOf(row.wonE4)),
    texts: rows.map((row) => formats.amount(row.wonE4, currency)),
  }
  const second = before !== null ? [beforeSeries(before, props)] : definition.title === 'Quotes won' ? [won] : []
  const series = [second.length > 0 && before === null ? { ...own, name: 'Offered' } : own, ...second]
  const title = definition.measure
  const labels = rows.map((row) => rowTitle(row, groupBy, formats))
  if (!isTime(groupBy)) return <RankChart title={title} labels={labels} series={series} />
  const short = rows.length <= 12
  return (
    <BarChart
      bare
      title={title}
      labels={rows.map((row) => rowTitle(row, groupBy, formats, short))}
      fullLabels={labels}
      series={series}
    />
  )
}

import { Link } from '@tanstack/react-router'
import { MayCall } from '../../app/may.tsx'
import { BarChart } from '../../ui/bar-chart.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Summary } from './home-figures.tsx'

type Props = { readonly months: Summary['months']; readonly currency: string }

// Only the heights of bars: figures are written from the exact amounts.
const height = (value: bigint): number => Number(value) / 10_000

/** Twelve months of what was issued and what came in. */
export const MonthsChart = ({ months, currency }: Props) => {
  const formats = useFormats()
  return (
    <Panel>
      <BarChart
        title={`Twelve months, in ${currency}`}
        actions={
          <MayCall call="reports.run">
            <Link to="/reports/$report" params={{ report: 'revenue' }} search={{ range: 'last-12-months' }}>
              Revenue report
            </Link>
          </MayCall>
        }
        labels={months.map(({ month }) => formats.month(month, true))}
        fullLabels={months.map(({ month }) => formats.month(month))}
        series={[
          {
            name: 'Issued',
            values: months.map((it) => height(it.issuedE4)),
            texts: months.map((it) => formats.amount(it.issuedE4, currency)),
          },
          {
            name: 'Received',
            values: months.map((it) => height(it.receivedE4)),
            texts: months.map((it) => formats.amount(it.receivedE4, currency)),
          },
        ]}
      />
    </Panel>
  )
}

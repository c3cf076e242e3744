import { Button } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import classes from './bar-chart.module.css'

export type BarSeries = { readonly name: string; readonly values: readonly number[]; readonly texts: readonly string[] }

type Props = {
  readonly title: string
  /** Names of the bars, short, and in full for the table. */
  readonly labels: readonly string[]
  readonly fullLabels: readonly string[]
  /** One or two series; `texts` are the exact figures, `values` only make heights. */
  readonly series: readonly BarSeries[]
  readonly actions?: ReactNode
}

const width = 720
const height = 176
const foot = 22

const Bars = ({ labels, fullLabels, series }: Pick<Props, 'labels' | 'fullLabels' | 'series'>) => {
  const most = Math.max(1, ...series.flatMap((it) => it.values))
  const slot = width / labels.length
  const bar = Math.min(20, (slot - 14) / series.length)
  const tall = height - foot - 8
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={classes['chart']} aria-hidden="true" focusable="false">
      {[0, 0.5, 1].map((part) => (
        <line
          key={part}
          x1="0"
          x2={width}
          y1={8 + tall * part}
          y2={8 + tall * part}
          className={classes['rule']}
          data-base={part === 1 || undefined}
        />
      ))}
      {labels.map((label, month) => (
        <g key={fullLabels[month]}>
          <title>{`${fullLabels[month]}: ${series.map((it) => `${it.name} ${it.texts[month]}`).join(', ')}`}</title>
          <rect x={month * slot} y="0" width={slot} height={height - foot} className={classes['slot']} />
          {series.map((it, index) => {
            const size = (Math.max(0, it.values[month] ?? 0) / most) * tall
            const x = month * slot + (slot - bar * series.length - 2 * (series.length - 1)) / 2 + index * (bar + 2)
            return (
              <rect
                key={it.name}
                x={x}
                y={8 + tall - size}
                width={bar}
                height={size}
                rx="2"
                className={classes['bar']}
                data-series={index}
              />
            )
          })}
          <text x={month * slot + slot / 2} y={height - 6} className={classes['label']}>
            {label}
          </text>
        </g>
      ))}
    </svg>
  )
}

/** A bar chart with its figures as a table: always there for screen readers, and for all on demand. */
export const BarChart = ({ title, labels, fullLabels, series, actions }: Props) => {
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  return (
    <figure className={classes['figure']} aria-labelledby={id}>
      <figcaption className={classes['caption']}>
        <h2 id={id}>{title}</h2>
        <span className={classes['legend']}>
          {series.map((it, index) => (
            <span key={it.name} className={classes['key']} data-series={index}>
              {it.name}
            </span>
          ))}
        </span>
        {actions}
        <Button variant="subtle" size="compact-sm" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Show the chart' : 'Show as table'}
        </Button>
      </figcaption>
      {!asTable && <Bars labels={labels} fullLabels={fullLabels} series={series} />}
      <div className={asTable ? classes['table-place'] : 'visually-hidden'}>
        <table className={classes['table']}>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">Month</th>
              {series.map((it) => (
                <th scope="col" key={it.name}>
                  {it.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fullLabels.map((label, month) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {series.map((it) => (
                  <td key={it.name}>{it.texts[month]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  )
}

import { Button } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { type ReactNode, useId, useState } from 'react'
import classes from './bar-chart.module.css'

export type BarSeries = { readonly name: string; readonly values: readonly number[]; readonly texts: readonly string[] }

type Props = {
  readonly title: string
  /** Names of the bars, short, and in full for the table. */
  readonly labels: readonly string[]
  readonly fullLabels: readonly string[]
  /** One or two series; `texts` are the exact figures, `values` only make heights, below zero too. */
  readonly series: readonly BarSeries[]
  readonly actions?: ReactNode
  /** What the bars stand for, the head of the table. */
  readonly head?: string
  /** The figures stand in a table beside the chart already. */
  readonly bare?: boolean
}

const usualWidth = 720
const height = 176
const foot = 22
const top = 8
const tall = height - foot - top
// As many names as stand beside each other without touching.
const labelWidth = 46

type BarsProps = Pick<Props, 'labels' | 'fullLabels' | 'series'>

const Bars = ({ labels, fullLabels, series }: BarsProps) => {
  const { ref, width: measured } = useElementSize()
  const width = measured === 0 ? usualWidth : Math.round(measured)
  const values = series.flatMap((it) => it.values)
  const most = Math.max(0, ...values)
  const least = Math.min(0, ...values)
  const span = Math.max(most - least, 0.0001)
  const y = (value: number) => top + ((most - value) / span) * tall
  const slot = width / Math.max(1, labels.length)
  const bar = Math.max(1, Math.min(24, (slot - Math.min(14, slot / 3)) / series.length - 1))
  const every = Math.max(1, Math.ceil(labelWidth / slot))
  return (
    <div ref={ref}>
      <svg viewBox={`0 0 ${width} ${height}`} className={classes['chart']} aria-hidden="true" focusable="false">
        {[0, 0.5, 1].map((part) => (
          <line
            key={part}
            x1="0"
            x2={width}
            y1={top + tall * part}
            y2={top + tall * part}
            className={classes['rule']}
          />
        ))}
        {labels.map((label, index) => (
          <g key={fullLabels[index]}>
            <title>{`${fullLabels[index]}: ${series.map((it) => `${it.name} ${it.texts[index]}`).join(', ')}`}</title>
            <rect x={index * slot} y="0" width={slot} height={height - foot} className={classes['slot']} />
            {series.map((it, place) => {
              const value = it.values[index] ?? 0
              const x = index * slot + (slot - bar * series.length - 2 * (series.length - 1)) / 2 + place * (bar + 2)
              return (
                <rect
                  key={it.name}
                  x={x}
                  y={y(Math.max(0, value))}
                  width={bar}
                  height={Math.abs(y(value) - y(0))}
                  rx={Math.min(2, bar / 3)}
                  className={classes['bar']}
                  data-series={place}
                />
              )
            })}
            {index % every === 0 && (
              <text x={index * slot + slot / 2} y={height - 6} className={classes['label']}>
                {label}
              </text>
            )}
          </g>
        ))}
        <line x1="0" x2={width} y1={y(0)} y2={y(0)} className={classes['rule']} data-base />
      </svg>
    </div>
  )
}

type FiguresProps = Pick<Props, 'title' | 'fullLabels' | 'series'> & {
  readonly head: string
  readonly visible: boolean
}

const Figures = ({ title, head, fullLabels, series, visible }: FiguresProps) => (
  <div className={visible ? classes['table-place'] : 'visually-hidden'}>
    <table className={classes['table']}>
      <caption className="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {series.map((it) => (
            <th scope="col" key={it.name}>
              {it.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fullLabels.map((label, index) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {series.map((it) => (
              <td key={it.name}>{it.texts[index]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

/** A bar chart with its figures as a table: always there for screen readers, and for all on demand. */
export const BarChart = ({ title, labels, fullLabels, series, actions, head = 'Month', bare = false }: Props) => {
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  return (
    <figure className={classes['figure']} aria-labelledby={id}>
      <figcaption className={classes['caption']}>
        <h2 id={id}>{title}</h2>
        <span className={classes['legend']}>
          {(series.length > 1 ? series : []).map((it, index) => (
            <span key={it.name} className={classes['key']} data-series={index}>
              {it.name}
            </span>
          ))}
        </span>
        {actions}
        {!bare && (
          <Button variant="subtle" size="compact-sm" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? 'Show the chart' : 'Show as table'}
          </Button>
        )}
      </figcaption>
      {!asTable && <Bars labels={labels} fullLabels={fullLabels} series={series} />}
      {!bare && <Figures title={title} head={head} fullLabels={fullLabels} series={series} visible={asTable} />}
    </figure>
  )
}

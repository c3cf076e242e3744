import { useId } from 'react'
import legend from './bar-chart.module.css'
import type { BarSeries } from './bar-chart.tsx'
import classes from './rank-chart.module.css'

type Props = {
  readonly title: string
  readonly labels: readonly string[]
  /** One or two series; `texts` are the exact figures, `values` only make lengths. */
  readonly series: readonly BarSeries[]
  /** At most so many bars; the table beside has them all. */
  readonly most?: number
}

// Nothing is a stub, so that it is not taken for missing.
const size = (value: number, most: number) => (value <= 0 ? '2px' : `${(value / most) * 100}%`)

/** Bars that lie beside their names, the longest first; its figures stand in a table beside. */
export const RankChart = ({ title, labels, series, most = 8 }: Props) => {
  const id = useId()
  const longest = Math.max(0.0001, ...series.flatMap((it) => it.values))
  const shown = labels.slice(0, most)
  return (
    <figure className={legend['figure']} aria-labelledby={id}>
      <figcaption className={legend['caption']}>
        <h2 id={id}>{title}</h2>
        <span className={legend['legend']}>
          {(series.length > 1 ? series : []).map((it, index) => (
            <span key={it.name} className={legend['key']} data-series={index}>
              {it.name}
            </span>
          ))}
        </span>
      </figcaption>
      <div className={classes['rows']} aria-hidden="true">
        {shown.map((label, index) => (
          // Two rows may have one name; their place tells them apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no state and are drawn anew
          <div key={index} className={classes['row']}>
            <span className={classes['name']} title={label}>
              {label}
            </span>
            <svg className={classes['bars']} height={series.length * 12} aria-hidden="true" focusable="false">
              {series.map((it, place) => (
                <rect
                  key={it.name}
                  x="0"
                  y={place * 12}
                  width={size(it.values[index] ?? 0, longest)}
                  height={series.length > 1 ? 10 : 12}
                  rx="2"
                  className={legend['bar']}
                  data-series={place}
                />
              ))}
            </svg>
            <span className={classes['figure']}>{series[0]?.texts[index]}</span>
          </div>
        ))}
      </div>
      {labels.length > shown.length && (
        <p className={classes['rest']}>
          The first {shown.length} of {labels.length}; the table has all.
        </p>
      )}
    </figure>
  )
}

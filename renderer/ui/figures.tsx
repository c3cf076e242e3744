import type { ReactNode } from 'react'
import classes from './figures.module.css'

type FigureProps = {
  readonly label: string
  readonly value: ReactNode
  /** A quiet line under the figure. */
  readonly note?: ReactNode
  readonly tone?: 'plain' | 'negative' | 'positive'
}

/** One figure with its name, inside `Figures`. */
export const Figure = ({ label, value, note, tone = 'plain' }: FigureProps) => (
  <div className={classes['figure']} data-tone={tone}>
    <dt>{label}</dt>
    <dd className={classes['value']}>{value}</dd>
    {note !== undefined && <dd className={classes['note']}>{note}</dd>}
  </div>
)

/** A strip of figures, parted by the tear line. */
export const Figures = ({ children }: { readonly children: ReactNode }) => (
  <dl className={classes['strip']}>{children}</dl>
)

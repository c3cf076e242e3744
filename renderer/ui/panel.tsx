import type { ReactNode } from 'react'
import classes from './panel.module.css'

type Props = {
  readonly title?: string
  readonly actions?: ReactNode
  /** The perforated edge of a document or its counterfoil. */
  readonly torn?: boolean
  readonly children: ReactNode
}

/** A sheet of paper on the page: a card, or with `torn` a slip with a perforated edge. */
export const Panel = ({ title, actions, torn = false, children }: Props) => (
  <section className={classes['panel']} data-torn={torn || undefined} aria-label={title}>
    {title !== undefined && (
      <div className={classes['head']}>
        <h2>{title}</h2>
        {actions}
      </div>
    )}
    {children}
  </section>
)

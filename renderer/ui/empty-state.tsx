import type { ReactNode } from 'react'
import classes from './empty-state.module.css'
import { TearLine } from './tear-line.tsx'

type Props = {
  /** One sentence: what will be here and why it is good to have. */
  readonly sentence: string
  /** The one primary button. */
  readonly action?: ReactNode
  /** A quiet second way, such as an import link. */
  readonly secondary?: ReactNode
}

/** An empty list: one sentence, one button, one quiet link. */
export const EmptyState = ({ sentence, action, secondary }: Props) => (
  <div className={classes['empty']}>
    <div className={classes['slip']} aria-hidden="true">
      <span />
      <span />
      <TearLine />
      <span />
    </div>
    <p className={classes['sentence']}>{sentence}</p>
    {(action !== undefined || secondary !== undefined) && (
      <div className={classes['ways']}>
        {action}
        {secondary}
      </div>
    )}
  </div>
)

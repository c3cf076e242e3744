import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import classes from './error-panel.module.css'

type Props = {
  /** What happened. */
  readonly title: string
  /** The sentence of this very case. */
  readonly message?: string
  /** What is safe and what to do. */
  readonly advice: string
  readonly onRetry?: () => void
  readonly retryLabel?: string
}

/** A problem in words, with the way on; feed it from `describeError`. */
export const ErrorPanel = ({ title, message, advice, onRetry, retryLabel = 'Try again' }: Props) => (
  <section className={classes['panel']} role="alert">
    <IconAlertTriangle size={20} className={classes['icon']} aria-hidden="true" />
    <div className={classes['words']}>
      <p className={classes['title']}>{title}</p>
      {message !== undefined && message !== title && <p>{message}</p>}
      <p className={classes['advice']}>{advice}</p>
      {onRetry !== undefined && (
        <Button variant="default" onClick={onRetry} className={classes['retry']}>
          {retryLabel}
        </Button>
      )}
    </div>
  </section>
)

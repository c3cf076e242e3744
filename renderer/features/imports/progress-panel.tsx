import { Button, Progress } from '@mantine/core'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Delayed } from '../../ui/skeleton.tsx'
import { type Entity, nounOf } from './import-words.ts'
import classes from './imports.module.css'
import type { Seen } from './use-progress.ts'

const timeLeft = (seconds: number) =>
  seconds < 90 ? `about ${Math.max(1, seconds)} s left` : `about ${Math.round(seconds / 60)} min left`

type Props = {
  readonly title: string
  /** What is done with each record: `checked`, `written`. */
  readonly verb: string
  readonly entity: Entity
  readonly seen: Seen | null
  readonly onStop: () => void
}

const shareOf = ({ rowsRead, rows, done, of }: Seen) =>
  of === null ? rowsRead / Math.max(1, rows) : done / Math.max(1, of)

/** How far a long import is, with a way to stop it; nothing for one that is quick. */
export const ProgressPanel = ({ title, verb, entity, seen, onStop }: Props) => {
  const { locale } = useFormats()
  const number = (value: number) => value.toLocaleString(locale)
  return (
    <Delayed>
      <Panel title={title}>
        <div className={classes['progress']}>
          <Progress
            value={seen === null ? 0 : 100 * shareOf(seen)}
            aria-label={title}
            size="sm"
            transitionDuration={100}
          />
          <div className={classes['progress-foot']}>
            <p role="status">
              {seen === null || seen.rows === 0
                ? 'Reading the file'
                : `${number(seen.rowsRead)} of ${number(seen.rows)} rows read, ${number(seen.done)} of ${
                    seen.of === null ? number(seen.rows) : number(seen.of)
                  } ${seen.of === null ? 'rows' : nounOf(entity, seen.of)} ${verb}`}
              {seen?.secondsLeft == null ? '' : `, ${timeLeft(seen.secondsLeft)}`}
            </p>
            <Button variant="default" size="compact-sm" onClick={onStop}>
              Stop
            </Button>
          </div>
        </div>
      </Panel>
    </Delayed>
  )
}

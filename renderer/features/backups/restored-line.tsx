import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { countWords, secondsWords } from '../../app/restore/backup-words.ts'
import { enteredWords } from '../../app/restore/entry-words.ts'
import { isToldOf } from '../../app/restore/replay-words.ts'
import { describeRestoreProblem } from '../../app/restore/restore-problem.ts'
import { forgetRestore, useRestoreRun } from '../../app/restore/restore-run.ts'
import { useFormats } from '../../ui/locale.tsx'
import classes from './backups.module.css'
import { DoneAgain } from './done-again.tsx'

/** What the last restore came to, and where the data is that was here before. */
export const RestoredLine = () => {
  const formats = useFormats()
  const { outcome } = useRestoreRun()
  if (outcome === null) return null
  if (outcome.kind === 'failed') {
    return (
      <div className={classes['failed']} role="alert">
        <IconAlertTriangle size={18} aria-hidden="true" />
        <div>
          <p>
            <strong>The backup was not restored.</strong> {describeRestoreProblem(outcome.problem, 'restore').message}
          </p>
        </div>
        <Button variant="subtle" color="red" size="compact-sm" onClick={forgetRestore}>
          Close
        </Button>
      </div>
    )
  }
  const entered = outcome.entry === null ? [] : enteredWords(outcome.entry)
  const isPart = (outcome.replayed !== null && outcome.replayed.stop !== null) || entered.length > 0
  return (
    <section className={classes['restored']} data-tone={isPart ? 'caution' : undefined} aria-label="Restored">
      {isPart ? <IconAlertTriangle size={18} aria-hidden="true" /> : <IconCircleCheck size={18} aria-hidden="true" />}
      <div>
        <p role="status">
          {outcome.business === null ? 'This is the data of' : `${outcome.business} is as it was on`}{' '}
          {formats.instant(outcome.createdAt)}, restored in {secondsWords(outcome.milliseconds, formats.locale)}.
        </p>
        <p>
          What was here before is kept in <span className={classes['path']}>{outcome.aside}</span>
        </p>
        {entered.map((said) => (
          <p key={said}>{said}</p>
        ))}
        {isToldOf(outcome.replayed) && <DoneAgain replayed={outcome.replayed} />}
        {outcome.missing > 0 && <p>{countWords(outcome.missing, 'kept file')} could not be brought back.</p>}
      </div>
      <Button variant="subtle" size="compact-sm" onClick={forgetRestore}>
        Close
      </Button>
    </section>
  )
}

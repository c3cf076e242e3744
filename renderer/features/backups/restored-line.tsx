import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { describeError } from '../../app/errors.ts'
import { countWords, secondsWords } from '../../app/restore/backup-words.ts'
import { forgetRestore, useRestoreRun } from '../../app/restore/restore-run.ts'
import { useFormats } from '../../ui/locale.tsx'
import classes from './backups.module.css'

/** What the last restore came to, and where the data is that was here before. */
export const RestoredLine = () => {
  const formats = useFormats()
  const { outcome } = useRestoreRun()
  if (outcome === null) return null
  if (outcome.kind === 'failed') {
    return (
      <div className={classes['problem']} role="alert">
        <IconAlertTriangle size={18} aria-hidden="true" />
        <p>{describeError(outcome.problem).message}</p>
      </div>
    )
  }
  return (
    <section className={classes['restored']} aria-label="Restored">
      <IconCircleCheck size={18} aria-hidden="true" />
      <div>
        <p role="status">
          {outcome.business === null ? 'This is the data of' : `${outcome.business} is as it was on`}{' '}
          {formats.instant(outcome.createdAt)}, restored in {secondsWords(outcome.milliseconds, formats.locale)}.
        </p>
        <p>
          What was here before is kept in <span className={classes['path']}>{outcome.aside}</span>
        </p>
        {outcome.doneAgain > 0 && <p>{countWords(outcome.doneAgain, 'action')} since then were done again.</p>}
        {outcome.missing > 0 && <p>{countWords(outcome.missing, 'kept file')} could not be brought back.</p>}
      </div>
      <Button variant="subtle" size="compact-sm" onClick={forgetRestore}>
        Close
      </Button>
    </section>
  )
}

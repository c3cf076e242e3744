import { Progress } from '@mantine/core'
import type { BackupStatus } from '../../../shared/contract/backups.ts'
import classes from './backups.module.css'

type Running = NonNullable<BackupStatus['running']>

const kinds: Readonly<Record<Running['kind'], string>> = {
  backup: 'Making a backup',
  verify: 'Checking the backup',
  drill: 'Trying a restore',
  check: 'Checking the database',
}

const steps: Readonly<Record<string, string>> = {
  copying: 'copying the database',
  checking: 'checking the copy',
  files: 'copying files',
  finishing: 'finishing',
}

const words = ({ kind, step, done, total }: Running): string => {
  const what = steps[step]
  const counted = total > 0 ? ` ${done} of ${total}` : ''
  return what === undefined ? `${kinds[kind]}…` : `${kinds[kind]}: ${what}${counted}…`
}

/** What goes on just now, and how far it is; nothing where nothing goes on. */
export const RunningLine = ({ running }: Pick<BackupStatus, 'running'>) => (
  <div aria-live="polite" className={classes['running']}>
    {running !== null && (
      <>
        <p>{words(running)}</p>
        <Progress
          aria-label={kinds[running.kind]}
          value={running.total > 0 ? (100 * running.done) / running.total : 100}
          animated={running.total === 0}
          size="sm"
        />
      </>
    )}
  </div>
)

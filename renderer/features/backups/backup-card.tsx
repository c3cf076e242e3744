import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconClock } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { BackupStatus } from '../../../shared/contract/backups.ts'
import { lengthWords, secondsWords } from '../../app/restore/backup-words.ts'
import { KeysPending } from '../../app/restore/keys-pending.tsx'
import { useRestoreRun } from '../../app/restore/restore-run.ts'
import { sizeText } from '../../ui/files.ts'
import { FormSection } from '../../ui/form.tsx'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './backups.module.css'
import { BeginAnew } from './begin-anew.tsx'
import { Formerly } from './formerly.tsx'
import { InClear } from './in-clear.tsx'
import { LastRestore } from './last-restore.tsx'
import { RestoreDialog } from './restore-dialog.tsx'
import { RunningLine } from './running-line.tsx'
import type { Backups } from './use-backups.ts'

const Fact = ({ term, children }: { readonly term: string; readonly children: ReactNode }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
)

const nextWords = ({ automatic, nextAt, main }: BackupStatus, formats: LocaleFormats): string => {
  if (!automatic) return 'Only by hand: automatic backups are off'
  if (nextAt !== null) return `${formats.instant(nextAt)} at the earliest`
  return main.last === null ? 'As soon as there is something to keep' : 'When something changes'
}

const Drill = ({ status }: { readonly status: BackupStatus }) => {
  const formats = useFormats()
  const { drill } = status
  if (drill === null) return <>Not tried yet: it is tried by itself once a week</>
  if (drill.problem !== null) {
    return (
      <>
        <StatusChip tone="negative" icon={IconAlertTriangle}>
          Failed
        </StatusChip>{' '}
        {formats.instant(drill.at)}: {drill.problem}
      </>
    )
  }
  const took = secondsWords(drill.milliseconds ?? 0, formats.locale)
  return (
    <>
      <StatusChip tone="positive" icon={IconCircleCheck}>
        {took}
      </StatusChip>{' '}
      tried on {formats.instant(drill.at)}, with a backup {lengthWords(drill.ageMilliseconds)} old
    </>
  )
}

const Last = ({ status }: { readonly status: BackupStatus }) => {
  const formats = useFormats()
  const { last } = status.main
  if (last === null) {
    return (
      <StatusChip tone="caution" icon={IconClock}>
        None yet
      </StatusChip>
    )
  }
  return (
    <>
      <StatusChip tone="positive" icon={IconCircleCheck}>
        Checked
      </StatusChip>{' '}
      {formats.instant(last.createdAt)}, {sizeText(last.size, formats.locale)}
      {last.missing > 0 && `; ${last.missing} kept files were missing`}
    </>
  )
}

type ProblemProps = {
  readonly at: string
  readonly message: string
  readonly where: string
  readonly children?: ReactNode
}

const Problem = ({ at, message, where, children }: ProblemProps) => {
  const formats = useFormats()
  return (
    <div className={classes['problem']} role="alert">
      <IconAlertTriangle size={18} aria-hidden="true" />
      <div>
        <p>
          {where}, {formats.instant(at)}: {message}
        </p>
        {children}
      </div>
    </div>
  )
}

/** The newest backup, whether it can be restored, when the next is due, and what can be done. */
export const BackupCard = ({ status, backups }: { readonly status: BackupStatus; readonly backups: Backups }) => {
  const formats = useFormats()
  const [restores, setRestores] = useState(false)
  const { main, second, check } = status
  const { outcome } = useRestoreRun()
  const verify = async () => {
    if (main.last === null) return
    const result = await backups.verify(main.last.file)
    if (result === null) return
    if (result.sound) showToast({ message: 'The newest backup was checked in full: it can be restored.' })
    else showToast({ message: `The newest backup is damaged: ${result.faults[0] ?? ''}`, tone: 'problem' })
  }
  return (
    <FormSection
      title="Backups"
      hint="A checked copy of everything: at most every 15 minutes while you work, then one a day for a month, one a week for twelve weeks, one a month for a year."
    >
      {main.problem !== null && <Problem {...main.problem} where="The backup on this computer failed" />}
      {second !== null && second.problem !== null && (
        <Problem {...second.problem} where="The backup in the second place failed">
          {second.problem.isGone && <BeginAnew folder={second.folder} backups={backups} />}
        </Problem>
      )}
      {check !== null && check.problem !== null && (
        <Problem at={check.at} message={check.problem} where="The database did not pass its check" />
      )}
      <KeysPending status={status} />
      <InClear status={status} />
      <Formerly status={status} backups={backups} />
      <dl className={classes['facts']}>
        <Fact term="Last backup">
          <Last status={status} />
        </Fact>
        <Fact term="Next">{nextWords(status, formats)}</Fact>
        <Fact term="Where">
          <span className={classes['path']}>{main.folder}</span>
        </Fact>
        <Fact term="A restore takes">
          <Drill status={status} />
        </Fact>
        {status.restored !== null && outcome === null && (
          <Fact term="Last restore">
            <LastRestore restored={status.restored} />
          </Fact>
        )}
      </dl>
      <RunningLine running={status.running} />
      <div className={classes['buttons']}>
        <Button loading={status.running?.kind === 'backup'} onClick={() => void backups.create()}>
          Back up now
        </Button>
        <Button variant="default" disabled={main.last === null || backups.isRunning} onClick={() => void verify()}>
          Verify now
        </Button>
        <Button
          variant="default"
          disabled={main.last === null || backups.isRunning}
          onClick={() => void backups.drill()}
        >
          Try a restore
        </Button>
        <Button variant="default" onClick={() => setRestores(true)}>
          Restore…
        </Button>
      </div>
      <RestoreDialog open={restores} onClose={() => setRestores(false)} />
    </FormSection>
  )
}

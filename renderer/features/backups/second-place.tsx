import { Button, Switch, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { BackupStatus } from '../../../shared/contract/backups.ts'
import { toAppError } from '../../app/errors.ts'
import { useWorkspace } from '../../app/organization.ts'
import { sizeText } from '../../ui/files.ts'
import { FormSection } from '../../ui/form.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import classes from './backups.module.css'
import type { Backups } from './use-backups.ts'

const SecondState = ({ second }: { readonly second: NonNullable<BackupStatus['second']> }) => {
  const formats = useFormats()
  if (second.problem !== null) {
    return (
      <StatusChip tone="negative" icon={IconAlertTriangle}>
        Does not work
      </StatusChip>
    )
  }
  if (second.last === null) return <span className={classes['quiet']}>Gets its first backup with the next one.</span>
  return (
    <span>
      <StatusChip tone="positive" icon={IconCircleCheck}>
        Checked
      </StatusChip>{' '}
      {formats.instant(second.last.createdAt)}, {sizeText(second.last.size, formats.locale)}
    </span>
  )
}

/** The folder on another disk that gets every backup too, and whether backups are made by themselves. */
export const SecondPlace = ({ status, backups }: { readonly status: BackupStatus; readonly backups: Backups }) => {
  const kept = status.second?.folder ?? ''
  const [path, setPath] = useState(kept)
  const [problem, setProblem] = useState<string>()
  const { setSettings } = backups
  const owns = useWorkspace().data?.ownsWorkstation === true
  const save = async (automatic: boolean, secondPlace: string) => {
    setProblem(undefined)
    try {
      backups.show(await setSettings.mutateAsync({ automatic, secondPlace: secondPlace.trim() || null }))
      return true
    } catch (thrown) {
      const error = toAppError(thrown)
      setProblem(error.fields?.['secondPlace'] ?? error.message)
      return false
    }
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if ((await save(status.automatic, path)) && path.trim() !== '') void backups.create()
  }
  return (
    <FormSection
      title="Second place"
      hint={
        owns
          ? 'A folder on another disk, a USB stick or a synced drive. A disk that breaks takes everything on it along.'
          : 'Backups hold every business kept here: an owner of the first of them decides where they go.'
      }
    >
      <form className={classes['second']} onSubmit={(event) => void submit(event)}>
        <TextInput
          label="Folder"
          description="The whole path. Empty: backups stay on this computer alone."
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          error={problem}
          spellCheck={false}
          readOnly={!owns}
        />
        <div className={classes['buttons']}>
          {owns && (
            <Button type="submit" variant="default" loading={setSettings.isPending} disabled={path.trim() === kept}>
              Save
            </Button>
          )}
          {status.second !== null && <SecondState second={status.second} />}
        </div>
      </form>
      <Switch
        label="Back up by itself"
        description="On change, at most every 15 minutes, and when Counterfoil closes."
        checked={status.automatic}
        disabled={!owns}
        onChange={(event) => void save(event.currentTarget.checked, kept)}
      />
    </FormSection>
  )
}

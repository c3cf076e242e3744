import { Button } from '@mantine/core'
import { IconLock, IconLockOpen } from '@tabler/icons-react'
import { useState } from 'react'
import { contract, type Input } from '../../../../shared/contract/index.ts'
import { api } from '../../../api.ts'
import { describeError } from '../../../app/errors.ts'
import { useApiQuery, useCommand } from '../../../app/queries.ts'
import { confirmAct } from '../../../ui/confirm.tsx'
import { Dialog, DialogFooter } from '../../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../../ui/form.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { showToast } from '../../../ui/toast.tsx'
import classes from './tax-report.module.css'

const schema = contract.taxSettings.unlockPeriod.input
type Values = Input<typeof contract.taxSettings.unlockPeriod>
type Lock = { readonly id: string; readonly version: number; readonly lockedUntil: string }

const UnlockDialog = ({ lock, onClose }: { readonly lock: Lock; readonly onClose: () => void }) => {
  const formats = useFormats()
  const unlock = useCommand('taxSettings', 'unlockPeriod')
  const form = useSchemaForm(schema, { id: lock.id, version: lock.version, reason: '' })
  const submit = async (values: Values) => {
    await unlock.mutateAsync(values)
    onClose()
    showToast({ message: `The period until ${formats.date(lock.lockedUntil)} is open again.` })
  }
  return (
    <Dialog open onClose={onClose} title={`Unlock until ${formats.date(lock.lockedUntil)}`}>
      <Form<typeof schema> form={form} onSubmit={submit} label="Unlock the period">
        <Field control={form.control} name="reason">
          {(bound) => (
            <TextField {...bound} label="Why" description="Kept in the history." withAsterisk required data-autofocus />
          )}
        </Field>
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Keep it locked
          </Button>
          <Button type="submit" loading={form.formState.isSubmitting}>
            Unlock
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  )
}

type Props = { readonly to: string; readonly today: string }

/** Whether the period is locked, and the act that locks it once it is over. */
export const LockPanel = ({ to, today }: Props) => {
  const formats = useFormats()
  const settings = useApiQuery('taxSettings', 'get', {}).data
  const [unlocking, setUnlocking] = useState<Lock | null>(null)
  const lock = settings?.locks[0]
  const isLocked = lock !== undefined && to <= lock.lockedUntil
  const close = async () => {
    const yes = await confirmAct({
      title: `Lock everything until ${formats.date(to)}?`,
      body: 'No document dated in it can be issued, voided or credited until it is unlocked. Do this once the return is filed.',
      verb: 'Lock the period',
      cancel: 'Leave it open',
    })
    if (!yes) return
    try {
      await api.taxSettings.lockPeriod({ lockedUntil: to })
      showToast({ message: `Locked until ${formats.date(to)}.` })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  if (settings === undefined) return null
  return (
    <div className={classes['lock']} data-locked={isLocked || undefined}>
      {isLocked ? <IconLock size={16} aria-hidden="true" /> : <IconLockOpen size={16} aria-hidden="true" />}
      <span>
        {isLocked
          ? `Locked until ${formats.date(lock.lockedUntil)}.`
          : to < today
            ? 'Open: documents of this period can still change the figures.'
            : 'This period is still running.'}
      </span>
      {isLocked && (
        <Button variant="subtle" size="compact-sm" onClick={() => setUnlocking(lock)}>
          Unlock
        </Button>
      )}
      {!isLocked && to < today && (
        <Button variant="default" size="compact-sm" onClick={() => void close()}>
          Lock the period
        </Button>
      )}
      {unlocking !== null && <UnlockDialog lock={unlocking} onClose={() => setUnlocking(null)} />}
    </div>
  )
}

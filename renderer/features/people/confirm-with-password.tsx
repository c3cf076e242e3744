import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { useFieldSubmit } from '../../ui/field-submit.ts'
import classes from './people.module.css'

type Props = {
  readonly title: string
  readonly body: string
  readonly verb: string
  /** What the other button says. */
  readonly keep?: string
  readonly isDangerous?: boolean
  readonly act: (password: string) => Promise<void>
  readonly onClose: () => void
}

/** Asks for one’s own password before something that cannot be done without; a refusal is said at the field. */
export const ConfirmWithPassword = ({ title, body, verb, keep = 'Cancel', isDangerous, act, onClose }: Props) => {
  const [password, setPassword] = useState('')
  const { problem, busy, submit } = useFieldSubmit(async () => {
    await act(password)
    onClose()
  })
  return (
    <Dialog open onClose={onClose} title={title}>
      <form onSubmit={(event) => void submit(event)} aria-label={title}>
        <p className={classes['hint']}>{body}</p>
        <PasswordInput
          label="Your password"
          autoComplete="current-password"
          value={password}
          error={problem}
          onChange={(event) => setPassword(event.currentTarget.value)}
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
        />
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            {keep}
          </Button>
          <Button type="submit" loading={busy} disabled={password === ''} {...(isDangerous ? { color: 'red' } : {})}>
            {verb}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}

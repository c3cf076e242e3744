import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../../api.ts'
import { setAccess } from '../../app/access-state.ts'
import { toAppError } from '../../app/errors.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './people.module.css'

/** Takes one's own password away, for somebody who works here alone. */
export const RemovePasswordDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      setAccess(await api.access.removePassword({ password }))
      showToast({ message: 'Password removed. Nobody is asked who they are any more.' })
      onClose()
    } catch (thrown) {
      setProblem(toAppError(thrown).message)
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title="Remove your password?">
      <form onSubmit={(event) => void submit(event)} aria-label="Remove your password">
        <p className={classes['hint']}>
          Whoever sits down at this computer is then you: nothing locks, and nothing is asked. Your PIN, one-time codes
          and sessions go with it. You can set a password again at any time.
        </p>
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
            Keep it
          </Button>
          <Button type="submit" color="red" loading={busy} disabled={password === ''}>
            Remove password
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}

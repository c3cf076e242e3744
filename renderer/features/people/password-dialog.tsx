import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { judgePassword } from '../../../shared/people/passwords.ts'
import { api } from '../../api.ts'
import { toAppError } from '../../app/errors.ts'
import type { Me } from '../../app/me.ts'
import { NewPasswordField } from '../../app/new-password-field.tsx'
import { useOrganization } from '../../app/organization.ts'
import { showRecoveryKey } from '../../app/recovery-key.tsx'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './people.module.css'

type Props = { readonly me: Me; readonly onClose: () => void }

/** Sets one’s own password. */
export const PasswordDialog = ({ me, onClose }: Props) => {
  const business = useOrganization()?.name ?? null
  const own = [me.name, me.email, business]
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await api.users.setPassword({ password })
      showToast({ message: me.hasPassword ? 'Password changed. Your other sessions have ended.' : 'Password set.' })
      onClose()
      // Whoever forgets the only password there is needs a way back: it is printed at once.
      if (!me.hasPassword && me.roleName === 'Owner') {
        showRecoveryKey((await api.access.newRecoveryCode({ password })).recoveryCode)
      }
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.code !== 'CANCELLED') setProblem(error.message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={me.hasPassword ? 'Change your password' : 'Set a password'}>
      <form onSubmit={(event) => void submit(event)} aria-label="New password">
        <NewPasswordField
          label="New password"
          value={password}
          onChange={setPassword}
          error={problem}
          own={own}
          autoFocus
        />
        {!me.hasPassword && (
          <p className={`${classes['quiet']} ${classes['after']}`}>
            From then on Counterfoil asks for it after a lock and when a session is over. A recovery code to print comes
            next, for when it is forgotten.
          </p>
        )}
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={judgePassword(password, own).refusal !== null}>
            {me.hasPassword ? 'Change password' : 'Set password'}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}

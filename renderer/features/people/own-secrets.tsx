import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { refusePin } from '../../../shared/people/pins.ts'
import { api } from '../../api.ts'
import { useAccess } from '../../app/access-state.ts'
import type { Me } from '../../app/me.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { FormSection } from '../../ui/form.tsx'
import { Panel } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import classes from './people.module.css'
import { RemovePasswordDialog } from './remove-password-dialog.tsx'
import { attempt } from './tell.ts'

const PinDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const refusal = pin === '' ? null : refusePin(pin)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const isSet = await attempt(() => api.users.setPin({ pin }))
    setBusy(false)
    if (!isSet) return
    showToast({ message: 'PIN set. It works on this computer until your session ends.' })
    onClose()
  }
  return (
    <Dialog open onClose={onClose} title="Set a PIN" size="sm">
      <form onSubmit={(event) => void submit(event)} aria-label="New PIN">
        <PasswordInput
          label="New PIN"
          description="Four figures at least; six are a good choice."
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          error={pin.length >= 4 ? refusal : undefined}
          onChange={(event) => setPin(event.currentTarget.value)}
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
        />
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={pin === '' || refusal !== null}>
            Set PIN
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}

/** One’s own password and PIN. */
export const OwnSecrets = ({ me }: { readonly me: Me }) => {
  const [asked, setAsked] = useState<'password' | 'pin' | 'remove' | null>(null)
  // With others here somebody has to say who they are.
  const isAlone = useAccess(({ state }) => (state?.people.length ?? 0) <= 1)
  const removePin = async () => {
    if (await attempt(() => api.users.setPin({ pin: null }))) showToast({ message: 'PIN removed.' })
  }
  return (
    <Panel title="Signing in">
      <div className={classes['parts']}>
        <FormSection title="Password" hint="Asked for after a lock, and when a session is over.">
          <div className={classes['buttons']}>
            <Button variant="default" onClick={() => setAsked('password')}>
              Change password
            </Button>
            {isAlone && (
              <Button variant="subtle" color="gray" onClick={() => setAsked('remove')}>
                Remove password
              </Button>
            )}
          </div>
        </FormSection>
        <FormSection title="PIN" hint="For changing places at a shared screen, after the password was said there once.">
          <div className={classes['buttons']}>
            <Button variant="default" onClick={() => setAsked('pin')}>
              {me.hasPin ? 'Change PIN' : 'Set a PIN'}
            </Button>
            {me.hasPin && (
              <Button variant="subtle" color="gray" onClick={() => void removePin()}>
                Remove PIN
              </Button>
            )}
          </div>
        </FormSection>
      </div>
      {asked === 'password' && <PasswordDialog me={me} onClose={() => setAsked(null)} />}
      {asked === 'pin' && <PinDialog onClose={() => setAsked(null)} />}
      {asked === 'remove' && <RemovePasswordDialog onClose={() => setAsked(null)} />}
    </Panel>
  )
}

import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { toAppError } from '../../app/errors.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import classes from './people.module.css'
import { attempt } from './tell.ts'

type Props = { readonly onClose: () => void; readonly onCodes: (codes: readonly string[]) => void }

/** Turns codes by mail on: sends one, and takes it. */
export const MailCodeDialog = ({ onClose, onCodes }: Props) => {
  const [address, setAddress] = useState<string | null>(null)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const begun = useRef(false)
  useEffect(() => {
    // Once: each is a message.
    if (begun.current) return
    begun.current = true
    void attempt(async () => setAddress((await api.mfa.beginEmail({})).address)).then((ok) => {
      if (!ok) onClose()
    })
  }, [onClose])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const { recoveryCodes } = await api.mfa.confirmEmail({ code })
      onClose()
      onCodes(recoveryCodes)
    } catch (thrown) {
      setProblem(toAppError(thrown).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open={address !== null} onClose={onClose} title="Codes by e-mail" size="sm">
      <form onSubmit={(event) => void submit(event)} aria-label="Confirm the address">
        <p className={classes['hint']}>A code was sent to {address}. It is good for ten minutes.</p>
        <TextInput
          label="The code that you were sent"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          error={problem}
          onChange={(event) => setCode(event.currentTarget.value)}
          data-autofocus
        />
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={code.trim().length < 6}>
            Turn codes on
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}

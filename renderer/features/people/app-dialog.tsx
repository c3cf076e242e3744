import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { toAppError } from '../../app/errors.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import classes from './people.module.css'
import { attempt } from './tell.ts'

type Props = { readonly onClose: () => void; readonly onCodes: (codes: readonly string[]) => void }

/** Sets up an app of one-time codes: shows its secret, and takes a first code of it. */
export const AppDialog = ({ onClose, onCodes }: Props) => {
  const [made, setMade] = useState<{ secret: string; address: string } | null>(null)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const begun = useRef(false)
  useEffect(() => {
    // Once: a second secret would make the first one shown worthless.
    if (begun.current) return
    begun.current = true
    void attempt(async () => setMade(await api.mfa.beginTotp({}))).then((ok) => {
      if (!ok) onClose()
    })
  }, [onClose])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const { recoveryCodes } = await api.mfa.confirmTotp({ code })
      onClose()
      onCodes(recoveryCodes)
    } catch (thrown) {
      setProblem(toAppError(thrown).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open={made !== null} onClose={onClose} title="Set up an app of one-time codes" size="lg">
      {made === null ? (
        <Skeleton lines={4} />
      ) : (
        <form onSubmit={(event) => void submit(event)} aria-label="Confirm the app">
          <div className={classes['handed']}>
            <QrCode text={made.address} label="QR code for the app; its secret stands beside it" />
            <div className={classes['stack']}>
              <p>Scan this with an app such as Aegis, 2FAS or Google Authenticator, or type the secret into it:</p>
              <p className={classes['code']}>{made.secret.match(/.{1,4}/g)?.join(' ')}</p>
              <TextInput
                label="The code that the app shows now"
                inputMode="numeric"
                autoComplete="one-time-code"
                value={code}
                error={problem}
                onChange={(event) => setCode(event.currentTarget.value)}
                data-autofocus
              />
            </div>
          </div>
          <DialogFooter>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={code.trim().length < 6}>
              Turn codes on
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  )
}

import { Button, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { QrCode } from '../../ui/qr-code.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toAppError } from '../errors.ts'
import { showRecoveryCodes } from './recovery-codes.tsx'
import classes from './second-factor.module.css'

type Props = {
  readonly name: string
  readonly onDone: () => void
  /** No secret could be made; the sentence says why, null where the person did not want to go on. */
  readonly onFailed: (message: string | null) => void
  /** The buttons beneath; given the one that sends. */
  readonly footer: (send: ReactNode) => ReactNode
}

/** Sets up an app of one-time codes: shows its secret, and takes a first code of it. */
export const TotpSetUp = ({ name, onDone, onFailed, footer }: Props) => {
  const [made, setMade] = useState<{ secret: string; address: string } | null>(null)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const begun = useRef(false)
  useEffect(() => {
    // Once: a second secret would make the first one shown worthless.
    if (begun.current) return
    begun.current = true
    api.mfa.beginTotp({}).then(setMade, (thrown: unknown) => {
      const { code: what, message } = toAppError(thrown)
      onFailed(what === 'CANCELLED' ? null : message)
    })
  }, [onFailed])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const { recoveryCodes } = await api.mfa.confirmTotp({ code })
      showRecoveryCodes(recoveryCodes, name)
      onDone()
    } catch (thrown) {
      setProblem(toAppError(thrown).message)
      setBusy(false)
      field.current?.focus()
    }
  }
  if (made === null) return <Skeleton lines={5} />
  return (
    <form className={classes['steps']} onSubmit={(event) => void submit(event)} aria-label="Confirm the app">
      <div className={classes['beside']}>
        <QrCode text={made.address} label="QR code for the app; its secret stands beside it" />
        <div className={classes['steps']}>
          <p>Scan this with an app such as Aegis, 2FAS or Google Authenticator, or type the secret into it:</p>
          <p className={classes['code']}>{made.secret.match(/.{1,4}/g)?.join(' ')}</p>
          <TextInput
            ref={field}
            label="The code that the app shows now"
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            error={problem}
            onChange={(event) => setCode(event.currentTarget.value)}
            data-autofocus
            autoFocus
          />
        </div>
      </div>
      {footer(
        <Button type="submit" loading={busy} disabled={code.trim().length < 6}>
          Turn codes on
        </Button>,
      )}
    </form>
  )
}

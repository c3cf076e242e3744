import { Button, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toAppError } from '../errors.ts'
import { showRecoveryCodes } from './recovery-codes.tsx'
import classes from './second-factor.module.css'

type Props = {
  readonly name: string
  readonly onDone: () => void
  /** No code could be sent; the sentence says why, null where the person did not want to go on. */
  readonly onFailed: (message: string | null) => void
  /** The buttons beneath; given the one that sends. */
  readonly footer: (send: ReactNode) => ReactNode
}

/** Turns codes by mail on: sends one, and takes it. */
export const MailCodeSetUp = ({ name, onDone, onFailed, footer }: Props) => {
  const [address, setAddress] = useState<string | null>(null)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const begun = useRef(false)
  useEffect(() => {
    // Once: each is a message.
    if (begun.current) return
    begun.current = true
    api.mfa.beginEmail({}).then(
      (sent) => setAddress(sent.address),
      (thrown: unknown) => {
        const { code: what, message } = toAppError(thrown)
        onFailed(what === 'CANCELLED' ? null : message)
      },
    )
  }, [onFailed])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const { recoveryCodes } = await api.mfa.confirmEmail({ code })
      showRecoveryCodes(recoveryCodes, name)
      onDone()
    } catch (thrown) {
      setProblem(toAppError(thrown).message)
      setBusy(false)
    }
  }
  if (address === null) return <Skeleton lines={3} />
  return (
    <form className={classes['steps']} onSubmit={(event) => void submit(event)} aria-label="Confirm the address">
      <p>A code was sent to {address}. It is good for ten minutes.</p>
      <TextInput
        label="The code that you were sent"
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        error={problem}
        onChange={(event) => setCode(event.currentTarget.value)}
        data-autofocus
        autoFocus
      />
      {footer(
        <Button type="submit" loading={busy} disabled={code.trim().length < 6}>
          Turn codes on
        </Button>,
      )}
    </form>
  )
}

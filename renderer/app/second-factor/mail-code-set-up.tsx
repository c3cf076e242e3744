import { Button, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toAppError } from '../errors.ts'
import { isCodeSent } from './code-sent.ts'
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

// Once when it is shown, then as often as somebody asks: each is a message.
const useSentCode = (onFailed: Props['onFailed']) => {
  const [address, setAddress] = useState<string | null>(null)
  const [times, setTimes] = useState(0)
  const begun = useRef(false)
  const send = useCallback(async () => {
    const sent = await api.mfa.beginEmail({})
    setAddress(sent.address)
    setTimes((before) => before + 1)
  }, [])
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    send().catch((thrown: unknown) => {
      // Asked for anew within the half minute: the first one is on its way.
      if (isCodeSent(thrown)) return setTimes(1)
      const { code, message } = toAppError(thrown)
      onFailed(code === 'CANCELLED' ? null : message)
    })
  }, [send, onFailed])
  return { address, times, send }
}

/** Turns codes by mail on: sends one, and takes it. */
export const MailCodeSetUp = ({ name, onDone, onFailed, footer }: Props) => {
  const { address, times, send } = useSentCode(onFailed)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const fail = (thrown: unknown) => setProblem(toAppError(thrown).message)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(undefined)
    try {
      const { recoveryCodes } = await api.mfa.confirmEmail({ code: code.trim() })
      showRecoveryCodes(recoveryCodes, name)
      onDone()
    } catch (thrown) {
      fail(thrown)
      setBusy(false)
      field.current?.focus()
    }
  }
  if (times === 0) return <Skeleton lines={3} label="Sending a code to your address" />
  return (
    <form className={classes['steps']} onSubmit={(event) => void submit(event)} aria-label="Confirm the address">
      <p role="status">
        {times > 1 ? 'Another code' : 'A code'} was sent{' '}
        {address === null ? (
          'to you just now'
        ) : (
          <>
            to <strong className={classes['address']}>{address}</strong>
          </>
        )}
        . It is good for ten minutes{times > 1 && ', and the one before is not any more'}.
      </p>
      <TextInput
        ref={field}
        label="The code that you were sent"
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        error={problem}
        onChange={(event) => setCode(event.currentTarget.value)}
        data-autofocus
        autoFocus
      />
      <div className={classes['again']}>
        <Button variant="subtle" size="compact-sm" onClick={() => void send().catch(fail)}>
          Send another code
        </Button>
      </div>
      {footer(
        <Button type="submit" loading={busy} disabled={code.trim().length < 6}>
          Turn codes on
        </Button>,
      )}
    </form>
  )
}

import { Button, Checkbox, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { isCodeSent } from '../../app/second-factor/code-sent.ts'
import classes from './access.module.css'
import { Problem } from './problem.tsx'
import type { Try } from './use-try.ts'

export type CodeMethod = 'totp' | 'email' | 'recovery-code'

type Props = {
  readonly userId: string
  readonly password: string
  readonly methods: readonly CodeMethod[]
  readonly attempt: Try
  readonly onCode: (code: string, trustDevice: boolean) => Promise<void>
}

/** The second proof: a code of the app, one by mail, or one of the recovery codes. */
export const CodeStep = ({ userId, password, methods, attempt, onCode }: Props) => {
  const [code, setCode] = useState('')
  const [usesRecovery, setUsesRecovery] = useState(false)
  const [trusts, setTrusts] = useState(false)
  const [sent, setSent] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt
      .run(() => onCode(code.trim(), trusts))
      .then((ok) => {
        if (ok) return
        setCode('')
        field.current?.focus()
      })
  }
  const { run } = attempt
  const send = async (isFirst: boolean) => {
    await run(async () => {
      await api.access.sendEmailCode({ userId, password }).catch((thrown: unknown) => {
        // One that was sent a moment ago is as good.
        if (!isFirst || !isCodeSent(thrown)) throw thrown
      })
      setSent(true)
    })
    field.current?.focus()
  }
  const begun = useRef(false)
  // Where mail is the only way there is nothing to choose.
  const isByMailAlone = methods.includes('email') && !methods.includes('totp')
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the code is first asked for
  useEffect(() => {
    if (!isByMailAlone || begun.current) return
    begun.current = true
    void send(true)
  }, [])
  return (
    <form className={classes['form']} onSubmit={submit} aria-label="One-time code">
      <p className={classes['quiet']}>
        {usesRecovery
          ? 'One of the ten codes that you printed or kept; each is good once.'
          : sent
            ? 'A code was sent to your mail address. It is good for ten minutes.'
            : methods.includes('totp')
              ? 'The six figures that your app shows now.'
              : 'A code of six figures can be sent to your address.'}
      </p>
      <Problem attempt={attempt} />
      <TextInput
        key={usesRecovery ? 'recovery' : 'code'}
        ref={field}
        label={usesRecovery ? 'Recovery code' : 'One-time code'}
        inputMode={usesRecovery ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        autoFocus
      />
      <Checkbox
        label="Ask for no code on this computer for 30 days"
        checked={trusts}
        onChange={(event) => setTrusts(event.currentTarget.checked)}
      />
      <Button type="submit" loading={attempt.busy} disabled={code.trim() === '' || attempt.secondsLeft > 0}>
        Sign in
      </Button>
      <div className={classes['ways']}>
        {methods.includes('recovery-code') && (
          <button type="button" onClick={() => setUsesRecovery(!usesRecovery)}>
            {usesRecovery ? 'Use a one-time code' : 'Use a recovery code'}
          </button>
        )}
        {methods.includes('email') && (
          <button type="button" onClick={() => void send(!sent)}>
            {sent ? 'Send another code' : 'Send me a code by e-mail'}
          </button>
        )}
      </div>
    </form>
  )
}

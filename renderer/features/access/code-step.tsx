import { Button, Checkbox, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import classes from './access.module.css'
import type { Try } from './use-try.ts'

export type CodeMethod = 'totp' | 'email' | 'recovery-code'

type Props = {
  readonly methods: readonly CodeMethod[]
  readonly attempt: Try
  readonly onCode: (code: string, trustDevice: boolean) => Promise<void>
}

/** The second proof: a code of the app, one by mail, or one of the recovery codes. */
export const CodeStep = ({ methods, attempt, onCode }: Props) => {
  const [code, setCode] = useState('')
  const [usesRecovery, setUsesRecovery] = useState(false)
  const [trusts, setTrusts] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt.run(() => onCode(code.trim(), trusts)).then((ok) => !ok && setCode(''))
  }
  return (
    <form className={classes['form']} onSubmit={submit} aria-label="One-time code">
      <p className={classes['quiet']}>
        {usesRecovery
          ? 'One of the ten codes that you printed or kept; each is good once.'
          : 'The six figures that your app shows now.'}
      </p>
      {attempt.problem !== null && (
        <p role="alert" className={classes['problem']}>
          {attempt.problem}
        </p>
      )}
      <TextInput
        key={usesRecovery ? 'recovery' : 'code'}
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
      </div>
    </form>
  )
}

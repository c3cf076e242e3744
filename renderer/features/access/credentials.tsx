import { Button, Checkbox, PasswordInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { AccessState } from '../../../shared/contract/access.ts'
import { api } from '../../api.ts'
import { PersonFace } from '../../app/person-face.tsx'
import classes from './access.module.css'
import { type CodeMethod, CodeStep } from './code-step.tsx'
import { Problem } from './problem.tsx'
import { useTry } from './use-try.ts'

type Person = AccessState['people'][number]
type Props = { readonly state: AccessState; readonly person: Person }

/** Signs one person in: PIN where it is enough, else password, and a one-time code where one is asked for. */
export const Credentials = ({ state, person }: Props) => {
  const [usesPin, setUsesPin] = useState(person.mayUsePin)
  const [secret, setSecret] = useState('')
  const [stays, setStays] = useState(state.keychain.staysSignedIn)
  const [methods, setMethods] = useState<readonly CodeMethod[] | null>(null)
  const attempt = useTry()
  const field = useRef<HTMLInputElement>(null)
  const isPin = usesPin && !attempt.asksPassword
  const mayStay = !state.encrypted || state.keychain.warning === null

  const signIn = async (code: string | null, trustDevice: boolean) => {
    const answer = isPin
      ? await api.access.signInWithPin({ userId: person.id, pin: secret })
      : await api.access.signIn({
          userId: person.id,
          password: secret,
          code,
          trustDevice,
          staySignedIn: stays && mayStay,
        })
    if (answer.next === 'code') setMethods(answer.methods)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt
      .run(() => signIn(null, false))
      .then((ok) => {
        if (ok) return
        setSecret('')
        // The button was pressed, perhaps: the next try begins in the field all the same.
        field.current?.focus()
      })
  }

  if (methods !== null) {
    return <CodeStep userId={person.id} password={secret} methods={methods} attempt={attempt} onCode={signIn} />
  }
  return (
    <form className={classes['form']} onSubmit={submit} aria-label={`Sign in as ${person.name}`}>
      <div className={classes['chosen']}>
        <PersonFace person={person} size={56} atDoor />
        {person.name}
      </div>
      <Problem attempt={attempt} />
      {/* A manager of passwords needs to know whose it is. */}
      <input type="text" autoComplete="username" value={person.name} readOnly hidden />
      <PasswordInput
        key={isPin ? 'pin' : 'password'}
        ref={field}
        label={isPin ? 'PIN' : 'Password'}
        inputMode={isPin ? 'numeric' : 'text'}
        autoComplete={isPin ? 'off' : 'current-password'}
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        autoFocus
        visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
      />
      {mayStay && !isPin && (
        <Checkbox
          label="Stay signed in on this computer"
          checked={stays}
          onChange={(event) => setStays(event.currentTarget.checked)}
        />
      )}
      <Button type="submit" loading={attempt.busy} disabled={secret === '' || attempt.secondsLeft > 0}>
        Sign in
      </Button>
      {person.mayUsePin && !attempt.asksPassword && (
        <Button
          variant="subtle"
          onClick={() => {
            setSecret('')
            attempt.clear()
            setUsesPin(!isPin)
          }}
        >
          {isPin ? 'Use the password' : 'Use the PIN'}
        </Button>
      )}
    </form>
  )
}

import { Button } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import type { AccessState } from '../../../shared/contract/access.ts'
import { judgePassword } from '../../../shared/people/passwords.ts'
import { api } from '../../api.ts'
import { NewPasswordField } from '../../app/new-password-field.tsx'
import { leave } from '../../app/person-menu.tsx'
import { MailCodeSetUp } from '../../app/second-factor/mail-code-set-up.tsx'
import { TotpSetUp } from '../../app/second-factor/totp-set-up.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './access.module.css'
import { Problem } from './problem.tsx'
import { Slip } from './slip.tsx'
import { useTry } from './use-try.ts'

type Person = NonNullable<AccessState['person']>
type Props = { readonly person: Person; readonly owes: NonNullable<AccessState['owes']> }

const Ways = ({ children }: { readonly children?: ReactNode }) => (
  <div className={classes['ways']}>
    {children}
    <button type="button" onClick={() => void leave('signOut')}>
      Sign out
    </button>
  </div>
)

const NewPassword = ({ person }: Pick<Props, 'person'>) => {
  const [password, setPassword] = useState('')
  const attempt = useTry()
  const own = [person.name]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt.run(async () => {
      await api.users.setPassword({ password })
      showToast({ message: 'Password changed. Your other sessions have ended.' })
    })
  }
  return (
    <Slip
      title="Choose a new password"
      hint={`${person.name}, a reset was made for you, or your password would not be taken today. A new one comes before anything else.`}
    >
      <form className={classes['form']} onSubmit={submit} aria-label="Choose a new password">
        <Problem attempt={attempt} />
        <input type="text" autoComplete="username" value={person.name} readOnly hidden />
        <NewPasswordField label="New password" value={password} onChange={setPassword} own={own} autoFocus />
        <Button type="submit" loading={attempt.busy} disabled={judgePassword(password, own).refusal !== null}>
          Change the password
        </Button>
      </form>
      <Ways />
    </Slip>
  )
}

const SecondFactor = ({ person, byMail }: { readonly person: Person; readonly byMail: boolean }) => {
  const [way, setWay] = useState<'app' | 'mail'>('app')
  // Undefined: nothing went wrong; null: the password was not said again.
  const [problem, setProblem] = useState<string | null>()
  const [round, setRound] = useState(0)
  const again = (next: 'app' | 'mail') => {
    setProblem(undefined)
    setWay(next)
    setRound(round + 1)
  }
  const SetUp = way === 'app' ? TotpSetUp : MailCodeSetUp
  return (
    <Slip
      title="Set up one-time codes"
      hint={`${person.name}, your business asks for a code besides the password. It takes a minute, and comes before anything else.`}
      wide={way === 'app'}
    >
      {problem === undefined ? (
        <SetUp
          key={round}
          name={person.name}
          // The front door opens by itself.
          onDone={() => undefined}
          onFailed={setProblem}
          footer={(send) => <div>{send}</div>}
        />
      ) : (
        <>
          <p role="alert" className={classes['problem']}>
            {problem ?? 'Your password is asked for once more before the codes are shown.'}
          </p>
          <div>
            <Button variant="default" onClick={() => again(way)}>
              Try again
            </Button>
          </div>
        </>
      )}
      <Ways>
        {byMail && (
          <button type="button" onClick={() => again(way === 'app' ? 'mail' : 'app')}>
            {way === 'app' ? 'Have codes sent by e-mail instead' : 'Use an app instead'}
          </button>
        )}
      </Ways>
    </Slip>
  )
}

/** The front door while somebody who has signed in still owes something: a new password, or one-time codes. */
export const OwedPage = ({ person, owes }: Props) => {
  const title = owes.what === 'new-password' ? 'Choose a new password' : 'Set up one-time codes'
  useEffect(() => {
    document.title = `${title} · Counterfoil`
  }, [title])
  return owes.what === 'new-password' ? (
    <NewPassword person={person} />
  ) : (
    <SecondFactor person={person} byMail={owes.byMail} />
  )
}

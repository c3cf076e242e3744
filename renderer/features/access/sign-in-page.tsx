import { useEffect, useState } from 'react'
import type { AccessState } from '../../../shared/contract/access.ts'
import { PersonFace } from '../../app/person-face.tsx'
import classes from './access.module.css'
import { Credentials } from './credentials.tsx'
import { Slip } from './slip.tsx'
import { WithCode } from './with-code.tsx'

type Way = 'person' | 'invitation' | 'recovery'
type Props = { readonly state: AccessState }

const hintOf = ({ reason, idleMinutes }: AccessState): string | null => {
  if (reason === 'idle') {
    const time = idleMinutes === null ? 'a while' : idleMinutes === 1 ? 'one minute' : `${idleMinutes} minutes`
    return `Locked after ${time} without a key or a click. Drafts are kept.`
  }
  if (reason === 'system') return 'Locked with the computer. Drafts are kept.'
  if (reason === 'person') return 'Locked. Drafts are kept.'
  if (reason === 'over') return 'The session is over. Drafts are kept.'
  return null
}

const titles: Readonly<Record<Way, string>> = {
  person: 'Sign in',
  invitation: 'Come in with a code',
  recovery: 'Forgotten password',
}

type PeopleProps = { readonly people: AccessState['people']; readonly onChoose: (id: string) => void }

const People = ({ people, onChoose }: PeopleProps) => (
  <ul className={classes['people']} aria-label="Who are you?">
    {people.map((person, index) => (
      <li key={person.id}>
        <button
          type="button"
          className={classes['person']}
          onClick={() => onChoose(person.id)}
          // biome-ignore lint/a11y/noAutofocus: a keyboard begins at the first person
          autoFocus={index === 0}
        >
          <PersonFace person={person} size={40} atDoor />
          {person.name}
        </button>
      </li>
    ))}
  </ul>
)

/** The front door while nobody is signed in: who one is, and how one proves it. */
export const SignInPage = ({ state }: Props) => {
  const [way, setWay] = useState<Way>('person')
  const [chosen, setChosen] = useState<string | null>(null)
  const person = state.people.length === 1 ? state.people[0] : state.people.find(({ id }) => id === chosen)
  const title = way === 'person' && person === undefined ? 'Who are you?' : titles[way]
  useEffect(() => {
    document.title = `${title} · Counterfoil`
  }, [title])
  return (
    <Slip title={title} hint={way === 'person' ? hintOf(state) : null}>
      {way !== 'person' ? (
        <WithCode kind={way} />
      ) : person === undefined ? (
        <People people={state.people} onChoose={setChosen} />
      ) : (
        <Credentials key={person.id} state={state} person={person} />
      )}
      <div className={classes['ways']}>
        {way !== 'person' && (
          <button type="button" onClick={() => setWay('person')}>
            Back to signing in
          </button>
        )}
        {way === 'person' && person !== undefined && state.people.length > 1 && (
          <button type="button" onClick={() => setChosen(null)}>
            Somebody else
          </button>
        )}
        {way !== 'invitation' && (
          <button type="button" onClick={() => setWay('invitation')}>
            I was given a code
          </button>
        )}
        {way !== 'recovery' && (
          <button type="button" onClick={() => setWay('recovery')}>
            Forgotten password
          </button>
        )}
      </div>
      {way === 'recovery' && (
        <p className={classes['quiet']}>
          Not an owner? Somebody who manages people gives you a code: Settings, People. Without the recovery code nobody
          can open encrypted data.
        </p>
      )}
    </Slip>
  )
}

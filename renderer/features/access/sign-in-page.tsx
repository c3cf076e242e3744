import { TextInput } from '@mantine/core'
import { type KeyboardEvent, lazy, Suspense, useEffect, useState } from 'react'
import type { AccessState } from '../../../shared/contract/access.ts'
import { PersonFace } from '../../app/person-face.tsx'
import classes from './access.module.css'
import { Credentials } from './credentials.tsx'
import { Slip } from './slip.tsx'
import { WithCode } from './with-code.tsx'

type Way = 'person' | 'invitation' | 'recovery' | 'backup'
type Props = { readonly state: AccessState }

// Hardly ever needed, and as large as the rest of the door.
const LostKeys = lazy(async () => ({ default: (await import('./lost-keys.tsx')).LostKeys }))

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
  recovery: 'Use the recovery code',
  backup: 'Without the key file',
}

type PeopleProps = { readonly people: AccessState['people']; readonly onChoose: (id: string) => void }

// So many stand in one column; more stand in several, and are found by typing.
const oneColumn = 6
const seenAtOnce = 12

const ahead: Readonly<Record<string, boolean>> = { ArrowDown: true, ArrowRight: true, ArrowUp: false, ArrowLeft: false }

/** Moves the focus to the tile beside or, by as many as stand in a row, to the one above or below. */
const walk = (event: KeyboardEvent<HTMLUListElement>) => {
  const goesOn = ahead[event.key]
  if (goesOn === undefined) return
  const tiles = [...event.currentTarget.querySelectorAll('button')]
  const inRow = tiles.filter((tile) => tile.offsetTop === tiles[0]?.offsetTop).length
  const by = event.key === 'ArrowDown' || event.key === 'ArrowUp' ? inRow : 1
  const { activeElement } = document
  const at = activeElement instanceof HTMLButtonElement ? tiles.indexOf(activeElement) : 0
  event.preventDefault()
  tiles[at + (goesOn ? by : -by)]?.focus()
}

const People = ({ people, onChoose }: PeopleProps) => {
  const [text, setText] = useState('')
  const isMany = people.length > seenAtOnce
  const found = people.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))
  const [only] = found
  const enter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && found.length === 1 && only !== undefined) onChoose(only.id)
  }
  return (
    <div className={classes['choice']}>
      {isMany && (
        <TextInput
          aria-label="Find your name"
          placeholder="Find your name"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={enter}
          autoFocus
        />
      )}
      <ul
        className={classes['people']}
        data-columns={people.length > oneColumn || undefined}
        aria-label="Who are you?"
        onKeyDown={walk}
      >
        {found.map((person, index) => (
          <li key={person.id}>
            <button
              type="button"
              className={classes['person']}
              onClick={() => onChoose(person.id)}
              // biome-ignore lint/a11y/noAutofocus: a keyboard begins at the first person
              autoFocus={index === 0 && !isMany}
            >
              <PersonFace person={person} size={40} atDoor />
              <span>{person.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p role="status" className={classes['quiet']}>
          Nobody who can sign in here is called that.
        </p>
      )}
    </div>
  )
}

/** The front door while nobody is signed in: who one is, and how one proves it. */
export const SignInPage = ({ state }: Props) => {
  const [asked, setWay] = useState<Way>('person')
  // Once the key file is back nothing has to be restored.
  const way = asked === 'backup' && state.problem === null ? 'person' : asked
  const [chosen, setChosen] = useState<string | null>(null)
  const person = state.people.length === 1 ? state.people[0] : state.people.find(({ id }) => id === chosen)
  const hasForgotten = way === 'recovery' && state.problem === null
  const title =
    way === 'person' && person === undefined ? 'Who are you?' : hasForgotten ? 'Forgotten password' : titles[way]
  useEffect(() => {
    document.title = `${title} · Counterfoil`
  }, [title])
  return (
    <Slip
      title={title}
      hint={way === 'person' ? hintOf(state) : null}
      wide={way === 'backup' || (way === 'person' && person === undefined && state.people.length > oneColumn)}
    >
      {state.problem !== null && way !== 'backup' && (
        <p role="alert" className={classes['caution']}>
          {state.problem.message}
        </p>
      )}
      {way === 'backup' ? (
        <Suspense fallback={null}>
          <LostKeys problem={state.problem} />
        </Suspense>
      ) : way !== 'person' ? (
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
        {way !== 'invitation' && state.problem === null && (
          <button type="button" onClick={() => setWay('invitation')}>
            I was given a code
          </button>
        )}
        {way !== 'recovery' && (
          <button type="button" onClick={() => setWay('recovery')}>
            {state.problem === null ? 'Forgotten password' : 'Use the recovery code'}
          </button>
        )}
        {way !== 'backup' && state.problem !== null && (
          <button type="button" onClick={() => setWay('backup')}>
            Go back to a backup
          </button>
        )}
      </div>
      {hasForgotten && (
        <p className={classes['quiet']}>
          Not an owner? Somebody who manages people gives you a code: Settings, People. Without the recovery code nobody
          can open encrypted data.
        </p>
      )}
    </Slip>
  )
}

import { ActionIcon, Button } from '@mantine/core'
import {
  IconCircleCheck,
  IconCircleOff,
  IconKey,
  IconMailOpened,
  IconPencil,
  IconShieldCheck,
} from '@tabler/icons-react'
import { useState } from 'react'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { type Me, useMayCall } from '../../app/me.ts'
import { useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import { AloneCard } from './alone-card.tsx'
import { Elsewhere } from './elsewhere.tsx'
import type { HandedOver } from './hand-over.tsx'
import { HandedDialog } from './handed-dialog.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { Left } from './left.tsx'
import { NewCodeDialog } from './new-code-dialog.tsx'
import classes from './people.module.css'
import { LastSignInCell, PersonCell } from './person-cells.tsx'
import { PersonDialog } from './person-dialog.tsx'
import type { Person } from './rows.ts'

const statuses = {
  active: { tone: 'positive', icon: IconCircleCheck, text: 'Active' },
  invited: { tone: 'accent', icon: IconMailOpened, text: 'Invited' },
  inactive: { tone: 'neutral', icon: IconCircleOff, text: 'Kept out' },
} as const

type RowProps = { readonly person: Person; readonly onOpen: () => void }

// Whoever is limited to branches gives those of theirs a new code, and changes nothing else of them.
const useOpened = (person: Person) => {
  const mayCall = useMayCall()
  if (!person.mayChange) return null
  if (mayCall('users.update')) return { label: `Change ${person.name}`, icon: IconPencil }
  if (person.status === 'inactive' || !mayCall('users.makeCode')) return null
  return { label: `A code for ${person.name}`, icon: IconKey }
}

const Row = ({ person, onOpen }: RowProps) => {
  const opened = useOpened(person)
  const status = statuses[person.status]
  return (
    // The button is the way by keyboard; with the mouse the whole row is.
    <tr className={opened === null ? undefined : classes['opens']} onClick={opened === null ? undefined : onOpen}>
      <PersonCell person={person} />
      <td className={classes['role']}>{person.roleName}</td>
      <td>
        <StatusChip tone={status.tone} icon={status.icon}>
          {status.text}
        </StatusChip>
      </td>
      <td data-wide>
        {person.hasSecondFactor ? (
          <StatusChip tone="positive" icon={IconShieldCheck}>
            On
          </StatusChip>
        ) : (
          <span className={classes['quiet']}>Off</span>
        )}
      </td>
      <LastSignInCell at={person.lastLoginAt} />
      <td className={classes['end']}>
        {opened !== null && (
          <ActionIcon size={28} onClick={onOpen} aria-label={opened.label} title={opened.label}>
            <opened.icon size={15} />
          </ActionIcon>
        )}
      </td>
    </tr>
  )
}

const Table = ({ people, onOpen }: { readonly people: readonly Person[]; readonly onOpen: (id: string) => void }) => (
  <div className={classes['scroll']}>
    <table className={`${classes['table']} ${classes['people']}`}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Role</th>
          <th scope="col">Status</th>
          <th scope="col" data-wide>
            One-time codes
          </th>
          <th scope="col">Last signed in</th>
          <th scope="col">
            <span className="visually-hidden">Change</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map((it) => (
          <Row key={it.id} person={it} onOpen={() => onOpen(it.id)} />
        ))}
      </tbody>
    </table>
  </div>
)

type Shown = 'all' | Person['status']

// Fewer are seen at a glance.
const manyPeople = 8

const fits = (text: string) => {
  const wanted = text.trim().toLowerCase()
  return ({ name, email, roleName }: Person) => `${name} ${email ?? ''} ${roleName}`.toLowerCase().includes(wanted)
}

const Found = ({ people, onOpen }: { readonly people: readonly Person[]; readonly onOpen: (id: string) => void }) => {
  const [text, setText] = useState('')
  const [shown, setShown] = useState<Shown>('all')
  if (people.length < manyPeople) return <Table people={people} onOpen={onOpen} />
  const count = (status: Person['status']) => people.filter((it) => it.status === status).length
  const found = people.filter(fits(text)).filter(({ status }) => shown === 'all' || status === shown)
  return (
    <>
      <div className={classes['finder']}>
        <FilterTabs
          label="People by status"
          tabs={[
            { value: 'all', label: 'All', count: people.length },
            { value: 'active', label: 'Active', count: count('active') },
            { value: 'invited', label: 'Invited', count: count('invited') },
            { value: 'inactive', label: 'Kept out', count: count('inactive') },
          ]}
          value={shown}
          onChange={setShown}
        />
        <SearchField label="Find a person" value={text} onChange={setText} />
      </div>
      {found.length === 0 ? (
        <p className={classes['quiet']} role="status">
          Nobody here is called that. Try a part of a name, an address or a role.
        </p>
      ) : (
        <Table people={found} onOpen={onOpen} />
      )}
    </>
  )
}

const People = ({ people }: { readonly people: readonly Person[] }) => {
  const mayCall = useMayCall()
  const mayEdit = mayCall('users.update')
  const [isInviting, setIsInviting] = useState(false)
  const [opened, setOpened] = useState<string | null>(null)
  const [isCoding, setIsCoding] = useState(false)
  const [handed, setHanded] = useState<HandedOver | null>(null)
  const person = people.find(({ id }) => id === opened)
  return (
    <Panel
      title="People"
      actions={mayCall('users.invite') ? <Button onClick={() => setIsInviting(true)}>Add a person</Button> : undefined}
    >
      <Found people={people} onOpen={setOpened} />
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} onHanded={setHanded} />}
      {person !== undefined && !isCoding && mayEdit && (
        <PersonDialog
          person={person}
          onClose={() => setOpened(null)}
          onHanded={setHanded}
          onCode={() => setIsCoding(true)}
        />
      )}
      {person !== undefined && (isCoding || !mayEdit) && (
        <NewCodeDialog
          person={person}
          onClose={() => {
            setIsCoding(false)
            if (!mayEdit) setOpened(null)
          }}
          onHanded={(made) => {
            setIsCoding(false)
            setOpened(null)
            setHanded(made)
          }}
        />
      )}
      {handed !== null && <HandedDialog handed={handed} onClose={() => setHanded(null)} onHanded={setHanded} />}
    </Panel>
  )
}

const Behind = ({ me }: { readonly me: Me }) => {
  const people = useApiQuery('users', 'list', {})
  if (people.data === undefined) {
    return people.isError ? (
      <ErrorPanel {...describeError(people.error)} onRetry={() => void people.refetch()} />
    ) : (
      <Skeleton lines={5} />
    )
  }
  return (
    <div className={classes['stack']}>
      {!me.hasPassword && <AloneCard me={me} />}
      {me.hasPassword && <People people={people.data} />}
      <MayCall call="users.elsewhere">
        <Elsewhere />
      </MayCall>
      <MayCall call="users.left">
        <Left />
      </MayCall>
    </div>
  )
}

/** The people of the business: role, status, last sign-in, one-time codes. */
export const PeopleSection = () => {
  const me = useApiQuery('users', 'me', {})
  return me.data === undefined ? <Skeleton lines={5} /> : <Behind me={me.data} />
}

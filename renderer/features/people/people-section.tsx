import { Button } from '@mantine/core'
import { IconCircleCheck, IconCircleOff, IconMailOpened, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { describeError } from '../../app/errors.ts'
import { type Me, useMay } from '../../app/me.ts'
import { PersonFace } from '../../app/person-face.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { AloneCard } from './alone-card.tsx'
import type { HandedOver } from './hand-over.tsx'
import { HandedDialog } from './handed-dialog.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import classes from './people.module.css'
import { PersonDialog } from './person-dialog.tsx'
import type { Person } from './rows.ts'

const statuses = {
  active: { tone: 'positive', icon: IconCircleCheck, text: 'Active' },
  invited: { tone: 'accent', icon: IconMailOpened, text: 'Invited' },
  inactive: { tone: 'neutral', icon: IconCircleOff, text: 'Kept out' },
} as const

const Row = ({ person, onOpen }: { readonly person: Person; readonly onOpen: () => void }) => {
  const formats = useFormats()
  const status = statuses[person.status]
  return (
    <tr>
      <td>
        <div className={classes['who']}>
          <PersonFace person={person} size={32} />
          <span>
            {person.isYou ? `${person.name} (you)` : person.name}
            {person.email !== null && <small>{person.email}</small>}
          </span>
        </div>
      </td>
      <td>{person.roleName}</td>
      <td>
        <StatusChip tone={status.tone} icon={status.icon}>
          {status.text}
        </StatusChip>
      </td>
      <td>
        {person.hasSecondFactor ? (
          <StatusChip tone="positive" icon={IconShieldCheck}>
            On
          </StatusChip>
        ) : (
          <span className={classes['quiet']}>Off</span>
        )}
      </td>
      <td className={classes['quiet']}>
        {person.lastLoginAt === null ? 'Never' : formats.instant(person.lastLoginAt)}
      </td>
      <td className={classes['end']}>
        {person.mayChange && (
          <Button variant="subtle" size="compact-sm" onClick={onOpen} aria-label={`Change ${person.name}`}>
            Change
          </Button>
        )}
      </td>
    </tr>
  )
}

const People = ({ people }: { readonly people: readonly Person[] }) => {
  const may = useMay()
  const [isInviting, setIsInviting] = useState(false)
  const [opened, setOpened] = useState<string | null>(null)
  const [handed, setHanded] = useState<HandedOver | null>(null)
  const person = people.find(({ id }) => id === opened)
  return (
    <Panel
      title="People"
      actions={may('users.manage') ? <Button onClick={() => setIsInviting(true)}>Add a person</Button> : undefined}
    >
      <div className={classes['scroll']}>
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Role</th>
              <th scope="col">Status</th>
              <th scope="col">One-time codes</th>
              <th scope="col">Last signed in</th>
              <th scope="col">
                <span className="visually-hidden">Change</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((it) => (
              <Row key={it.id} person={it} onOpen={() => setOpened(it.id)} />
            ))}
          </tbody>
        </table>
      </div>
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} onHanded={setHanded} />}
      {person !== undefined && <PersonDialog person={person} onClose={() => setOpened(null)} onHanded={setHanded} />}
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
    </div>
  )
}

/** The people of the business: role, status, last sign-in, one-time codes. */
export const PeopleSection = () => {
  const me = useApiQuery('users', 'me', {})
  return me.data === undefined ? <Skeleton lines={5} /> : <Behind me={me.data} />
}

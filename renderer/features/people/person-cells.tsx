import type { ReactNode } from 'react'
import { type Face, PersonFace } from '../../app/person-face.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './people.module.css'

type Named = Omit<Face, 'pictureId'> & {
  /** Absent where pictures are not shown: initials then. */
  readonly pictureId?: string | null
  readonly email: string | null
  readonly isYou?: boolean
}

/** The cell that says who a row is: face, name, address. */
export const PersonCell = ({ person }: { readonly person: Named }) => {
  const { name, email, pictureId = null, isYou = false } = person
  return (
    <td>
      <div className={classes['who']}>
        <PersonFace person={{ ...person, pictureId }} size={32} />
        <span>
          <strong title={name}>{isYou ? `${name} (you)` : name}</strong>
          {email !== null && <small title={email}>{email}</small>}
        </span>
      </div>
    </td>
  )
}

/** The cell that says when somebody came in last. */
export const LastSignInCell = ({ at }: { readonly at: string | null }) => {
  const formats = useFormats()
  return <td className={classes['when']}>{at === null ? 'Never' : formats.instant(at)}</td>
}

type Outside = Named & { readonly lastLoginAt: string | null }

type Props<P extends Outside> = {
  readonly title: string
  readonly hint: string
  readonly people: readonly P[]
  /** What can be done about each of them, in a word. */
  readonly act: string
  readonly actOf: (person: P) => ReactNode
  readonly children?: ReactNode
}

/** A panel of people who do not work in this business, with the one thing that can be done about each. */
export const OutsidePanel = <P extends Outside>({ title, hint, people, act, actOf, children }: Props<P>) => (
  <Panel title={title}>
    <p className={classes['hint']}>{hint}</p>
    <div className={classes['scroll']}>
      <table className={`${classes['table']} ${classes['people']} ${classes['elsewhere']}`}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Last signed in</th>
            <th scope="col">
              <span className="visually-hidden">{act}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <PersonCell person={person} />
              <LastSignInCell at={person.lastLoginAt} />
              <td className={classes['end']}>{actOf(person)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    {children}
  </Panel>
)

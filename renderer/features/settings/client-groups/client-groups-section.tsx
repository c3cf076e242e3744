import type { ReactNode } from 'react'
import { describeError } from '../../../app/errors.ts'
import { useApiQuery } from '../../../app/queries.ts'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import settings from '../settings.module.css'
import { AccountManagerRow, NewAccountManagerRow } from './account-manager-rows.tsx'
import classes from './client-groups.module.css'
import { ClientTypeRow, NewClientTypeRow } from './client-type-rows.tsx'

type ListProps = {
  readonly title: string
  readonly hint: string
  readonly columns: readonly string[]
  readonly children: ReactNode
}

/** A dense list whose rows are edited where they stand. */
const EditableList = ({ title, hint, columns, children }: ListProps) => (
  <section aria-label={title}>
    <div className={settings['table-head']}>
      <h2>{title}</h2>
      <p>{hint}</p>
    </div>
    <div className={settings['scroll']}>
      <table className={`${settings['table']} ${classes['list']}`}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
            <th scope="col" data-align="end">
              Clients
            </th>
            <th scope="col" data-align="end">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  </section>
)

const Types = () => {
  const types = useApiQuery('clientTypes', 'list', {})
  if (types.data === undefined) {
    if (types.isError) return <ErrorPanel {...describeError(types.error)} onRetry={() => void types.refetch()} />
    return <Skeleton />
  }
  return (
    <EditableList
      title="Client types"
      hint="Kinds of clients to filter and report by; their terms are those that clients of the type begin with."
      columns={['Code', 'Name', 'Description', 'Terms, days']}
    >
      {types.data.map((type) => (
        <ClientTypeRow key={type.id} type={type} />
      ))}
      <NewClientTypeRow />
    </EditableList>
  )
}

const Managers = () => {
  const managers = useApiQuery('accountManagers', 'list', {})
  if (managers.data === undefined) {
    if (managers.isError) {
      return <ErrorPanel {...describeError(managers.error)} onRetry={() => void managers.refetch()} />
    }
    return <Skeleton />
  }
  return (
    <EditableList
      title="Account managers"
      hint="The people who look after clients, whether they use Counterfoil or not."
      columns={['Name', 'E-mail', 'User']}
    >
      {managers.data.map((manager) => (
        <AccountManagerRow key={manager.id} manager={manager} />
      ))}
      <NewAccountManagerRow />
    </EditableList>
  )
}

/** How clients are grouped: by type, and by who looks after them. */
export const ClientGroupsSection = () => (
  <div className={settings['stack']}>
    <Types />
    <Managers />
  </div>
)

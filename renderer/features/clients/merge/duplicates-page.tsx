import { Button } from '@mantine/core'
import { type Icon, IconAt, IconCheck, IconReceiptTax, IconTypography } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { describeError } from '../../../app/errors.ts'
import { type ApiOutput, useApiQuery } from '../../../app/queries.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { Page } from '../../../ui/page.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import classes from './merge.module.css'
import { MergeDialog } from './merge-dialog.tsx'

type Group = ApiOutput<'clients', 'duplicates'>[number]
type Pair = readonly [string, string]

const reasons: Readonly<Record<Group['reason'], { readonly label: string; readonly icon: Icon }>> = {
  'tax-id': { label: 'Same tax number', icon: IconReceiptTax },
  email: { label: 'Same e-mail', icon: IconAt },
  name: { label: 'Same name', icon: IconTypography },
}

const documents = (count: number) => (count === 1 ? '1 document' : `${count} documents`)

type GroupProps = { readonly group: Group; readonly onCompare: (pair: Pair) => void }

const GroupPanel = ({ group, onCompare }: GroupProps) => {
  const { label, icon } = reasons[group.reason]
  // The one with more behind it is the likelier to stay.
  const [first, ...others] = group.clients.toSorted((one, other) => other.documentCount - one.documentCount)
  if (first === undefined) return null
  return (
    <Panel>
      <div className={classes['group-head']}>
        <StatusChip tone="caution" icon={icon}>
          {label}
        </StatusChip>
        {group.reason !== 'name' && <span className={classes['quiet']}>{group.value}</span>}
      </div>
      <ul className={classes['group']}>
        {[first, ...others].map((client) => (
          <li key={client.id}>
            <span className={classes['who']}>
              <Link to="/clients/$id" params={{ id: client.id }}>
                {client.name}
              </Link>
              <span className={classes['quiet']}>
                {[client.code, client.city, client.email].filter(Boolean).join(' · ')}
              </span>
            </span>
            <span className={classes['quiet']}>{documents(client.documentCount)}</span>
            {client.id === first.id ? (
              <span className={classes['act']} />
            ) : (
              <Button
                className={classes['act'] ?? ''}
                variant="default"
                size="compact-sm"
                aria-label={`Compare ${client.name} (${client.code}) with ${first.name} (${first.code})`}
                onClick={() => onCompare([first.id, client.id])}
              >
                Compare
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Clients that look like the same one: why, and the way to make one of them. */
export const DuplicatesPage = () => {
  const found = useApiQuery('clients', 'duplicates', {})
  const [pair, setPair] = useState<Pair | null>(null)
  const groups = found.data ?? []
  return (
    <Page
      narrow
      title="Duplicate clients"
      subtitle="Clients that share a tax number, an e-mail address, or a name but for its spelling."
      actions={
        <Button variant="default" renderRoot={(props) => <Link to="/clients" {...props} />}>
          All clients
        </Button>
      }
    >
      {found.data === undefined &&
        (found.isError ? (
          <ErrorPanel {...describeError(found.error)} onRetry={() => void found.refetch()} />
        ) : (
          <Skeleton lines={6} label="Looking for duplicates" />
        ))}
      {found.data !== undefined && groups.length === 0 && (
        <EmptyState
          sentence="No two clients look like the same one."
          action={
            <Button
              variant="default"
              leftSection={<IconCheck size={15} aria-hidden="true" />}
              renderRoot={(props) => <Link to="/clients" {...props} />}
            >
              Back to the clients
            </Button>
          }
        />
      )}
      <div className={classes['groups']}>
        {groups.map((group) => (
          <GroupPanel key={`${group.reason} ${group.value}`} group={group} onCompare={setPair} />
        ))}
      </div>
      {pair !== null && <MergeDialog ids={pair} onClose={() => setPair(null)} />}
    </Page>
  )
}

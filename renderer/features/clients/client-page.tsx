import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconPencil } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useActions } from '../../app/actions.ts'
import type { ProcedureName } from '../../app/calls.ts'
import { ClientStatementTab } from '../../app/client-statement.tsx'
import { describeError } from '../../app/errors.ts'
import { May } from '../../app/may.tsx'
import { useMayCall } from '../../app/me.ts'
import { MenuAct } from '../../app/menu-act.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { TagEditor } from '../../app/tags/tag-editor.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import { showToast } from '../../ui/toast.tsx'
import { setClientStatus } from './archive-clients.ts'
import { ClientContacts } from './client-contacts.tsx'
import { ClientCreditNotes } from './client-credit-notes.tsx'
import { EditClientDialog } from './client-dialogs.tsx'
import { ClientFigures } from './client-figures.tsx'
import { ClientFiles } from './client-files.tsx'
import { ClientInvoices } from './client-invoices.tsx'
import { ClientNotes } from './client-notes.tsx'
import { ClientOverview } from './client-overview.tsx'
import classes from './client-page.module.css'
import { ClientQuotes } from './client-quotes.tsx'
import { ClientStatusChip } from './client-status.tsx'
import { ClientTimeline } from './client-timeline.tsx'
import type { SavedClient } from './client-values.ts'
import { DataRightsDialog } from './data-rights/data-rights-dialog.tsx'
import { HealthChip } from './health/health-chip.tsx'
import { MergeIntoDialog } from './merge/merge-into-dialog.tsx'

type View =
  | 'overview'
  | 'invoices'
  | 'quotes'
  | 'credit-notes'
  | 'contacts'
  | 'notes'
  | 'files'
  | 'statement'
  | 'timeline'

const useClientActs = (client: SavedClient, onEdit: () => void) => {
  const navigate = useNavigate()
  const remove = async () => {
    // Away first: this page would ask for a client that is no longer there.
    await navigate({ to: '/clients' })
    try {
      const deleted = await api.clients.delete({ id: client.id, version: client.version })
      showToast({ message: `${client.name} deleted.`, undo: () => api.clients.restore({ id: deleted.id }) })
    } catch (thrown) {
      await navigate({ to: '/clients/$id', params: { id: client.id } })
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  const newInvoice = () => void navigate({ to: '/invoices/new', search: { clientId: client.id } })
  const recordPayment = () => void navigate({ to: '/payments/new', search: { clientId: client.id } })
  const setStatus = (status: SavedClient['status']) => void setClientStatus([client], status)
  useActions([
    {
      id: 'client.edit',
      title: `Edit ${client.name}`,
      group: 'This page',
      shortcut: 'e',
      keywords: 'change',
      calls: 'clients.update',
      run: onEdit,
    },
    {
      id: 'client.invoice',
      title: `New invoice for ${client.name}`,
      group: 'This page',
      calls: 'invoices.saveDraft',
      run: newInvoice,
    },
    {
      id: 'client.quote',
      title: `New quote for ${client.name}`,
      group: 'This page',
      calls: 'quotes.saveDraft',
      run: () => navigate({ to: '/quotes/new', search: { clientId: client.id } }),
    },
    {
      id: 'client.credit-note',
      title: `New credit note for ${client.name}`,
      group: 'This page',
      calls: 'creditNotes.saveDraft',
      run: () => navigate({ to: '/credit-notes/new', search: { clientId: client.id } }),
    },
    {
      id: 'client.payment',
      title: `Record a payment of ${client.name}`,
      group: 'This page',
      calls: 'payments.create',
      run: recordPayment,
    },
    client.status === 'archived'
      ? {
          id: 'client.activate',
          title: 'Make this client active',
          group: 'This page',
          calls: 'clients.setStatus',
          run: () => setStatus('active'),
        }
      : {
          id: 'client.archive',
          title: 'Archive this client',
          group: 'This page',
          calls: 'clients.setStatus',
          run: () => setStatus('archived'),
        },
  ])
  return { remove, setStatus }
}

type ActsProps = {
  readonly client: SavedClient
  readonly onEdit: () => void
  readonly onMerge: () => void
  readonly onRights: () => void
}

const Acts = ({ client, onEdit, onMerge, onRights }: ActsProps) => {
  const { remove, setStatus } = useClientActs(client, onEdit)
  const navigate = useNavigate()
  const search = { clientId: client.id }
  return (
    <>
      <Menu withinPortal={false}>
        <Menu.Target>
          <ActionIcon size={32} aria-label="More actions">
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {client.status !== 'active' && (
            <MenuAct calls="clients.setStatus" onClick={() => setStatus('active')}>
              Make active
            </MenuAct>
          )}
          {client.status !== 'inactive' && (
            <MenuAct calls="clients.setStatus" onClick={() => setStatus('inactive')}>
              Make inactive
            </MenuAct>
          )}
          {client.status !== 'archived' && (
            <MenuAct calls="clients.setStatus" onClick={() => setStatus('archived')}>
              Archive
            </MenuAct>
          )}
          <Menu.Divider />
          <May do="quotes.write">
            <MenuAct calls="quotes.saveDraft" onClick={() => void navigate({ to: '/quotes/new', search })}>
              New quote
            </MenuAct>
          </May>
          <May do="creditNotes.write">
            <MenuAct calls="creditNotes.saveDraft" onClick={() => void navigate({ to: '/credit-notes/new', search })}>
              New credit note
            </MenuAct>
          </May>
          <May do="recurring.write">
            <MenuAct calls="recurringInvoices.create" onClick={() => void navigate({ to: '/recurring/new', search })}>
              New recurring invoice
            </MenuAct>
          </May>
          <May do="recurring.read">
            <MenuAct calls="recurringInvoices.list" onClick={() => void navigate({ to: '/recurring', search })}>
              Recurring invoices
            </MenuAct>
          </May>
          <Menu.Divider />
          <May do="clients.write">
            <MenuAct calls="clients.merge" onClick={onMerge}>
              Merge into…
            </MenuAct>
          </May>
          <May do="exports.run">
            <MenuAct calls="dataRights.exportData" onClick={onRights}>
              Data rights…
            </MenuAct>
          </May>
          <May do="clients.write">
            <MenuAct calls="clients.delete" color="red" onClick={() => void remove()}>
              Delete
            </MenuAct>
          </May>
        </Menu.Dropdown>
      </Menu>
      <May do="clients.write">
        <Button variant="default" leftSection={<IconPencil size={15} aria-hidden="true" />} onClick={onEdit}>
          Edit
        </Button>
      </May>
      <May do="payments.write">
        <Button variant="default" renderRoot={(props) => <Link to="/payments/new" search={search} {...props} />}>
          Record payment
        </Button>
      </May>
      <May do="invoices.write">
        <Button renderRoot={(props) => <Link to="/invoices/new" search={search} {...props} />}>New invoice</Button>
      </May>
    </>
  )
}

const Content = ({ client, view, onView }: { client: SavedClient; view: View; onView: (view: View) => void }) => {
  if (view === 'invoices') return <ClientInvoices client={client} />
  if (view === 'quotes') return <ClientQuotes client={client} />
  if (view === 'credit-notes') return <ClientCreditNotes client={client} />
  if (view === 'statement') return <ClientStatementTab clientId={client.id} clientName={client.name} />
  if (view === 'contacts') return <ClientContacts client={client} />
  if (view === 'notes') return <ClientNotes client={client} />
  if (view === 'files') return <ClientFiles client={client} />
  if (view === 'timeline') return <ClientTimeline client={client} />
  return <ClientOverview client={client} onView={onView} />
}

// What a part of the page asks for: whoever may not ask is not offered it.
const shownBy: Readonly<Partial<Record<View, ProcedureName>>> = {
  invoices: 'invoices.list',
  quotes: 'quotes.list',
  'credit-notes': 'creditNotes.list',
  statement: 'statements.get',
  files: 'attachments.list',
  timeline: 'activity.list',
}

const LoadedClient = ({ client }: { readonly client: SavedClient }) => {
  const [view, setView] = useState<View>('overview')
  const [editing, setEditing] = useState(false)
  const [merging, setMerging] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const navigate = useNavigate()
  const mayCall = useMayCall()
  const stats = useApiQuery('invoices', 'stats', { clientId: client.id }).data
  const quotes = useApiQuery('quotes', 'stats', { clientId: client.id }).data
  const creditNotes = useApiQuery('creditNotes', 'stats', { clientId: client.id }).data
  const files = useApiQuery('attachments', 'list', { entityId: client.id }).data
  const health = useApiQuery('clients', 'health', { ids: [client.id] }).data?.[0]
  const open = client.notes.filter((note) => note.kind === 'follow-up' && note.doneAt === null).length
  return (
    <Page
      title={client.name}
      fill={view === 'invoices' || view === 'quotes' || view === 'credit-notes'}
      beside={
        <>
          <ClientStatusChip status={client.status} />
          {health !== undefined && <HealthChip health={health} />}
          <TagEditor entity="client" entityId={client.id} />
        </>
      }
      subtitle={
        <span className={classes['subtitle']}>
          <span>{client.code}</span>
          <span>{client.kind === 'company' ? 'Company' : 'Person'}</span>
          {client.email !== null && <a href={`mailto:${client.email}`}>{client.email}</a>}
          {client.phone !== null && <span>{client.phone}</span>}
        </span>
      }
      actions={
        <Acts
          client={client}
          onEdit={() => setEditing(true)}
          onMerge={() => setMerging(true)}
          onRights={() => setAsking(true)}
        />
      }
      toolbar={
        <FilterTabs
          label="Parts of this client"
          tabs={[
            { value: 'overview' as const, label: 'Overview' },
            { value: 'invoices' as const, label: 'Invoices', count: stats?.counts.all },
            { value: 'quotes' as const, label: 'Quotes', count: quotes?.counts.all },
            { value: 'credit-notes' as const, label: 'Credit notes', count: creditNotes?.counts.all },
            { value: 'statement' as const, label: 'Statement' },
            { value: 'contacts' as const, label: 'Contacts', count: client.contacts.length },
            {
              value: 'notes' as const,
              label: open > 0 ? `Notes (${open} to do)` : 'Notes',
              count: client.notes.length,
            },
            { value: 'files' as const, label: 'Files', count: files?.length },
            { value: 'timeline' as const, label: 'Timeline' },
          ].filter(({ value }) => mayCall(shownBy[value] ?? 'nothing'))}
          value={view}
          onChange={setView}
        />
      }
    >
      {view === 'overview' && <ClientFigures client={client} />}
      <Content client={client} view={view} onView={setView} />
      {editing && <EditClientDialog client={client} onClose={() => setEditing(false)} />}
      {isAsking && <DataRightsDialog client={client} onClose={() => setAsking(false)} />}
      {merging && (
        <MergeIntoDialog
          client={client}
          onClose={() => setMerging(false)}
          onMerged={(id) => navigate({ to: '/clients/$id', params: { id } })}
        />
      )}
    </Page>
  )
}

/** One client: what it owes, who it is, what was said and what happened. */
export const ClientPage = () => {
  const { id } = useParams({ from: '/clients/$id' })
  const client = useApiQuery('clients', 'get', { id }, { keepPrevious: false })
  if (client.isError) {
    return (
      <Page
        title="Client"
        actions={
          <Button variant="default" renderRoot={(props) => <Link to="/clients" {...props} />}>
            All clients
          </Button>
        }
      >
        <ErrorPanel {...describeError(client.error)} onRetry={() => void client.refetch()} />
      </Page>
    )
  }
  if (client.data === undefined) {
    return (
      <Page title="Client">
        <Skeleton />
      </Page>
    )
  }
  return <LoadedClient client={client.data} key={client.data.id} />
}

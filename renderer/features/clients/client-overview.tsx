import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { InvoiceStatus } from '../../app/invoice-status.tsx'
import { MayCall } from '../../app/may.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { Amount } from '../../ui/amount.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ClientCredit } from './client-credit.tsx'
import { ClientDetails } from './client-details.tsx'
import classes from './client-page.module.css'
import type { SavedClient } from './client-values.ts'
import { NoteList } from './note-list.tsx'

type Props = { readonly client: SavedClient; readonly onView: (view: 'invoices' | 'contacts' | 'notes') => void }

const shownInvoices = 8

const OpenInvoices = ({ client, onView }: Props) => {
  const formats = useFormats()
  const open = useApiQuery('invoices', 'list', {
    clientId: client.id,
    filter: 'open',
    sort: 'dueOn',
    direction: 'asc',
    limit: shownInvoices,
  })
  const rows = open.data?.rows ?? []
  return (
    <Panel
      title="Open invoices"
      actions={
        <Button variant="subtle" size="compact-sm" onClick={() => onView('invoices')}>
          All invoices
        </Button>
      }
    >
      {rows.length === 0 ? (
        <p className={classes['quiet']}>{open.isPending ? '' : 'Nothing is open.'}</p>
      ) : (
        <table className={classes['table']}>
          <caption className="visually-hidden">Open invoices, the first due on top</caption>
          <thead>
            <tr>
              <th scope="col">Number</th>
              <th scope="col">Due</th>
              <th scope="col">Status</th>
              <th scope="col" data-align="end">
                Open
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <Link to="/invoices/$id" params={{ id: row.id }}>
                    {row.number ?? 'Draft'}
                  </Link>
                </th>
                <td>{row.dueOn === null ? '' : formats.date(row.dueOn)}</td>
                <td>
                  <InvoiceStatus state={row.paymentState} overdueDays={row.overdueDays} />
                </td>
                <td data-align="end">
                  <Amount value={row.openE4} currency={row.currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

/** The client at a glance: what is open, what is to be done, who it is. */
export const ClientOverview = ({ client, onView }: Props) => {
  const todo = client.notes.filter((note) => note.kind === 'follow-up' && note.doneAt === null)
  const shown = todo.length > 0 ? todo : client.notes.slice(0, 3)
  return (
    <div className={classes['overview']}>
      <div className={classes['main']}>
        <MayCall call="invoices.list">
          <OpenInvoices client={client} onView={onView} />
        </MayCall>
        <ClientCredit client={client} />
        <Panel
          title={todo.length > 0 ? 'To follow up' : 'Latest notes'}
          actions={
            <Button variant="subtle" size="compact-sm" onClick={() => onView('notes')}>
              {client.notes.length === 0 ? 'Add a note' : 'All notes'}
            </Button>
          }
        >
          <NoteList notes={shown} clientId={client.id} empty="No notes yet." />
        </Panel>
      </div>
      <ClientDetails client={client} onContacts={() => onView('contacts')} />
    </div>
  )
}

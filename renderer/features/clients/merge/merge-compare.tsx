import { Radio } from '@mantine/core'
import type { ReactNode } from 'react'
import { useApiQuery } from '../../../app/queries.ts'
import { useFormats } from '../../../ui/locale.tsx'
import { termsText } from '../../../ui/terms-field.tsx'
import type { SavedClient } from '../client-values.ts'
import classes from './merge.module.css'

const addressText = ({ address }: SavedClient): string =>
  [address.line1, address.line2, address.postalCode, address.city, address.country].filter(Boolean).join(', ')

type Row = { readonly label: string; readonly of: (client: SavedClient) => ReactNode }

const rows: readonly Row[] = [
  { label: 'Code', of: (client) => client.code },
  { label: 'E-mail', of: (client) => client.email },
  { label: 'Phone', of: (client) => client.phone },
  { label: 'Address', of: addressText },
  { label: 'Tax numbers', of: (client) => client.taxIds.map(({ label, value }) => `${label} ${value}`).join(', ') },
  {
    label: 'Terms',
    of: (client) => (client.paymentTermsDays === null ? 'As in settings' : termsText(client.paymentTermsDays)),
  },
  { label: 'Contacts', of: (client) => client.contacts.length },
  { label: 'Notes', of: (client) => client.notes.length },
]

const Documents = ({ client }: { readonly client: SavedClient }) => {
  const stats = useApiQuery('invoices', 'stats', { clientId: client.id }).data
  return <>{stats?.counts.all ?? ''}</>
}

const isBlank = (value: ReactNode) => value === null || value === '' || value === 0

type Props = {
  readonly clients: readonly [SavedClient, SavedClient]
  readonly keepId: string
  readonly onKeep: (id: string) => void
}

/** Two clients side by side; the one that is chosen stays. */
export const MergeCompare = ({ clients, keepId, onKeep }: Props) => {
  const formats = useFormats()
  const text = (value: ReactNode) =>
    value === null || value === '' ? <span className={classes['quiet']}>—</span> : value
  return (
    <table className={classes['compare']}>
      <caption className="visually-hidden">The two clients side by side</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">What</span>
          </th>
          {clients.map((client) => (
            <th scope="col" key={client.id} data-kept={client.id === keepId || undefined}>
              <Radio
                name="keep"
                label={`Keep ${client.name}`}
                checked={client.id === keepId}
                onChange={() => onKeep(client.id)}
              />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows
          .filter(({ of }) => clients.some((client) => !isBlank(of(client))))
          .map(({ label, of }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {clients.map((client) => (
                <td key={client.id} data-kept={client.id === keepId || undefined}>
                  {text(of(client))}
                </td>
              ))}
            </tr>
          ))}
        <tr>
          <th scope="row">Invoices</th>
          {clients.map((client) => (
            <td key={client.id} data-kept={client.id === keepId || undefined}>
              <Documents client={client} />
            </td>
          ))}
        </tr>
        <tr>
          <th scope="row">Open</th>
          {clients.map((client) => (
            <td key={client.id} data-kept={client.id === keepId || undefined}>
              {client.balances
                .filter(({ openE4 }) => openE4 !== 0n)
                .map(({ openE4, currency }) => formats.amount(openE4, currency))
                .join(', ') || 'Nothing'}
            </td>
          ))}
        </tr>
        <tr>
          <th scope="row">Added</th>
          {clients.map((client) => (
            <td key={client.id} data-kept={client.id === keepId || undefined}>
              {formats.date(client.createdAt.slice(0, 10))}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

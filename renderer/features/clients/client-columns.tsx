import type { ClientHealthRow } from '../../../shared/contract/clients.ts'
import type { RowOf } from '../../app/queries.ts'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/data-table-types.ts'
import { termsText } from '../../ui/terms-field.tsx'
import classes from './client-list.module.css'
import { ClientStatusChip } from './client-status.tsx'
import { HealthLabel } from './health/health-chip.tsx'

export type ClientRow = RowOf<'clients', 'list'>
type Health = ReadonlyMap<string, ClientHealthRow>

const money = (row: ClientRow, value: ClientRow['openE4']) => (
  <>
    <Amount value={value} currency={row.currency} />
    {row.hasOtherCurrencies && (
      <span title="Also in other currencies">
        {' '}
        +<span className="visually-hidden"> also in other currencies</span>
      </span>
    )}
  </>
)

const columnsWith = (health: Health): readonly Column<ClientRow>[] => [
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(180px, 2.4fr)',
    sort: 'name',
    cell: (row) => <span className={classes['name']}>{row.name}</span>,
  },
  { id: 'code', header: 'Code', width: '84px', from: 900, cell: (row) => row.code },
  { id: 'email', header: 'E-mail', width: 'minmax(140px, 1.6fr)', from: 1000, cell: (row) => row.email },
  {
    id: 'city',
    header: 'Town',
    width: 'minmax(90px, 1fr)',
    from: 700,
    cell: (row) => [row.city, row.country].filter(Boolean).join(', '),
  },
  {
    id: 'terms',
    header: 'Terms',
    width: '110px',
    from: 1180,
    cell: (row) =>
      row.paymentTermsDays === null ? (
        <span className={classes['quiet']}>As in settings</span>
      ) : (
        termsText(row.paymentTermsDays)
      ),
  },
  {
    id: 'health',
    header: 'Pays',
    width: '112px',
    from: 640,
    cell: (row) => {
      const level = health.get(row.id)?.level
      // Too little known of a client is no news in a list.
      return level === undefined || level === 'unknown' ? null : <HealthLabel level={level} />
    },
  },
  { id: 'status', header: 'Status', width: '104px', cell: (row) => <ClientStatusChip status={row.status} /> },
  {
    id: 'billed',
    header: 'Billed',
    width: 'minmax(110px, 150px)',
    align: 'end',
    from: 800,
    cell: (row) => money(row, row.billedE4),
  },
  {
    id: 'open',
    header: 'Outstanding',
    width: 'minmax(110px, 150px)',
    align: 'end',
    sort: 'open',
    cell: (row) => money(row, row.openE4),
  },
]

/** The columns of the list; the status is one only where it differs from row to row. */
export const clientColumns = (mixed: boolean, health: Health): readonly Column<ClientRow>[] =>
  mixed ? columnsWith(health) : columnsWith(health).filter((column) => column.id !== 'status')

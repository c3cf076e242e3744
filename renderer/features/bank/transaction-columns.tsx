import { Link } from '@tanstack/react-router'
import type { BankTransactionRow } from '../../../shared/contract/bank-transactions.ts'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/data-table-types.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import classes from './bank.module.css'
import { asideTitles, ignoredLook, type Look, matchedLook, scoreLook } from './looks.ts'

const lookOf = (row: BankTransactionRow): Look | null => {
  if (row.state === 'matched') return matchedLook
  if (row.state === 'ignored') return ignoredLook
  return row.proposal === null ? null : scoreLook(row.proposal.score)
}

/** Who pays what, in one line: `Rosewood Bakery · INV-0042, INV-0043`. */
export const proposalText = ({ clientName, allocations }: NonNullable<BankTransactionRow['proposal']>): string => {
  const numbers = allocations.slice(0, 3).map((part) => part.invoiceNumber)
  const more = allocations.length > 3 ? ` and ${allocations.length - 3} more` : ''
  return [clientName, `${numbers.join(', ')}${more}`].filter((it) => it !== '').join(' · ')
}

const Became = ({ row }: { readonly row: BankTransactionRow }) => {
  if (row.state === 'matched' && row.paymentCount > 1)
    return <span className={classes['quiet']}>{row.paymentCount} payments of several clients</span>
  if (row.state === 'ignored' && row.asideReason !== null)
    return <span className={classes['quiet']}>{asideTitles[row.asideReason]}</span>
  if (row.state === 'matched' && row.paymentId !== null) {
    return (
      <span className={classes['who']}>
        <Link to="/payments" search={{ payment: row.paymentId }}>
          {row.paymentNumber}
        </Link>{' '}
        <span className={classes['quiet']}>{row.clientName}</span>
      </span>
    )
  }
  if (row.state !== 'new' || row.amountE4 < 0n) return null
  if (row.proposal === null) return <span className={classes['quiet']}>Nobody yet: Enter to choose</span>
  return (
    <span className={classes['who']} title={row.proposal.reasons.join(' ')}>
      {proposalText(row.proposal)} <span className={classes['quiet']}>{row.proposal.reasons.join(' ')}</span>
    </span>
  )
}

/** The columns of bank lines; the account is named where all are shown. */
export const transactionColumns = (formats: LocaleFormats, ofAll: boolean): readonly Column<BankTransactionRow>[] => [
  { id: 'date', header: 'Booked', width: '92px', cell: (row) => formats.date(row.bookedOn) },
  {
    id: 'who',
    header: 'What the bank says',
    width: 'minmax(150px, 1.2fr)',
    cell: (row) => (
      <span className={classes['who']} title={row.purpose}>
        {row.counterpartyName !== null && <b>{row.counterpartyName}</b>}{' '}
        <span className={row.counterpartyName === null ? undefined : classes['quiet']}>
          {row.purpose === row.counterpartyName ? '' : row.purpose}
        </span>
      </span>
    ),
  },
  ...(ofAll
    ? [
        {
          id: 'account',
          header: 'Account',
          width: '120px',
          from: 1060,
          cell: (row: BankTransactionRow) => <span className={classes['quiet']}>{row.accountName}</span>,
        },
      ]
    : []),
  {
    id: 'amount',
    header: 'Amount',
    width: '118px',
    align: 'end',
    cell: (row) => <Amount value={row.amountE4} currency={row.currency} />,
  },
  { id: 'match', header: 'Match', width: 'minmax(150px, 1.5fr)', cell: (row) => <Became row={row} /> },
  {
    id: 'score',
    header: 'How sure',
    width: '104px',
    from: 700,
    cell: (row) => {
      const look = lookOf(row)
      return look === null ? null : (
        <StatusChip tone={look.tone} icon={look.icon}>
          {look.label}
        </StatusChip>
      )
    },
  },
]

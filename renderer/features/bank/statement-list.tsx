import { ActionIcon, Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { BankStatement } from '../../../shared/contract/bank.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useApiPages } from '../../app/queries.ts'
import { Amount } from '../../ui/amount.tsx'
import { confirmAct } from '../../ui/confirm.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import type { Column } from '../../ui/data-table-types.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './bank.module.css'
import { checkLooks } from './looks.ts'

/** Whether opening and sum make the closing balance, and the difference if not. */
export const CheckMark = ({
  statement: { check, differenceE4, currency },
}: {
  readonly statement: Pick<BankStatement, 'check' | 'differenceE4' | 'currency'>
}) => {
  const formats = useFormats()
  const look = checkLooks[check]
  return (
    <StatusChip tone={look.tone} icon={look.icon}>
      {check === 'wrong' && differenceE4 !== null ? `Off by ${formats.amount(differenceE4, currency)}` : look.label}
    </StatusChip>
  )
}

/** The period of a statement in words. */
export const periodText = (formats: LocaleFormats, fromOn: string | null, toOn: string | null): string => {
  if (fromOn === null && toOn === null) return '—'
  if (fromOn === toOn || fromOn === null || toOn === null) return formats.date(fromOn ?? toOn ?? '')
  return `${formats.date(fromOn)} – ${formats.date(toOn)}`
}

const remove = async (statement: BankStatement) => {
  const yes = await confirmAct({
    title: `Take ${statement.fileName} back`,
    body: `Its ${statement.newTransactions} lines go with it. The file can be imported again at any time.`,
    verb: 'Take the statement back',
    danger: true,
  })
  if (!yes) return
  try {
    const { removed } = await api.bankStatements.remove({ id: statement.id, version: statement.version })
    showToast({ message: `The statement is gone, with ${removed} lines.` })
  } catch (thrown) {
    showToast({ message: describeError(thrown).message, tone: 'problem' })
  }
}

const columnsOf = (formats: LocaleFormats): readonly Column<BankStatement>[] => [
  { id: 'period', header: 'Period', width: '190px', cell: (row) => periodText(formats, row.fromOn, row.toOn) },
  { id: 'account', header: 'Account', width: 'minmax(110px, 1fr)', cell: (row) => row.accountName },
  {
    id: 'file',
    header: 'File',
    width: 'minmax(110px, 1fr)',
    from: 1000,
    cell: (row) => <span className={classes['quiet']}>{row.fileName}</span>,
  },
  {
    id: 'opening',
    header: 'Opening',
    width: '110px',
    align: 'end',
    from: 760,
    cell: (row) => (row.openingE4 === null ? '—' : <Amount value={row.openingE4} currency={row.currency} />),
  },
  {
    id: 'sum',
    header: 'Sum of lines',
    width: '110px',
    align: 'end',
    from: 820,
    cell: (row) => <Amount value={row.sumE4} currency={row.currency} />,
  },
  {
    id: 'closing',
    header: 'Closing',
    width: '110px',
    align: 'end',
    cell: (row) => (row.closingE4 === null ? '—' : <Amount value={row.closingE4} currency={row.currency} />),
  },
  { id: 'check', header: 'Check', width: '150px', cell: (row) => <CheckMark statement={row} /> },
  {
    id: 'lines',
    header: 'Lines (new)',
    width: '90px',
    align: 'end',
    from: 900,
    cell: (row) => `${row.transactions} (${row.newTransactions})`,
  },
  {
    id: 'remove',
    header: 'Undo',
    width: '48px',
    cell: (row) => (
      <ActionIcon size={24} variant="subtle" aria-label={`Take ${row.fileName} back`} onClick={() => void remove(row)}>
        <IconTrash size={14} />
      </ActionIcon>
    ),
  },
]

/** The imported statements, each with its check. */
export const StatementList = ({ accountId }: { readonly accountId: string | null }) => {
  const formats = useFormats()
  const pages = useApiPages('bankStatements', 'list', { accountId })
  const columns = useMemo(() => columnsOf(formats), [formats])
  if (pages.error !== null && pages.first === undefined) {
    return <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
  }
  return (
    <DataTable
      label="Statements"
      columns={columns}
      rows={pages.rows}
      rowId={(row) => row.id}
      isPending={pages.isPending}
      hasMore={pages.hasMore}
      isLoadingMore={pages.isLoadingMore}
      onLoadMore={pages.loadMore}
      empty={
        <EmptyState
          sentence="No statement of this account has been imported yet."
          action={
            <MayCall call="bankStatements.import">
              <Button renderRoot={(props) => <Link to="/banking/import" {...props} />}>Import a statement</Button>
            </MayCall>
          }
        />
      }
    />
  )
}

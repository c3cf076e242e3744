import type { BankTransactionRow } from '../../../shared/contract/bank-transactions.ts'
import { api } from '../../api.ts'
import { type BulkOutcome, runBulk } from '../../app/bulk/bulk-run.ts'
import { type CsvColumn, csvAmount } from '../../app/bulk/csv.ts'
import { downloadCsv } from '../../app/bulk/download-csv.ts'
import { type SelectionAction, SelectionButtons } from '../../app/bulk/selection-buttons.tsx'
import { countWords } from '../../app/bulk/tag-rows.tsx'
import { useToday } from '../../app/organization.ts'
import { matchOf } from './use-match.ts'

type Row = BankTransactionRow

const words = (count: number) => countWords(count, 'line', 'lines')
const common = {
  rowId: ({ id }: Row) => id,
  rowName: (row: Row) => `${row.bookedOn} · ${row.counterpartyName ?? row.purpose}`,
  reread: async ({ id }: Row): Promise<Row> => api.bankTransactions.get({ id }),
}

const columns: readonly CsvColumn<Row>[] = [
  { header: 'Booked', value: (row) => row.bookedOn },
  { header: 'Account', value: (row) => row.accountName },
  { header: 'Name', value: (row) => row.counterpartyName },
  { header: 'Text', value: (row) => row.purpose },
  { header: 'Reference', value: (row) => row.reference },
  { header: 'Currency', value: (row) => row.currency },
  { header: 'Amount', value: (row) => csvAmount(row.amountE4) },
  { header: 'State', value: (row) => row.state },
  { header: 'Payment', value: (row) => row.paymentNumber },
  { header: 'Client', value: (row) => row.clientName },
]

const accept = async ({ id, version, proposal }: Row): Promise<BulkOutcome> => {
  if (proposal === null) return { text: 'Nothing is proposed', isSkipped: true }
  const { clientId, clientName, allocations } = matchOf(proposal)
  const made = await api.bankTransactions.accept({ id, version, clientId, allocations: [...allocations] })
  return {
    text: `Payment ${made.paymentNumber} of ${clientName}`,
    undo: () => api.bankTransactions.undo({ id: made.id, version: made.version }),
  }
}

const acceptRows = (rows: readonly Row[], onEnd: () => void) =>
  runBulk({
    ...common,
    title: `Accept ${words(rows.length)}`,
    rows,
    onEnd,
    // What an earlier line of the same run has paid is not paid twice.
    act: async (row) => accept(await common.reread(row)),
    done: (count) => `${words(count)} ${count === 1 ? 'has become a payment' : 'have become payments'}.`,
  })

const moveRows = (rows: readonly Row[], to: 'ignored' | 'new', onEnd: () => void) => {
  const aside = (isAside: boolean, id: string) =>
    isAside ? api.bankTransactions.ignore({ ids: [id] }) : api.bankTransactions.unignore({ ids: [id] })
  const isAside = to === 'ignored'
  runBulk({
    ...common,
    title: isAside ? `Set ${words(rows.length)} aside` : `Bring ${words(rows.length)} back`,
    rows,
    onEnd,
    act: async ({ id }) => {
      const { changed } = await aside(isAside, id)
      if (changed === 0) return { text: 'Is there already', isSkipped: true }
      return { text: isAside ? 'Set aside' : 'Waits again', undo: () => aside(!isAside, id) }
    },
    done: (count) =>
      isAside
        ? `${words(count)} ${count === 1 ? 'is' : 'are'} set aside.`
        : `${words(count)} ${count === 1 ? 'waits' : 'wait'} again.`,
  })
}

type Props = { readonly rows: readonly Row[]; readonly onDone: () => void }

/** What can be done with the selected bank lines; each act takes those that it is for. */
export const BankSelection = ({ rows, onDone }: Props) => {
  const today = useToday()
  const proposed = rows.filter((row) => row.state === 'new' && row.proposal !== null)
  const waiting = rows.filter((row) => row.state === 'new')
  const aside = rows.filter((row) => row.state === 'ignored')
  const some = (of: readonly Row[], action: SelectionAction) => (of.length === 0 ? [] : [action])
  return (
    <SelectionButtons
      actions={[
        ...some(proposed, {
          id: 'selection.accept',
          label: `Accept ${proposed.length}`,
          title: `Accept what is proposed for the selected lines (${proposed.length})`,
          calls: 'bankTransactions.accept',
          run: () => acceptRows(proposed, onDone),
        }),
        ...some(waiting, {
          id: 'selection.ignore',
          label: 'Set aside',
          title: `Set the selected lines aside (${waiting.length})`,
          calls: 'bankTransactions.ignore',
          run: () => moveRows(waiting, 'ignored', onDone),
        }),
        ...some(aside, {
          id: 'selection.back',
          label: `Bring ${aside.length} back`,
          title: `Let the selected lines wait again (${aside.length})`,
          calls: 'bankTransactions.unignore',
          run: () => moveRows(aside, 'new', onDone),
        }),
        {
          id: 'selection.export',
          label: 'Export',
          title: 'Export the selected bank lines as CSV',
          calls: 'nothing',
          run: () => downloadCsv(columns, rows, `bank-lines-${today}.csv`),
        },
      ]}
    />
  )
}

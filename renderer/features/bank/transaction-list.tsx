import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { BankTransactionRow } from '../../../shared/contract/bank-transactions.ts'
import { useActions } from '../../app/actions.ts'
import { SelectedSum } from '../../app/bulk/selected-sum.tsx'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import type { useApiPages } from '../../app/queries.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { KeyHint } from '../../ui/kbd.tsx'
import { useFormats } from '../../ui/locale.tsx'
import classes from './bank.module.css'
import { BankSelection } from './bank-selection.tsx'
import type { BankingState } from './list-state.ts'
import { transactionColumns } from './transaction-columns.tsx'
import { TransactionPanel } from './transaction-panel.tsx'
import { type BankActs, matchOf, useBankActs } from './use-match.ts'

type Pages = ReturnType<typeof useApiPages<'bankTransactions', 'list'>>

const emptySentences = {
  'to-match': 'Everything that came in is matched or set aside.',
  'money-out': 'No money out waits here.',
  matched: 'No line has become a payment yet.',
  ignored: 'Nothing is set aside.',
  all: 'No bank line has been imported yet.',
} as const

/** After a line is gone the keyboard stands on the one that took its place. */
const useRowFocus = (rows: readonly BankTransactionRow[]) => {
  const place = useRef<HTMLDivElement>(null)
  const next = useRef<number | null>(null)
  useEffect(() => {
    if (next.current === null) return
    const index = Math.min(next.current, rows.length - 1)
    next.current = null
    const frame = requestAnimationFrame(() =>
      place.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`)?.focus(),
    )
    return () => cancelAnimationFrame(frame)
  }, [rows])
  return { place, stayAt: (index: number) => (next.current = index) }
}

const rowAt = (event: KeyboardEvent): number | null => {
  const row = event.target instanceof HTMLElement && event.target.matches('tr[data-index]') ? event.target : null
  return row === null ? null : Number(row.dataset['index'])
}

type KeysInput = {
  readonly rows: readonly BankTransactionRow[]
  readonly acts: BankActs
  readonly stayAt: (index: number) => void
  readonly open: (id: string) => void
}

/** Enter takes what is proposed for a row, Shift+Enter opens it, Delete sets it aside. */
const useLineKeys =
  ({ rows, acts, stayAt, open }: KeysInput) =>
  (event: KeyboardEvent) => {
    const index = rowAt(event)
    const row = index === null ? undefined : rows[index]
    if (index === null || row === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const take = (run: () => unknown) => {
      event.preventDefault()
      event.stopPropagation()
      run()
    }
    const { proposal } = row
    if (event.key === 'Enter' && proposal !== null && !event.shiftKey) {
      take(() => {
        stayAt(index)
        return acts.acceptLine(row, matchOf(proposal))
      })
    } else if (event.key === 'Enter') take(() => open(row.id))
    else if (event.key === 'Delete' && row.state === 'new') {
      take(() => {
        stayAt(index)
        return acts.ignoreLines([row.id])
      })
    }
  }

const Keys = () => (
  <span className={classes['keys']}>
    <span>
      <KeyHint keys="enter" /> accept
    </span>
    <span>
      <KeyHint keys="shift+enter" /> look at it
    </span>
    <span>
      <KeyHint keys="Delete" /> set aside
    </span>
  </span>
)

type Props = { readonly state: BankingState; readonly pages: Pages }

/** The lines of the bank, each with what is proposed for it; one opens beside the list. */
export const TransactionList = ({ state: { search, change, clear }, pages }: Props) => {
  const formats = useFormats()
  const acts = useBankActs()
  const { rows } = pages
  const { place, stayAt } = useRowFocus(rows)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const filter = search.filter ?? 'to-match'
  const ofAll = search.account === undefined
  const columns = useMemo(() => transactionColumns(formats, ofAll), [formats, ofAll])
  const open = search.line ?? null
  const onKeyDown = useLineKeys({ rows, acts, stayAt, open: (id) => change({ line: id }) })
  useActions(
    open === null
      ? []
      : [
          {
            id: 'bank.close',
            title: 'Close the bank line',
            group: 'This page',
            shortcut: 'escape',
            calls: 'nothing',
            run: () => clear('line'),
          },
        ],
  )
  if (pages.error !== null && pages.first === undefined) {
    return <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
  }
  return (
    <div className={classes['with-panel']} data-open={open !== null || undefined}>
      {/* Keys are of the rows inside, which have the focus. */}
      <div ref={place} className={classes['list']} onKeyDownCapture={onKeyDown}>
        <DataTable
          label="Bank lines"
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          onOpen={(row) => change({ line: row.id })}
          openId={open}
          selected={selected}
          onSelect={setSelected}
          onLoadAll={pages.loadAll}
          selectionSummary={(chosen) => <SelectedSum rows={chosen} of={(row) => row.amountE4} />}
          selectionActions={(chosen) => <BankSelection rows={chosen} onDone={() => setSelected(new Set())} />}
          footer={filter === 'to-match' ? <Keys /> : undefined}
          isPending={pages.isPending}
          hasMore={pages.hasMore}
          isLoadingMore={pages.isLoadingMore}
          onLoadMore={pages.loadMore}
          empty={
            <EmptyState
              sentence={
                search.search === undefined && search.where === undefined
                  ? emptySentences[filter]
                  : 'No bank line matches these filters.'
              }
              action={
                <MayCall call="bankStatements.import">
                  <Button variant="default" renderRoot={(props) => <Link to="/banking/import" {...props} />}>
                    Import a statement
                  </Button>
                </MayCall>
              }
            />
          }
        />
      </div>
      {open !== null && <TransactionPanel key={open} id={open} acts={acts} onClose={() => clear('line')} />}
    </div>
  )
}

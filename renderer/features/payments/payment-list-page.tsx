import { Button, Checkbox, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconPlus, IconSearch, IconX } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import type { PaymentRow } from '../../../shared/contract/payments.ts'
import { add } from '../../../shared/money/arithmetic.ts'
import { useActions } from '../../app/actions.ts'
import { useBranchColumn } from '../../app/branch-column.tsx'
import { SelectedSum } from '../../app/bulk/selected-sum.tsx'
import { describeError } from '../../app/errors.ts'
import { useFilterBar, useWhere } from '../../app/filters/filter-bar.tsx'
import { ListSums, totalOf } from '../../app/list-sums.tsx'
import { May } from '../../app/may.tsx'
import { methodNames, statusLooks } from '../../app/payment-methods.ts'
import { useApiPages, useApiQuery } from '../../app/queries.ts'
import { SavedViews } from '../../app/saved-views.tsx'
import { type PaymentListSearch, paymentListSearch } from '../../app/search-params.ts'
import { useTagColumn } from '../../app/tags/tag-column.tsx'
import { Amount } from '../../ui/amount.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import type { Column } from '../../ui/data-table-types.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import { PaymentPanel } from './payment-panel.tsx'
import { PaymentSelection } from './payment-selection.tsx'
import { PaymentStatus } from './payment-status.tsx'
import classes from './payments.module.css'

const tabs = (['all', 'pending', 'cleared', 'bounced', 'cancelled'] as const).map((value) => ({
  value,
  label: value === 'all' ? 'All' : statusLooks[value].label,
}))

const columnsOf = (formats: LocaleFormats): readonly Column<PaymentRow>[] => [
  {
    id: 'number',
    header: 'Number',
    width: '120px',
    cell: (row) => <strong style={{ fontWeight: 550 }}>{row.number}</strong>,
  },
  { id: 'date', header: 'Received', width: '100px', cell: (row) => formats.date(row.receivedOn) },
  { id: 'client', header: 'Client', width: 'minmax(120px, 2fr)', cell: (row) => row.clientName },
  { id: 'method', header: 'Method', width: '110px', from: 620, cell: (row) => methodNames[row.method] },
  {
    id: 'reference',
    header: 'Reference',
    width: 'minmax(90px, 1fr)',
    from: 940,
    cell: (row) => <span className={classes['quiet']}>{row.reference}</span>,
  },
  { id: 'status', header: 'Status', width: '104px', cell: (row) => <PaymentStatus status={row.status} /> },
  {
    id: 'amount',
    header: 'Amount',
    width: 'minmax(96px, 118px)',
    align: 'end',
    cell: (row) => <Amount value={add(row.amountE4, row.roundingE4)} currency={row.currency} />,
  },
  {
    id: 'credit',
    header: 'Left as credit',
    width: 'minmax(96px, 118px)',
    align: 'end',
    from: 780,
    cell: (row) => (row.creditE4 === 0n ? null : <Amount value={row.creditE4} currency={row.currency} />),
  },
]

/** The state of the list in its address, and how to change it. */
const useListState = () => {
  const search = useSearch({ from: '/payments' })
  const navigate = useNavigate()
  const change = (next: Partial<PaymentListSearch>) =>
    void navigate({ to: '/payments', search: (old) => ({ ...paymentListSearch(old), ...next }), replace: true })
  const clear = (...names: readonly (keyof PaymentListSearch)[]) =>
    void navigate({
      to: '/payments',
      search: (old) =>
        paymentListSearch(
          Object.fromEntries(Object.entries(old).filter(([name]) => !names.some((cleared) => cleared === name))),
        ),
      replace: true,
    })
  const replace = (definition: Readonly<Record<string, unknown>>) =>
    void navigate({ to: '/payments', search: paymentListSearch(definition), replace: true })
  return { search, change, clear, replace }
}

type ListState = ReturnType<typeof useListState>

const ClientFilter = ({ clientId, onClear }: { readonly clientId: string; readonly onClear: () => void }) => {
  const client = useApiQuery('clients', 'get', { id: clientId })
  const name = client.data?.name ?? '…'
  return (
    <Button
      variant="light"
      rightSection={<IconX size={13} />}
      aria-label={`All clients instead of ${name}`}
      onClick={onClear}
    >
      {name}
    </Button>
  )
}

const Toolbar = ({ search, change, clear, replace }: ListState) => {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(search.search ?? '')
  const apply = useDebouncedCallback((text: string) => (text === '' ? clear('search') : change({ search: text })), 120)
  useActions([
    {
      id: 'payments.search',
      title: 'Search payments',
      group: 'This page',
      shortcut: '/',
      calls: 'nothing',
      run: () => input.current?.focus(),
    },
  ])
  const { payment: _open, ...filters } = search
  const filterBar = useFilterBar({
    list: 'payments',
    many: 'payments',
    where: search.where,
    onChange: (where) => (where === undefined ? clear('where') : change({ where })),
  })
  return (
    <>
      <FilterTabs
        label="Payments by status"
        tabs={tabs}
        value={search.status ?? 'all'}
        onChange={(status) => (status === 'all' ? clear('status') : change({ status }))}
      />
      <div className={classes['finders']}>
        {search.clientId !== undefined && <ClientFilter clientId={search.clientId} onClear={() => clear('clientId')} />}
        <Checkbox
          label="With credit left"
          checked={search.withCredit ?? false}
          onChange={(event) => (event.currentTarget.checked ? change({ withCredit: true }) : clear('withCredit'))}
        />
        <TextInput
          ref={input}
          className={classes['search']}
          aria-label="Search payments"
          placeholder="Number, client, reference"
          type="search"
          leftSection={<IconSearch size={14} />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            apply(event.currentTarget.value)
          }}
        />
        {filterBar.button}
        <SavedViews
          list="payments"
          current={filters}
          onApply={(view) => {
            setTyped(typeof view['search'] === 'string' ? view['search'] : '')
            replace(view)
          }}
        />
      </div>
      {filterBar.chips}
    </>
  )
}

const newButton = (
  <May do="payments.write">
    <Button leftSection={<IconPlus size={15} />} renderRoot={(props) => <Link to="/payments/new" {...props} />}>
      Record payment
    </Button>
  </May>
)

const Empty = ({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) =>
  isFiltered ? (
    <EmptyState
      sentence="No payment matches these filters."
      action={
        <Button variant="default" onClick={onClear}>
          Show all payments
        </Button>
      }
    />
  ) : (
    <EmptyState
      sentence="Money that comes in will be listed here, with the invoices that it pays."
      action={newButton}
    />
  )

/** All payments: where they stand, what is left of them; one opens beside the list. */
export const PaymentListPage = () => {
  const formats = useFormats()
  const state = useListState()
  const { search, change, clear, replace } = state
  const listed = {
    search: search.search ?? '',
    where: useWhere('payments', search.where),
    status: search.status ?? 'all',
    clientId: search.clientId ?? null,
    withCredit: search.withCredit ?? false,
  }
  const pages = useApiPages('payments', 'list', listed)
  const totals = useApiQuery('payments', 'totals', listed).data
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const columns = useTagColumn(
    useBranchColumn(
      useMemo(() => columnsOf(formats), [formats]),
      'method',
    ),
    pages.rows,
    'method',
  )
  const isFiltered = Object.keys(search).some((name) => name !== 'payment')
  const open = search.payment ?? null
  useActions(
    open === null
      ? []
      : [
          {
            id: 'payment.close',
            title: 'Close the payment',
            group: 'This page',
            shortcut: 'escape',
            calls: 'nothing',
            run: () => clear('payment'),
          },
        ],
  )
  return (
    <Page fill title="Payments" actions={newButton} toolbar={<Toolbar {...state} />}>
      {pages.error !== null ? (
        <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
      ) : (
        <div className={classes['with-panel']} data-open={open !== null || undefined}>
          <div className={classes['list']}>
            <DataTable
              label="Payments"
              columns={columns}
              rows={pages.rows}
              rowId={(row) => row.id}
              onOpen={(row) => change({ payment: row.id })}
              openId={open}
              isPending={pages.isPending}
              hasMore={pages.hasMore}
              isLoadingMore={pages.isLoadingMore}
              onLoadMore={pages.loadMore}
              onLoadAll={pages.loadAll}
              selected={selected}
              onSelect={setSelected}
              {...totalOf(totals)}
              footer={<ListSums totals={totals} rest="left as credit" />}
              selectionSummary={(rows) => <SelectedSum rows={rows} of={(row) => add(row.amountE4, row.roundingE4)} />}
              selectionActions={(rows) => <PaymentSelection rows={rows} onDone={() => setSelected(new Set())} />}
              empty={<Empty isFiltered={isFiltered} onClear={() => replace({})} />}
            />
          </div>
          {open !== null && <PaymentPanel key={open} id={open} onClose={() => clear('payment')} />}
        </div>
      )}
    </Page>
  )
}

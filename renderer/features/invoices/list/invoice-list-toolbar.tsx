import { useApiQuery } from '../../../app/queries.ts'
import { invoiceListSearch } from '../../../app/search-params.ts'
import { DocumentListToolbar } from '../../../documents/list/document-list-toolbar.tsx'
import type { ListState } from './invoice-list-state.ts'

const filters = [
  { value: 'all', label: 'All' },
  { value: 'draft', label: 'Drafts' },
  { value: 'open', label: 'Open' },
  { value: 'overdue', label: 'Overdue' },
  { value: 'partly-paid', label: 'Part-paid' },
  { value: 'paid', label: 'Paid' },
  { value: 'void', label: 'Void' },
] as const

/** Filters of the list: state, client, words, dates, saved views. */
export const InvoiceListToolbar = ({ search, change }: ListState) => {
  const counts = useApiQuery('invoices', 'stats', { clientId: search.clientId ?? null }).data?.counts
  return (
    <DocumentListToolbar
      many="invoices"
      list="invoices"
      filtered="invoices"
      all="all"
      tabs={filters.map((tab) => ({ ...tab, count: counts?.[tab.value] }))}
      search={search}
      onChange={(next) => change((old) => invoiceListSearch({ ...old, ...next }))}
      onView={(view) => change(() => invoiceListSearch(view))}
    />
  )
}

import { useNavigate, useSearch } from '@tanstack/react-router'
import { type InvoiceListSearch, invoiceListSearch } from '../../../app/search-params.ts'

/** The state of the list in its address, and how to change it. */
export const useListState = () => {
  const search = useSearch({ from: '/invoices' })
  const navigate = useNavigate()
  const change = (next: Partial<InvoiceListSearch> | ((old: InvoiceListSearch) => InvoiceListSearch)) =>
    void navigate({
      to: '/invoices',
      search: (old) =>
        typeof next === 'function' ? next(invoiceListSearch(old)) : { ...invoiceListSearch(old), ...next },
      replace: true,
    })
  return { search, change }
}

export type ListState = ReturnType<typeof useListState>

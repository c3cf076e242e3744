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
  /** Leaves one part of it out of the address. */
  const clear = (...names: readonly (keyof InvoiceListSearch)[]) =>
    change((old) =>
      invoiceListSearch(Object.fromEntries(Object.entries(old).filter(([name]) => !names.some((it) => it === name)))),
    )
  return { search, change, clear }
}

export type ListState = ReturnType<typeof useListState>

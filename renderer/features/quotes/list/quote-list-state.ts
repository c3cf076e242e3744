import { useNavigate, useSearch } from '@tanstack/react-router'
import { type QuoteListSearch, quoteListSearch } from '../../../app/search-params.ts'

/** The state of the list in its address, and how to change it. */
export const useListState = () => {
  const search = useSearch({ from: '/quotes' })
  const navigate = useNavigate()
  const change = (next: (old: QuoteListSearch) => QuoteListSearch) =>
    void navigate({ to: '/quotes', search: (old) => next(quoteListSearch(old)), replace: true })
  return { search, change }
}

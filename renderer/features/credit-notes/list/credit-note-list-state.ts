import { useNavigate, useSearch } from '@tanstack/react-router'
import { type CreditNoteListSearch, creditNoteListSearch } from '../../../app/search-params.ts'

/** The state of the list in its address, and how to change it. */
export const useListState = () => {
  const search = useSearch({ from: '/credit-notes' })
  const navigate = useNavigate()
  const change = (next: (old: CreditNoteListSearch) => CreditNoteListSearch) =>
    void navigate({ to: '/credit-notes', search: (old) => next(creditNoteListSearch(old)), replace: true })
  return { search, change }
}

import { useNavigate, useSearch } from '@tanstack/react-router'
import { type BankingSearch, bankingSearch } from '../../app/search-params.ts'

/** The state of the banking screen in its address, and how to change it. */
export const useBankingState = () => {
  const search = useSearch({ from: '/banking' })
  const navigate = useNavigate()
  const change = (next: Partial<BankingSearch>) =>
    void navigate({ to: '/banking', search: (old) => ({ ...bankingSearch(old), ...next }), replace: true })
  const clear = (...names: readonly (keyof BankingSearch)[]) =>
    void navigate({
      to: '/banking',
      search: (old) =>
        bankingSearch(
          Object.fromEntries(Object.entries(old).filter(([name]) => !names.some((cleared) => cleared === name))),
        ),
      replace: true,
    })
  const replace = (definition: Readonly<Record<string, unknown>>) =>
    void navigate({ to: '/banking', search: bankingSearch(definition), replace: true })
  return { search, change, clear, replace }
}

export type BankingState = ReturnType<typeof useBankingState>

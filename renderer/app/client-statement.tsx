import { lazy, Suspense, useState } from 'react'
import { Skeleton } from '../ui/skeleton.tsx'
import type { StatementSearch } from './report-search.ts'

const Statement = lazy(async () => ({
  default: (await import('../features/statements/client-statement.tsx')).ClientStatement,
}))

type Props = { readonly clientId: string; readonly clientName: string }

/** The statement of a client on its page: where clients meet statements, which do not know each other. */
export const ClientStatementTab = (props: Props) => {
  const [search, setSearch] = useState<StatementSearch>({})
  return (
    <Suspense fallback={<Skeleton />}>
      <Statement {...props} search={search} onSearch={setSearch} />
    </Suspense>
  )
}

import { lazy, Suspense } from 'react'
import { useApiQuery } from './queries.ts'

const WaitingBar = lazy(async () => ({
  default: (await import('../features/recurring-invoices/waiting-bar.tsx')).WaitingBar,
}))

/** Asks about recurring invoices that came due while the app was closed; nothing where none waits. */
export const RecurringWaiting = ({ scheduleId = null }: { readonly scheduleId?: string | null }) => {
  const waiting = useApiQuery('recurringInvoices', 'waiting', { id: scheduleId }).data ?? []
  if (waiting.length === 0) return null
  return (
    <Suspense fallback={null}>
      <WaitingBar schedules={waiting} />
    </Suspense>
  )
}

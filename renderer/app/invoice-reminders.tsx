import { type ComponentProps, lazy, Suspense } from 'react'
import type { RemindersPanel as Panel } from '../features/reminders/reminders-panel.tsx'

const RemindersPanel = lazy(async () => ({
  default: (await import('../features/reminders/reminders-panel.tsx')).RemindersPanel,
}))

/** The reminders of an invoice: where its screen meets theirs, which do not know each other. */
export const InvoiceReminders = (props: ComponentProps<typeof Panel>) => (
  <Suspense fallback={null}>
    <RemindersPanel {...props} />
  </Suspense>
)

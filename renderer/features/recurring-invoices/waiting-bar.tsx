import { Button } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { MayCall } from '../../app/may.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { CatchUpDialog, type WaitingSchedule, whyWaiting } from './catch-up-dialog.tsx'
import classes from './recurring.module.css'

const sentence = (schedules: readonly WaitingSchedule[], date: (day: string) => string): string => {
  const count = schedules.reduce((sum, { periods }) => sum + periods.length, 0)
  const invoices = count === 1 ? '1 invoice' : `${count} invoices`
  const [first, second] = schedules
  const of =
    schedules.length === 1
      ? first?.name
      : schedules.length === 2
        ? `${first?.name} and ${second?.name}`
        : `${schedules.length} schedules`
  return `${invoices} of ${of} ${whyWaiting(schedules, date)}.`
}

type Props = { readonly schedules: readonly WaitingSchedule[] }

/** The calm bar that leads to the question what to do with missed periods. */
export const WaitingBar = ({ schedules }: Props) => {
  const [open, setOpen] = useState(false)
  const formats = useFormats()
  return (
    <aside className={classes['bar']} aria-label="Recurring invoices that wait">
      <IconHelpCircle size={18} aria-hidden="true" />
      <span>{sentence(schedules, formats.date)} Nothing is made until you say so.</span>
      <MayCall call="recurringInvoices.catchUp">
        <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
          Decide…
        </Button>
      </MayCall>
      {open && <CatchUpDialog schedules={schedules} onClose={() => setOpen(false)} />}
    </aside>
  )
}

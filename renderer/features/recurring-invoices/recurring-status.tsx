import { type Icon, IconPlayerPause, IconRepeat, IconRepeatOff } from '@tabler/icons-react'
import type { RecurringInvoiceRow } from '../../../shared/contract/recurring-invoices.ts'
import { StatusChip, type Tone } from '../../ui/status-chip.tsx'

const looks: Readonly<
  Record<RecurringInvoiceRow['state'], { readonly label: string; readonly tone: Tone; readonly icon: Icon }>
> = {
  active: { label: 'Active', tone: 'positive', icon: IconRepeat },
  paused: { label: 'Paused', tone: 'caution', icon: IconPlayerPause },
  ended: { label: 'Ended', tone: 'neutral', icon: IconRepeatOff },
}

/** Whether a schedule runs. */
export const RecurringStatus = ({ state }: { readonly state: RecurringInvoiceRow['state'] }) => {
  const { label, tone, icon } = looks[state]
  return (
    <StatusChip tone={tone} icon={icon}>
      {label}
    </StatusChip>
  )
}

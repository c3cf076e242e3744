import {
  type Icon,
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleHalf2,
  IconClock,
} from '@tabler/icons-react'
import type { InvoiceRow } from '../../shared/contract/invoices.ts'
import { StatusChip, type Tone } from '../ui/status-chip.tsx'

type State = InvoiceRow['paymentState']

const looks: Readonly<Record<State, { readonly label: string; readonly tone: Tone; readonly icon: Icon }>> = {
  draft: { label: 'Draft', tone: 'neutral', icon: IconCircleDashed },
  unpaid: { label: 'Unpaid', tone: 'accent', icon: IconClock },
  'partly-paid': { label: 'Part-paid', tone: 'caution', icon: IconCircleHalf2 },
  paid: { label: 'Paid', tone: 'positive', icon: IconCircleCheck },
  overdue: { label: 'Overdue', tone: 'negative', icon: IconAlertTriangle },
  void: { label: 'Void', tone: 'neutral', icon: IconBan },
}

type Props = { readonly state: State; readonly overdueDays?: number }

/** Where an invoice stands with its money. */
export const InvoiceStatus = ({ state, overdueDays = 0 }: Props) => {
  const { label, tone, icon } = looks[state]
  return (
    <StatusChip tone={tone} icon={icon}>
      {state === 'overdue' && overdueDays > 0 ? `${label} ${overdueDays} ${overdueDays === 1 ? 'day' : 'days'}` : label}
    </StatusChip>
  )
}

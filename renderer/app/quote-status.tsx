import {
  type Icon,
  IconBan,
  IconChecks,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconHourglassEmpty,
} from '@tabler/icons-react'
import type { QuoteRow } from '../../shared/contract/quotes.ts'
import { StatusChip, type Tone } from '../ui/status-chip.tsx'

type State = QuoteRow['state']

const looks: Readonly<Record<State, { readonly label: string; readonly tone: Tone; readonly icon: Icon }>> = {
  draft: { label: 'Draft', tone: 'neutral', icon: IconCircleDashed },
  open: { label: 'Open', tone: 'accent', icon: IconClock },
  expired: { label: 'Expired', tone: 'caution', icon: IconHourglassEmpty },
  accepted: { label: 'Accepted', tone: 'positive', icon: IconCircleCheck },
  invoiced: { label: 'Invoiced', tone: 'positive', icon: IconChecks },
  declined: { label: 'Declined', tone: 'negative', icon: IconCircleX },
  void: { label: 'Withdrawn', tone: 'neutral', icon: IconBan },
}

/** Where a quote stands with the client. */
export const QuoteStatus = ({ state }: { readonly state: State }) => {
  const { label, tone, icon } = looks[state]
  return (
    <StatusChip tone={tone} icon={icon}>
      {label}
    </StatusChip>
  )
}

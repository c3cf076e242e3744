import {
  type Icon,
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconCalendarTime,
  IconChecks,
  IconCircleCheck,
  IconClock,
  IconSend,
} from '@tabler/icons-react'
import type { OutboxRow } from '../../../shared/contract/mail.ts'
import { StatusChip, type Tone } from '../../ui/status-chip.tsx'

type State = OutboxRow['state']

/** How each state of a message is told. */
export const messageStates: Readonly<
  Record<State, { readonly label: string; readonly tone: Tone; readonly icon: Icon }>
> = {
  queued: { label: 'Waiting', tone: 'caution', icon: IconClock },
  sending: { label: 'Sending', tone: 'accent', icon: IconSend },
  accepted: { label: 'Sent', tone: 'positive', icon: IconCircleCheck },
  failed: { label: 'Failed', tone: 'negative', icon: IconAlertTriangle },
  bounced: { label: 'Came back', tone: 'negative', icon: IconArrowBackUp },
  cancelled: { label: 'Cancelled', tone: 'neutral', icon: IconBan },
}

/** Whether a message waits for a time that was chosen for it, and for nothing else. */
export const isScheduled = ({ state, sendAt, attempts }: Pick<OutboxRow, 'state' | 'sendAt' | 'attempts'>): boolean =>
  state === 'queued' && sendAt !== null && attempts === 0

type Props = Pick<OutboxRow, 'state' | 'lastError' | 'sendAt' | 'attempts' | 'seenAt'>

/** The state of a message; one that not everybody got is not simply sent. */
export const MessageState = ({ state, lastError, sendAt, attempts, seenAt }: Props) => {
  if (state === 'accepted' && lastError !== null) {
    return (
      <StatusChip tone="caution" icon={IconAlertTriangle}>
        Sent in part
      </StatusChip>
    )
  }
  if (isScheduled({ state, sendAt, attempts })) {
    return (
      <StatusChip tone="accent" icon={IconCalendarTime}>
        Scheduled
      </StatusChip>
    )
  }
  if (state === 'accepted' && seenAt !== null) {
    return (
      <StatusChip tone="positive" icon={IconChecks}>
        Arrived
      </StatusChip>
    )
  }
  const { label, tone, icon } = messageStates[state]
  return (
    <StatusChip tone={tone} icon={icon}>
      {label}
    </StatusChip>
  )
}

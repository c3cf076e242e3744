import {
  type Icon,
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
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

type Props = Pick<OutboxRow, 'state' | 'lastError'>

/** The state of a message; one that not everybody got is not simply sent. */
export const MessageState = ({ state, lastError }: Props) => {
  if (state === 'accepted' && lastError !== null) {
    return (
      <StatusChip tone="caution" icon={IconAlertTriangle}>
        Sent in part
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

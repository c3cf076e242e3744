import { type Icon, IconBell, IconBellExclamation, IconBellRinging } from '@tabler/icons-react'
import type { ReminderTone } from '../../../shared/documents/reminders.ts'
import { StatusChip, type Tone } from '../../ui/status-chip.tsx'
import { toneNames } from './reminder-words.ts'

const looks: Readonly<Record<ReminderTone, { readonly tone: Tone; readonly icon: Icon }>> = {
  friendly: { tone: 'accent', icon: IconBell },
  firm: { tone: 'caution', icon: IconBellRinging },
  final: { tone: 'negative', icon: IconBellExclamation },
}

/** How a reminder speaks, in text, colour and icon. */
export const ToneChip = ({ tone }: { readonly tone: ReminderTone }) => (
  <StatusChip tone={looks[tone].tone} icon={looks[tone].icon}>
    {toneNames[tone]}
  </StatusChip>
)

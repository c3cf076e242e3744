import { type Icon, IconBan, IconCircleCheck, IconCircleDashed, IconCoins } from '@tabler/icons-react'
import type { CreditNoteRow } from '../../shared/contract/credit-notes.ts'
import { StatusChip, type Tone } from '../ui/status-chip.tsx'

type State = CreditNoteRow['state']

const looks: Readonly<Record<State, { readonly label: string; readonly tone: Tone; readonly icon: Icon }>> = {
  draft: { label: 'Draft', tone: 'neutral', icon: IconCircleDashed },
  issued: { label: 'Credit left', tone: 'accent', icon: IconCoins },
  applied: { label: 'Used', tone: 'positive', icon: IconCircleCheck },
  void: { label: 'Void', tone: 'neutral', icon: IconBan },
}

/** Whether anything of a credit note is left to use. */
export const CreditNoteStatus = ({ state }: { readonly state: State }) => {
  const { label, tone, icon } = looks[state]
  return (
    <StatusChip tone={tone} icon={icon}>
      {label}
    </StatusChip>
  )
}

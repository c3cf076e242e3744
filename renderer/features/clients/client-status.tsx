import { type Icon, IconArchive, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { StatusChip, type Tone } from '../../ui/status-chip.tsx'
import type { ClientStatus } from './client-values.ts'

const looks: Readonly<Record<ClientStatus, { readonly label: string; readonly tone: Tone; readonly icon: Icon }>> = {
  active: { label: 'Active', tone: 'positive', icon: IconCircleCheck },
  inactive: { label: 'Inactive', tone: 'neutral', icon: IconCircleDashed },
  archived: { label: 'Archived', tone: 'caution', icon: IconArchive },
}

/** Whether a client is billed, paused or put away. */
export const ClientStatusChip = ({ status }: { readonly status: ClientStatus }) => {
  const { label, tone, icon } = looks[status]
  return (
    <StatusChip tone={tone} icon={icon}>
      {label}
    </StatusChip>
  )
}

import { IconArchive, IconCircleCheck } from '@tabler/icons-react'
import type { Item } from '../../../shared/contract/items.ts'
import { StatusChip } from '../../ui/status-chip.tsx'

/** Whether an item is offered on lines. */
export const ItemStatusChip = ({ status }: { readonly status: Item['status'] }) =>
  status === 'active' ? (
    <StatusChip tone="positive" icon={IconCircleCheck}>
      Active
    </StatusChip>
  ) : (
    <StatusChip tone="caution" icon={IconArchive}>
      Archived
    </StatusChip>
  )

import { IconArchive, IconCircleCheck } from '@tabler/icons-react'
import type { Item } from '../../../shared/contract/items.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'

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

const opposite = { active: 'archived', archived: 'active' } as const

/** Archives items or brings them back, tells what did not work, and offers to take it back. */
export const setItemStatus = async (items: readonly Item[], status: Item['status']): Promise<void> => {
  const results = await Promise.allSettled(items.map(({ id, version }) => api.items.setStatus({ id, version, status })))
  const moved = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const failed = results.flatMap((result, index) =>
    result.status === 'rejected' ? [`${items[index]?.name}: ${describeError(result.reason).message}`] : [],
  )
  if (moved.length > 0) {
    const who =
      moved.length === 1 ? (items.find((item) => item.id === moved[0]?.id)?.name ?? 'Item') : `${moved.length} items`
    const verb = moved.length === 1 ? 'is' : 'are'
    showToast({
      message: `${who} ${verb} ${status === 'archived' ? 'archived; lines no longer offer it' : 'active again'}.`,
      undo: () => Promise.all(moved.map((saved) => api.items.setStatus({ ...saved, status: opposite[status] }))),
    })
  }
  if (failed.length > 0) showToast({ message: `Not changed: ${failed.join(' ')}`, tone: 'problem' })
}

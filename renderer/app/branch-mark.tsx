import { IconMapPin } from '@tabler/icons-react'
import { StatusChip } from '../ui/status-chip.tsx'
import { useBranches } from './branches.ts'

/** The branch of a document beside its number; nothing for the whole business, and in a business of one place. */
export const BranchMark = ({ branchId }: { readonly branchId: string | null | undefined }) => {
  const { all, nameOf } = useBranches()
  if (all.length === 0 || branchId == null) return null
  return (
    <StatusChip tone="neutral" icon={IconMapPin}>
      {nameOf(branchId)}
    </StatusChip>
  )
}

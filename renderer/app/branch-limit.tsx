import { MultiSelect } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api.ts'
import { useBranches } from './branches.ts'
import { useApiQuery } from './queries.ts'

const none: readonly string[] = []

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((id) => other.includes(id))

/** The branches that a person is limited to, as they are chosen and saved. */
export const useBranchLimit = (userId: string) => {
  const { all } = useBranches()
  const { data } = useApiQuery('branches', 'members', {}, { enabled: all.length > 0 })
  const before = data?.find((it) => it.userId === userId)?.branchIds ?? none
  const [edited, setEdited] = useState<readonly string[] | null>(null)
  const branchIds = edited ?? before
  const isChanged = !isSame(branchIds, before)
  return {
    branchIds,
    isChanged,
    choose: setEdited,
    /** Saves what was changed, on a membership of this version. */
    save: async (version: number) => {
      if (isChanged) await api.branches.setMember({ id: userId, version, branchIds: [...branchIds] })
    },
  }
}

/** The branches of somebody new: of one's own, where one sees these alone. */
export const useNewLimit = () => {
  const { open, isLimited } = useBranches()
  const [chosen, choose] = useState<readonly string[]>(none)
  const [first] = open
  // Whoever works at one branch has nothing to choose.
  const branchIds = isLimited && open.length === 1 && first !== undefined ? [first.id] : chosen
  return { branchIds, choose, isMissing: isLimited && branchIds.length === 0 }
}

type Props = {
  readonly limit: { readonly branchIds: readonly string[]; readonly choose: (branchIds: readonly string[]) => void }
  readonly isOwner: boolean
}

/** Which branches a person sees; nothing is asked in a business of one place. */
export const BranchLimitField = ({ limit, isOwner }: Props) => {
  const { all, open, isLimited } = useBranches()
  if (all.length < 2 && !isLimited) return null
  // One that was closed stays where it was chosen, so that it can be taken away.
  const offered = all.filter((it) => open.includes(it) || limit.branchIds.includes(it.id))
  return (
    <MultiSelect
      label="Branches"
      description={
        isOwner
          ? 'An owner sees the whole business.'
          : isLimited
            ? 'They see and write documents of these branches alone: your own, or some of them.'
            : 'They see and write documents of these branches alone. With none chosen they see the whole business.'
      }
      placeholder={limit.branchIds.length > 0 ? '' : isLimited ? 'Choose at least one' : 'Whole business'}
      required={isLimited}
      withAsterisk={isLimited}
      disabled={isOwner || (isLimited && open.length === 1)}
      value={isOwner ? [] : [...limit.branchIds]}
      onChange={limit.choose}
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      clearButtonProps={{ 'aria-label': isLimited ? 'No branch' : 'All branches' }}
      clearable
    />
  )
}

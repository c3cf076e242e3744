import { useEffect, useMemo } from 'react'
import { chooseBranch, useChosenBranches } from './chosen-branch.ts'
import { useOrganizationId } from './organization.ts'
import { type ApiOutput, useApiQuery } from './queries.ts'

export type BranchBrief = ApiOutput<'branches', 'choices'>['branches'][number]

export type Branches = {
  /** Every branch that the person sees, closed ones too; empty in a business of one place. */
  readonly all: readonly BranchBrief[]
  /** Those that one can work at. */
  readonly open: readonly BranchBrief[]
  /** The person sees these alone, and never the whole business. */
  readonly isLimited: boolean
  /** The one that was chosen at the top. */
  readonly chosen: BranchBrief | null
  /** That of what the person makes without saying one; null is the whole business. */
  readonly ownId: string | null
  readonly nameOf: (id: string | null | undefined) => string
}

const none: readonly BranchBrief[] = []

/** The branches of the business; nothing of them is shown where `all` is empty. */
export const useBranches = (): Branches => {
  const organizationId = useOrganizationId()
  const { data } = useApiQuery('branches', 'choices', {})
  const chosenId = useChosenBranches((state) => state.byOrganization[organizationId ?? ''] ?? null)
  const all = data?.branches ?? none
  const open = useMemo(() => all.filter((it) => !it.isClosed), [all])
  const chosen = open.find(({ id }) => id === chosenId) ?? null
  const isGone = data !== undefined && chosenId !== null && chosen === null
  useEffect(() => {
    // Closed since, or no longer theirs: every other call would be refused.
    if (isGone && organizationId !== null) chooseBranch(organizationId, null)
  }, [isGone, organizationId])
  const isLimited = data?.isLimited ?? false
  const ownId = chosen?.id ?? data?.branchId ?? null
  return useMemo(
    () => ({
      all,
      open,
      isLimited,
      chosen,
      ownId,
      nameOf: (id) => (id == null ? 'Whole business' : (all.find((it) => it.id === id)?.name ?? 'Another branch')),
    }),
    [all, open, isLimited, chosen, ownId],
  )
}

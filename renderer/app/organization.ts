import { useQuery } from '@tanstack/react-query'
import { create } from 'zustand'
import type { Contract, Output } from '../../shared/contract/index.ts'
import type { AppError } from '../../shared/errors.ts'
import { api, setBranchId, setOrganizationId } from '../api.ts'
import { useChosenBranches } from './chosen-branch.ts'
import { usePast } from './past/past-state.ts'
import { queryClient } from './query-client.ts'

export type Workspace = Output<Contract['setup']['state']>
export type OrganizationBrief = Workspace['organizations'][number]

const storageKey = 'counterfoil.organization'

const useChosen = create<{ readonly id: string | null }>(() => ({ id: localStorage.getItem(storageKey) }))

const workspaceKey = ['setup', 'state', null, {}] as const

/** What this workstation holds; asked once and after each change of organizations. */
export const useWorkspace = () =>
  useQuery<Workspace, AppError>({ queryKey: workspaceKey, queryFn: () => api.setup.state({}), meta: { live: true } })

const pick = (workspace: Workspace | undefined, chosen: string | null): OrganizationBrief | null =>
  workspace?.organizations.find((it) => it.id === chosen) ?? workspace?.organizations[0] ?? null

/** The organization that the screens act in, or null before the first one is made. */
export const useOrganization = (): OrganizationBrief | null => {
  const workspace = useWorkspace()
  const chosen = useChosen((state) => state.id)
  const branches = useChosenBranches((state) => state.byOrganization)
  const organization = pick(workspace.data, chosen)
  // Calls made by the children of this render must already act in it.
  setOrganizationId(organization?.id ?? null)
  setBranchId(branches[organization?.id ?? ''] ?? null)
  return organization
}

export const useOrganizationId = (): string | null => useOrganization()?.id ?? null

/** Today where one works, a civil date; looking back, the day of then; empty before the workspace is known. */
export const useToday = (): string => {
  const then = usePast(({ view }) => view?.today)
  const organization = useOrganization()
  const branchId = useChosenBranches((state) => state.byOrganization[organization?.id ?? ''])
  const outside = useWorkspace().data?.today ?? ''
  const today = organization?.days[branchId ?? ''] ?? organization?.today ?? outside
  return then ?? today
}

/** Acts in another organization from now on; a new one is read in first. */
export const chooseOrganization = async (id: string): Promise<void> => {
  await queryClient.fetchQuery({ queryKey: workspaceKey, queryFn: () => api.setup.state({}), staleTime: 0 })
  localStorage.setItem(storageKey, id)
  setOrganizationId(id)
  useChosen.setState({ id })
}

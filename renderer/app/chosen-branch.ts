import { create } from 'zustand'

const storageKey = 'counterfoil.branches'

type Chosen = { readonly byOrganization: Readonly<Record<string, string>> }

const kept = (): Chosen['byOrganization'] => {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    const entries = Object.entries(Object(held)).filter((it): it is [string, string] => typeof it[1] === 'string')
    return Object.fromEntries(entries)
  } catch {
    return {}
  }
}

/** The branch that was chosen at this workstation, by organization; none is the whole business. */
export const useChosenBranches = create<Chosen>(() => ({ byOrganization: kept() }))

/** Works at a branch of an organization from now on; null works for the whole business. */
export const chooseBranch = (organizationId: string, branchId: string | null): void => {
  const { [organizationId]: _before, ...others } = useChosenBranches.getState().byOrganization
  const byOrganization = branchId === null ? others : { ...others, [organizationId]: branchId }
  localStorage.setItem(storageKey, JSON.stringify(byOrganization))
  useChosenBranches.setState({ byOrganization })
}

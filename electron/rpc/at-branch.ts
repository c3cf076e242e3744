import type { Procedure } from '../../shared/contract/procedure.ts'
import { AppError } from '../../shared/errors.ts'
import type { Caller } from './context.ts'
import type { Membership } from './sessions.ts'

/** Where somebody works, and what they see of the business. */
export type AtBranch = Pick<Caller, 'branchId' | 'branchIds' | 'chosenBranchId' | 'zones'>

/** Work of the app itself, and of whoever is in no organization. */
export const everywhere: AtBranch = {
  branchId: null,
  branchIds: null,
  chosenBranchId: null,
  zones: { business: 'UTC', branches: new Map() },
}

/**
 * Where somebody works: at the branch that they chose, else at the first of those that they are limited to.
 * AppError FORBIDDEN for one that is not theirs, INVALID_STATE for one that is closed.
 */
export const atBranch = ({ branchIds, openBranchIds, zones }: Membership, chosen: string | null): AtBranch => {
  const limited = branchIds.length === 0 ? null : branchIds
  if (chosen !== null && limited?.includes(chosen) === false) {
    throw new AppError('FORBIDDEN', 'This branch is not yours. Choose another one at the top.')
  }
  if (chosen !== null && !openBranchIds.has(chosen)) {
    throw new AppError('INVALID_STATE', 'This branch is closed. Choose another one at the top.')
  }
  const first = limited === null ? undefined : [...openBranchIds].find((id) => limited.includes(id))
  return { branchId: chosen ?? first ?? null, branchIds: limited, chosenBranchId: chosen, zones }
}

/** AppError FORBIDDEN where a part would be wrong, for somebody who sees only a part. */
export const assertWhole = (procedure: Procedure, { branchIds }: AtBranch): void => {
  if (procedure.wholeBusiness !== true || branchIds === null) return
  throw new AppError('FORBIDDEN', 'This is about the whole business, and you see only your branches.')
}

/** The branches that an answer is about; null for the whole business. A command looks beyond the one that was chosen. */
export const shownBranches = (procedure: Procedure, caller: AtBranch): readonly string[] | null => {
  // What is of the person or the workstation is no document.
  if (procedure.wholeBusiness === true || procedure.permission === 'workspace') return null
  if (procedure.kind === 'command' || caller.chosenBranchId === null) return caller.branchIds
  return [caller.chosenBranchId]
}

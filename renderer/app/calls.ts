import { type Contract, procedures } from '../../shared/contract/index.ts'
import type { Permission } from '../../shared/permissions.ts'
import { useMe } from './me.ts'

/** The name of a procedure of the contract: `invoices.void`. */
export type ProcedureName = {
  [F in keyof Contract & string]: `${F}.${keyof Contract[F] & string}`
}[keyof Contract & string]

/**
 * What a button, an entry of a menu or an action ends in: whoever may not call every one of it is not offered it.
 * `nothing` goes somewhere, shows something, or changes what is not saved yet.
 */
export type Calls = ProcedureName | readonly ProcedureName[] | 'nothing'

const neededFor = (calls: Calls): readonly string[] =>
  (typeof calls === 'string' ? [calls] : calls).flatMap((name) => {
    const permission = procedures.get(name)?.permission
    return permission === undefined || permission === 'anyone' ? [] : [permission]
  })

/** Whether somebody with these permissions may call all of it. */
export const mayCallWith = (permissions: readonly Permission[], calls: Calls): boolean =>
  neededFor(calls).every((needed) => permissions.some((permission) => permission === needed))

const nobody: readonly Permission[] = []

/** Tells whether the person may call procedures here; nothing that needs a right until it is known who it is. */
export const useMayCall = (): ((calls: Calls) => boolean) => {
  const permissions = useMe()?.permissions ?? nobody
  return (calls) => mayCallWith(permissions, calls)
}

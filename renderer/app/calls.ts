import type { Contract } from '../../shared/contract/index.ts'

/** The name of a procedure of the contract: `invoices.void`. */
export type ProcedureName = {
  [F in keyof Contract & string]: `${F}.${keyof Contract[F] & string}`
}[keyof Contract & string]

/**
 * What a button, an entry of a menu or an action ends in: whoever may not call every one of it is not offered it.
 * `nothing` goes somewhere, shows something, or changes what is not saved yet.
 */
export type Calls = ProcedureName | readonly ProcedureName[] | 'nothing'

/** Whether somebody who may call these procedures may call all of it. The core says which: the contract is too large for the first chunk. */
export const mayCallWith = (mayCall: readonly string[], calls: Calls): boolean =>
  calls === 'nothing' || (typeof calls === 'string' ? [calls] : calls).every((name) => mayCall.includes(name))

/**
 * What keeps a page closed that calls these: the role, which says what it includes, or the moment that one looks at,
 * where less is answered (`then`; undefined for now). Null where it opens.
 */
export const closedBy = (
  mayCall: readonly string[],
  then: readonly string[] | undefined,
  calls: Calls,
): 'role' | 'past' | null => {
  if (!mayCallWith(mayCall, calls)) return 'role'
  return then === undefined || mayCallWith(then, calls) ? null : 'past'
}

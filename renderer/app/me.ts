import type { Permission } from '../../shared/permissions.ts'
import { type Calls, mayCallWith } from './calls.ts'
import { type ApiOutput, useApiQuery } from './queries.ts'

export type Me = ApiOutput<'users', 'me'>

/** Who is signed in and what they may do here; undefined until it is known. */
export const useMe = (): Me | undefined => useApiQuery('users', 'me', {}).data

/** Tells whether the person may do something here; nothing until it is known who it is. */
export const useMay = (): ((permission: Permission) => boolean) => {
  const me = useMe()
  return (permission) => me?.permissions.includes(permission) === true
}

const nothing: readonly string[] = []

/** Tells whether the person may call procedures here; nothing that needs a right until it is known who it is. */
export const useMayCall = (): ((calls: Calls) => boolean) => {
  const mayCall = useMe()?.mayCall ?? nothing
  return (calls) => mayCallWith(mayCall, calls)
}

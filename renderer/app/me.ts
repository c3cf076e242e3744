import { useMemo } from 'react'
import type { Permission } from '../../shared/permissions.ts'
import { type Calls, mayCallWith } from './calls.ts'
import { usePast } from './past/past-state.ts'
import { type ApiOutput, useApiQuery } from './queries.ts'

export type Me = ApiOutput<'users', 'me'>

// Looking back, one reads, and takes along what one may take along.
const isReading = (permission: string) =>
  permission.endsWith('.read') || permission === 'workspace' || permission === 'exports.run'

/** Who is signed in and what they may do here now, whatever moment is shown; undefined until it is known. */
export const useMeNow = (): Me | undefined => useApiQuery('users', 'me', {}).data

/** Who is signed in and what they may do here, at the moment that is shown; undefined until it is known. */
export const useMe = (): Me | undefined => {
  const me = useMeNow()
  const allowed = usePast(({ view }) => view?.allowed)
  return useMemo(() => {
    if (me === undefined || allowed === undefined) return me
    const mayCall = me.mayCall.filter((name) => allowed.includes(name))
    return { ...me, mayCall, permissions: me.permissions.filter(isReading) }
  }, [me, allowed])
}

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

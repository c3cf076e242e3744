import { allows } from './allows.ts'
import type { Permission } from './permissions.ts'
import { rights } from './rights.ts'

/** The names of the procedures that somebody with these permissions may call; of branches alone, if limited to some. */
export const callableWith = (permissions: ReadonlySet<Permission>, isLimited = false): string[] =>
  Object.entries(rights).flatMap(([name, right]) =>
    allows(right, permissions) && !(isLimited && right.wholeBusiness) ? [name] : [],
  )

/** Those of the permissions that still allow something to somebody who is limited to branches. */
export const withinBranches = (permissions: ReadonlySet<Permission>): Permission[] => {
  const used = new Set(Object.values(rights).flatMap((it) => (it.wholeBusiness ? [] : [it.permission])))
  return [...permissions].filter((permission) => used.has(permission))
}

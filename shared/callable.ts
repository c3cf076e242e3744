import { procedures } from './contract/index.ts'
import type { Permission } from './permissions.ts'

/** The names of the procedures that somebody with these permissions may call; of branches alone, if limited to some. */
export const callableWith = (permissions: ReadonlySet<Permission>, isLimited = false): string[] =>
  [...procedures].flatMap(([name, { permission, wholeBusiness }]) =>
    (permission === 'anyone' || permissions.has(permission)) && !(isLimited && wholeBusiness) ? [name] : [],
  )

/** Those of the permissions that still allow something to somebody who is limited to branches. */
export const withinBranches = (permissions: ReadonlySet<Permission>): Permission[] => {
  const used = new Set([...procedures.values()].flatMap((it) => (it.wholeBusiness ? [] : [it.permission])))
  return [...permissions].filter((permission) => used.has(permission))
}

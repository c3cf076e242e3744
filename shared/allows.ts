import type { Procedure } from './contract/procedure.ts'
import type { Permission } from './permissions.ts'

/** Whether these permissions are all that a procedure asks for. */
export const allows = (
  { permission, also = [] }: Pick<Procedure, 'permission' | 'also'>,
  permissions: ReadonlySet<Permission>,
): boolean => (permission === 'anyone' || permissions.has(permission)) && also.every((more) => permissions.has(more))

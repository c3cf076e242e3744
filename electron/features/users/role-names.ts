import { roleNames } from '../../../shared/people/permission-words.ts'
import type { Role } from '../../../shared/permissions.ts'
import type { Db, Trx } from '../../rpc/handles.ts'

type Named = { readonly role: Role; readonly roleId: string | null }

/** What a role is called: the own one's name, or the built-in one's. */
export const roleNameOf = async (db: Db | Trx, { role, roleId }: Named): Promise<string> => {
  if (roleId === null) return roleNames[role]
  const row = await db.selectFrom('roles').select('name').where('id', '=', roleId).executeTakeFirst()
  return row?.name ?? roleNames[role]
}

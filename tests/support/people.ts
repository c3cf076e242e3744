import { join } from 'node:path'
import { openConnection } from '../../db/open.ts'
import type { Role } from '../../shared/permissions.ts'
import { asCommand, insertRow } from './database.ts'
import type { Workspace } from './workspace.ts'

/** Another person of the organization by raw SQL, without a password; gives the user's id. */
export const addPerson = (
  workspace: Workspace,
  id: string,
  values: { role: Role; roleId?: string; name?: string; email?: string; organizationId?: string },
): string => {
  const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  asCommand(raw, () => {
    // Later than whoever made the workspace.
    const at = '2030-01-01T00:00:00.000Z'
    const row = { organization_id: null, created_at: at, updated_at: at }
    insertRow(raw, 'users', { ...row, id, name: values.name ?? id, email: values.email ?? null })
    insertRow(raw, 'memberships', {
      id: `membership-${id}`,
      organization_id: values.organizationId ?? workspace.organizationId,
      user_id: id,
      role: values.role,
      role_id: values.roleId ?? null,
    })
  })
  raw.close()
  return id
}

/** Gives whoever made the workspace another role by raw SQL; somebody else becomes an owner first. */
export const takeRole = async (workspace: Workspace, role: Role, roleId: string | null = null): Promise<void> => {
  const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  const known = raw.prepare(`SELECT count(*) FROM users WHERE id = 'second-owner'`).pluck().get()
  raw.close()
  if (known === 0) addPerson(workspace, 'second-owner', { role: 'owner' })
  const again = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  asCommand(again, () =>
    again.prepare(`UPDATE memberships SET role = ?, role_id = ? WHERE user_id <> 'second-owner'`).run(role, roleId),
  )
  again.close()
  workspace.clock.advance(1000)
  await workspace.reopen()
}

import { toJson } from '../../db/json.ts'
import { AppError } from '../../shared/errors.ts'
import { roleNames } from '../../shared/people/permission-words.ts'
import { roles as builtIn, type Permission, permissions, rolePermissions } from '../../shared/permissions.ts'
import { assertMayGrant, findMember, type Member, mayGrant, permissionsOf, readPermissions } from '../people/members.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { getRow, updateRow } from '../rpc/rows.ts'
import { note } from './users/note.ts'

const isWithin = (actor: Member | undefined, asked: ReadonlySet<Permission>) =>
  actor !== undefined && [...asked].every((permission) => actor.permissions.has(permission))

const assertName = async ({ trx, organizationId }: CommandContext, name: string, id: string | null) => {
  const rows = await trx
    .selectFrom('roles')
    .select(['id', 'name'])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .execute()
  const taken = [...rows.filter((row) => row.id !== id).map((row) => row.name), ...Object.values(roleNames)]
  if (!taken.some((other) => other.toLowerCase() === name.toLowerCase())) return
  const message = `There is a role ${name} already.`
  throw new AppError('DUPLICATE', message, { fields: { name: message } })
}

const countOf = async ({ trx, organizationId }: CommandContext, roleId: string) => {
  const rows = await trx
    .selectFrom('memberships')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('roleId', '=', roleId)
    .where('deletedAt', 'is', null)
    .execute()
  return rows.length
}

/** Built-in roles, which are fixed, and an organization's own. */
export const roles: Handlers<'roles'> = {
  list: async ({ db, organizationId, userId }) => {
    const actor = await findMember(db, organizationId, userId)
    const own = await db
      .selectFrom('roles')
      .select(['id', 'version', 'name', 'permissions'])
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .orderBy('name')
      .execute()
    const members = await db
      .selectFrom('memberships')
      .select(['role', 'roleId'])
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .execute()
    return [
      ...builtIn.map((role) => ({
        id: null,
        version: 1,
        role,
        name: roleNames[role],
        permissions: permissions.filter((permission) => rolePermissions[role].has(permission)),
        memberCount: members.filter((member) => member.role === role && member.roleId === null).length,
        mayChange: false,
        mayGive: mayGrant(actor, { role, permissions: rolePermissions[role] }),
      })),
      ...own.map((row) => ({
        ...row,
        role: 'staff' as const,
        permissions: ['workspace' as const, ...readPermissions(row.permissions).filter((one) => one !== 'workspace')],
        memberCount: members.filter((member) => member.roleId === row.id).length,
        mayChange:
          actor?.permissions.has('roles.manage') === true &&
          actor.roleId !== row.id &&
          isWithin(actor, permissionsOf('staff', row.permissions)),
        mayGive: mayGrant(actor, { role: 'staff', permissions: permissionsOf('staff', row.permissions) }),
      })),
    ]
  },

  create: async (context, { name, permissions: asked }) => {
    const { trx, organizationId, userId } = context
    assertMayGrant(await findMember(trx, organizationId, userId), { role: 'staff', permissions: new Set(asked) })
    await assertName(context, name, null)
    const row = context.newRow()
    await trx
      .insertInto('roles')
      .values({ ...row, name, permissions: toJson([...new Set(asked)]) })
      .execute()
    await note(context, 'role-made', { role: row.id, permissions: asked.length })
    return { id: row.id, version: 1 }
  },

  update: async (context, { id, version, name, permissions: asked }) => {
    const { trx, organizationId, userId } = context
    const role = await getRow(trx, 'roles', organizationId, id, 'role')
    const actor = await findMember(trx, organizationId, userId)
    if (actor?.roleId === id)
      throw new AppError('INVALID_STATE', 'Nobody changes their own role: somebody else has to.')
    for (const held of [readPermissions(role.permissions), asked ?? []]) {
      assertMayGrant(actor, { role: 'staff', permissions: new Set(held) })
    }
    if (name !== undefined) await assertName(context, name, id)
    const changed = await updateRow(
      context,
      'roles',
      { id, version },
      {
        ...(name === undefined ? {} : { name }),
        ...(asked === undefined ? {} : { permissions: toJson([...new Set(asked)]) }),
      },
    )
    await note(context, 'role-changed', { role: id })
    return changed
  },

  delete: async (context, { id, version }) => {
    const { trx, organizationId, userId } = context
    const role = await getRow(trx, 'roles', organizationId, id, 'role')
    assertMayGrant(await findMember(trx, organizationId, userId), {
      role: 'staff',
      permissions: new Set(readPermissions(role.permissions)),
    })
    const count = await countOf(context, id)
    if (count > 0) {
      throw new AppError(
        'INVALID_STATE',
        `${count === 1 ? 'One person has' : `${count} people have`} this role. Give them another one first.`,
      )
    }
    const changed = await updateRow(context, 'roles', { id, version }, { deletedAt: context.now })
    await note(context, 'role-deleted', { role: id })
    return changed
  },
}

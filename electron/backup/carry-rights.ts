import type { Db } from '../rpc/handles.ts'
import { isLastOwner } from './last-owner.ts'
import type { ScratchContext } from './scratch-command.ts'

/** Who may do what, at the moment that it is read. */
export type Rights = Awaited<ReturnType<typeof readRights>>
type Membership = Rights['memberships'][number]
type Role = Rights['roles'][number]

/** Reads the places of everybody in every organization, and what the roles of its own allow. */
export const readRights = async (db: Db) => ({
  memberships: await db.selectFrom('memberships').selectAll().execute(),
  roles: await db.selectFrom('roles').selectAll().execute(),
})

const carryRole = async ({ trx, now }: ScratchContext, role: Role) => {
  const { id, organizationId, permissions } = role
  const then = await trx.selectFrom('roles').select(['version', 'permissions']).where('id', '=', id).executeTakeFirst()
  if (then !== undefined) {
    if (then.permissions === permissions) return
    const values = { permissions, updatedAt: now, version: then.version + 1 }
    await trx.updateTable('roles').set(values).where('id', '=', id).execute()
    return
  }
  const names = await trx
    .selectFrom('roles')
    .select('name')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .execute()
  const isTaken = names.some(({ name }) => name.toLowerCase() === role.name.toLowerCase())
  // Another one had its name then.
  const name = isTaken ? `${role.name} ${id.slice(-4)}` : role.name
  await trx
    .insertInto('roles')
    .values({ ...role, name })
    .execute()
}

const carryMembership = async ({ trx, now }: ScratchContext, membership: Membership) => {
  const { id, organizationId, userId, role, roleId, branchIds, deletedAt } = membership
  const rows = await trx
    .selectFrom('memberships')
    .select(['id', 'version', 'role', 'roleId', 'branchIds', 'deletedAt'])
    .where('organizationId', '=', organizationId)
    .where('userId', '=', userId)
    .execute()
  const then = rows.find((row) => row.id === id) ?? rows.find((row) => deletedAt === null && row.deletedAt === null)
  if (then === undefined) {
    if (deletedAt === null) await trx.insertInto('memberships').values(membership).execute()
    return
  }
  const isSame = then.role === role && then.roleId === roleId && then.branchIds === branchIds
  if (isSame && then.deletedAt === deletedAt) return
  try {
    await trx
      .updateTable('memberships')
      .set({ role, roleId, branchIds, deletedAt, updatedAt: now, version: then.version + 1 })
      .where('id', '=', then.id)
      .execute()
  } catch (error) {
    // Whoever is the only owner of then stays one, or nobody could say who is.
    if (!isLastOwner(error)) throw error
  }
}

/** Lets the rights of now hold for everybody whom the restored data knows too, in every organization that it knows too. */
export const carryRights = async (context: ScratchContext, { memberships, roles }: Rights): Promise<void> => {
  const { trx } = context
  const idsOf = async (table: 'organizations' | 'users') =>
    new Set((await trx.selectFrom(table).select('id').execute()).map(({ id }) => id))
  const [organizations, users] = [await idsOf('organizations'), await idsOf('users')]
  for (const role of roles) if (organizations.has(role.organizationId)) await carryRole(context, role)
  // What ended makes room for what came after it; owners before that, so that another can stop being one.
  const order = ({ role, deletedAt }: Membership) => (deletedAt !== null ? 1 : role === 'owner' ? 0 : 2)
  for (const membership of [...memberships].sort((a, b) => order(a) - order(b))) {
    if (organizations.has(membership.organizationId) && users.has(membership.userId)) {
      await carryMembership(context, membership)
    }
  }
}

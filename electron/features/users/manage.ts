import { toJson } from '../../../db/json.ts'
import { AppError, notFound } from '../../../shared/errors.ts'
import { type Role, rolePermissions } from '../../../shared/permissions.ts'
import { makeHandOver } from '../../people/hand-over.ts'
import {
  assertMayChangePerson,
  assertMayGrant,
  findMember,
  getMember,
  mayChange,
  permissionsOf,
  placesOf,
} from '../../people/members.ts'
import { distrustDevices, dropRecoveryCodes } from '../../people/second-factor.ts'
import { type CommandContext, type Handlers, withPreparation } from '../../rpc/context.ts'
import { branchesToGive } from '../branches/to-give.ts'
import { changeUser, getUser } from './change-user.ts'
import { note } from './note.ts'
import type { self } from './self.ts'
import { shutOut, shutOutable, shuttingOut } from './shut-out.ts'

type RoleInput = { readonly role: Role; readonly roleId: string | null }

// An own role stands among the built-in ones as `staff`: never as an owner or an admin.
const roleFrom = async ({ trx, organizationId }: CommandContext, { role, roleId }: RoleInput) => {
  if (roleId === null) return { role, roleId, permissions: rolePermissions[role] }
  const own = await trx
    .selectFrom('roles')
    .select('permissions')
    .where('id', '=', roleId)
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (own === undefined) throw notFound('role', roleId)
  return { role: 'staff' as const, roleId, permissions: permissionsOf('staff', own.permissions) }
}

const handOver = async (context: CommandContext, userId: string) => {
  const { organizationId, userId: createdById } = context
  const made = await makeHandOver(context, { userId, organizationId, createdById })
  return { id: userId, ...made }
}

const noPassword = () =>
  new AppError('INVALID_STATE', 'Set a password of your own first, so that you and the others can be told apart.')

const assertActive = ({ status }: { readonly status: string }): void => {
  if (status !== 'active') throw new AppError('INVALID_STATE', 'Let the person in again first.')
}

/** AppError INVALID_STATE where nobody could tell the caller from the person that is added. */
const assertHasPassword = async ({ trx, userId }: CommandContext) => {
  const { passwordHash } = await getUser(trx, userId)
  if (passwordHash === null) throw noPassword()
}

type Manage = Omit<Handlers<'users'>, keyof typeof self | 'list' | 'elsewhere' | 'left' | 'erase'>

const invite: Manage['invite'] = async (context, { name, email, handsCode, branchIds, ...asked }) => {
  const { trx, organizationId, userId, newRow, ids, now } = context
  await assertHasPassword(context)
  const role = await roleFrom(context, asked)
  assertMayGrant(await findMember(trx, organizationId, userId), role)
  const limits = await branchesToGive(context, role.role, branchIds)
  const address = email?.toLowerCase() ?? null
  const known =
    address === null
      ? undefined
      : await trx
          .selectFrom('users')
          .select(['id', 'name', 'passwordHash', 'status'])
          .where('email', '=', address)
          .where('deletedAt', 'is', null)
          .executeTakeFirst()
  if (known !== undefined && (known.status !== 'active' || (await findMember(trx, organizationId, known.id)))) {
    const message = 'There is a person with this address already.'
    throw new AppError('DUPLICATE', message, { fields: { email: message } })
  }
  if (known !== undefined && known.passwordHash === null) {
    // A code made here would hand over an identity that another business is just making.
    throw new AppError('INVALID_STATE', 'Another business has invited this person. Let them set their password first.')
  }
  const id = known?.id ?? ids.next()
  if (known === undefined) {
    await trx
      .insertInto('users')
      .values({ id, organizationId: null, createdAt: now, updatedAt: now, name, email: address, passwordHash: null })
      .execute()
  }
  await trx
    .insertInto('memberships')
    .values({ ...newRow(), userId: id, role: role.role, roleId: role.roleId, branchIds: toJson(limits) })
    .execute()
  await note(context, 'person-added', { person: id, role: role.roleId ?? role.role, branches: limits.length })
  // Who signs in here already needs no code for another business.
  const needsCode = known === undefined || known.passwordHash === null
  if (!needsCode || !handsCode) return { id, token: null, expiresAt: null, needsCode }
  return { ...(await handOver(context, id)), needsCode }
}

const setRole: Manage['setRole'] = async (context, { id, version, ...asked }) => {
  const { trx, organizationId, userId, now } = context
  const actor = await findMember(trx, organizationId, userId)
  const member = await getMember(trx, organizationId, id)
  const role = await roleFrom(context, asked)
  if (id === userId) {
    // Only downwards, and only an owner who is not the last one: the trigger of the table says who that is.
    if (member.role !== 'owner' || role.role === 'owner') {
      throw new AppError('INVALID_STATE', 'Nobody changes their own role: somebody else has to do it.')
    }
  } else if (!mayChange(actor, member)) {
    throw new AppError('FORBIDDEN', 'This person may do more than you may.')
  }
  assertMayGrant(actor, role)
  if (member.membershipVersion !== version) {
    throw new AppError('CONFLICT', 'Somebody changed this in the meantime. Compare both and save again.', {
      details: {
        yours: { version, ...asked },
        current: { id: member.membershipId, version: member.membershipVersion, role: member.role },
      },
    })
  }
  const changed = await trx
    .updateTable('memberships')
    .set({ role: role.role, roleId: role.roleId, updatedAt: now, version: version + 1 })
    .where('id', '=', member.membershipId)
    .returning('version')
    .executeTakeFirstOrThrow()
  const from = member.roleId ?? member.role
  await note(context, 'role-changed', { person: id, from, to: role.roleId ?? role.role })
  return { id, version: changed.version }
}

const remove = shuttingOut(async (context, { id }) => {
  const { trx, organizationId, userId, now } = context
  const member = await getMember(trx, organizationId, id)
  if (id === userId) throw new AppError('INVALID_STATE', 'This is you: somebody else has to do it.')
  if (!mayChange(await findMember(trx, organizationId, userId), member)) {
    throw new AppError('FORBIDDEN', 'This person may do more than you may.')
  }
  await trx
    .updateTable('memberships')
    .set({ deletedAt: now, updatedAt: now, version: member.membershipVersion + 1 })
    .where('id', '=', member.membershipId)
    .execute()
  await note(context, 'person-removed', { person: id })
  // A place in the demo alone is none to stay for.
  const stays = (await placesOf(trx, id)).some(({ isDemo }) => !isDemo || member.isDemo)
  if (!stays) await shutOut(context, id)
  return { id, version: member.membershipVersion + 1 }
})

// What a person signs in with: only of somebody of this organization, and by whoever may change them everywhere.
const identityOf = async (context: CommandContext, id: string) => {
  await getMember(context.trx, context.organizationId, id)
  await assertMayChangePerson(context.trx, context.userId, id)
  return await getUser(context.trx, id)
}

/** What is done about the people of an organization by those who may. */
export const manage: Manage = {
  invite,
  setRole,
  remove,
  update: async (context, { id, version, name, email }) => {
    await identityOf(context, id)
    const changed = await changeUser(context, id, { name, email: email?.toLowerCase() ?? null }, version)
    await note(context, 'person-changed', { person: id })
    return changed
  },
  deactivate: shuttingOut(async (context, { id }) => {
    const user = await shutOutable(context, id)
    if (user.status !== 'active') return { id, version: user.version }
    const changed = await shutOut(context, id)
    await note(context, 'person-deactivated', { person: id })
    return changed
  }),
  activate: async (context, { id }) => {
    const user = await identityOf(context, id)
    if (user.status === 'active') {
      throw new AppError('INVALID_STATE', 'This person is active already. A new password begins with a code for them.')
    }
    // What they knew may be known to others by now: they begin anew.
    await changeUser(context, id, { status: 'active', passwordHash: null, pinHash: null })
    await note(context, 'person-activated', { person: id })
    return await handOver(context, id)
  },
  makeCode: async (context, { id }) => {
    const user = await identityOf(context, id)
    assertActive(user)
    await assertHasPassword(context)
    return await handOver(context, id)
  },
  mailCode: withPreparation({
    prepare: async ({ db, organizationId, userId, engines }, { id }) => {
      await getMember(db, organizationId, id)
      await assertMayChangePerson(db, userId, id)
      assertActive(await getUser(db, id))
      const actor = await getUser(db, userId)
      if (actor.passwordHash === null) throw noPassword()
      return await engines.codeMailer.sendToken({ userId: id, organizationId, createdById: actor.id })
    },
    run: (_context, { id }, sent) => Promise.resolve({ id, ...sent }),
  }),
  turnOffSecondFactor: async (context, { id }) => {
    const user = await identityOf(context, id)
    await turnOffMethods(context, id)
    await note(context, 'mfa-off', { person: id })
    return { id, version: user.version }
  },
}

/** Asks a person for no one-time code any more, and makes their recovery codes worthless. */
export const turnOffMethods = async ({ trx, now }: CommandContext, userId: string): Promise<void> => {
  await trx
    .updateTable('mfaMethods')
    .set({ disabledAt: now, sealedSecret: null })
    .where('userId', '=', userId)
    .where('disabledAt', 'is', null)
    .execute()
  await dropRecoveryCodes(trx, userId, now)
  await distrustDevices(trx, userId, now)
}

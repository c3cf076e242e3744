import { z } from 'zod'
import { readJson } from '../../db/json.ts'
import { AppError, notFound } from '../../shared/errors.ts'
import { type Permission, permissions, type Role, rolePermissions } from '../../shared/permissions.ts'
import type { Db, Trx } from '../rpc/handles.ts'

export type Member = {
  readonly membershipId: string
  readonly membershipVersion: number
  readonly organizationId: string
  readonly userId: string
  readonly role: Role
  readonly roleId: string | null
  readonly permissions: ReadonlySet<Permission>
  /** The branches that they are limited to; none: they see the whole business. */
  readonly branchIds: readonly string[]
  /** Of the demo company: a place in it weighs nothing beside one in a business. */
  readonly isDemo: boolean
}

const isPermission = (text: string): text is Permission => permissions.some((known) => known === text)

/** The permissions of an own role as stored; what a later version no longer knows is left out. */
export const readPermissions = (text: string): Permission[] => readJson(z.array(z.string()), text).filter(isPermission)

/** What a role lets one do: a built-in one, or an own one with what everybody has. */
export const permissionsOf = (role: Role, own: string | null): ReadonlySet<Permission> =>
  own === null ? rolePermissions[role] : new Set<Permission>(['workspace', ...readPermissions(own)])

const members = (db: Db | Trx) =>
  db
    .selectFrom('memberships as m')
    .innerJoin('organizations as o', 'o.id', 'm.organizationId')
    .leftJoin('roles as r', (join) => join.onRef('r.id', '=', 'm.roleId').on('r.deletedAt', 'is', null))
    .select([
      'm.id as membershipId',
      'm.version as membershipVersion',
      'm.organizationId',
      'm.userId',
      'm.role',
      'm.roleId',
      'm.branchIds',
      'o.isDemo',
      'r.permissions as own',
    ])
    .where('m.deletedAt', 'is', null)
    .where('o.deletedAt', 'is', null)

/** The branches of a membership as stored. */
export const readBranchIds = (text: string): string[] => readJson(z.array(z.string()), text)

const asMember = ({
  own,
  branchIds,
  isDemo,
  ...row
}: Awaited<ReturnType<ReturnType<typeof members>['execute']>>[number]): Member => ({
  ...row,
  permissions: permissionsOf(row.role, own),
  // Whoever owns a business answers for all of it, whatever they were limited to before.
  branchIds: row.role === 'owner' ? [] : readBranchIds(branchIds),
  isDemo: isDemo === 1,
})

/** The membership of a person in an organization; undefined where there is none. */
export const findMember = async (
  db: Db | Trx,
  organizationId: string,
  userId: string | null,
): Promise<Member | undefined> => {
  if (userId === null) return undefined
  const row = await members(db)
    .where('m.organizationId', '=', organizationId)
    .where('m.userId', '=', userId)
    .executeTakeFirst()
  return row === undefined ? undefined : asMember(row)
}

/** Every live membership of a person. */
export const membershipsOf = async (db: Db | Trx, userId: string): Promise<Member[]> =>
  (await members(db).where('m.userId', '=', userId).execute()).map(asMember)

/** Every live membership of a person that counts: those of the demo company only where there is no other. */
export const placesOf = async (db: Db | Trx, userId: string): Promise<Member[]> => {
  const all = await membershipsOf(db, userId)
  const real = all.filter(({ isDemo }) => !isDemo)
  return real.length > 0 ? real : all
}

/** The membership of a person; AppError NOT_FOUND. */
export const getMember = async (db: Db | Trx, organizationId: string, userId: string): Promise<Member> => {
  const member = await findMember(db, organizationId, userId)
  if (member === undefined) throw notFound('person', userId)
  return member
}

type Standing = Pick<Member, 'role' | 'permissions'>

const isAbove = (actor: Standing, other: Standing): boolean => {
  if (other.role === 'owner') return actor.role === 'owner'
  if (other.role === 'admin') return actor.role === 'owner' || actor.role === 'admin'
  return [...other.permissions].every((permission) => actor.permissions.has(permission))
}

type Limited = Pick<Member, 'branchIds'>

const seesAllOf = (actor: Limited, other: Limited): boolean =>
  actor.branchIds.length === 0 ||
  (other.branchIds.length > 0 && other.branchIds.every((id) => actor.branchIds.includes(id)))

/** Whether somebody may change what another one is: nobody touches an owner but an owner, or whoever may do or see more. */
export const mayChange = (actor: Member | undefined, other: Omit<Member, 'isDemo'>): boolean =>
  actor?.permissions.has('users.manage') === true &&
  actor.userId !== other.userId &&
  isAbove(actor, other) &&
  seesAllOf(actor, other)

/** Whether somebody may give a role: one that does no more than their own. */
export const mayGrant = (actor: Standing | undefined, role: Standing): boolean =>
  actor !== undefined && isAbove(actor, role)

/** AppError FORBIDDEN where somebody would give more than they have themselves. */
export const assertMayGrant = (actor: Member | undefined, role: Standing): void => {
  if (mayGrant(actor, role)) return
  throw new AppError(
    'FORBIDDEN',
    role.role === 'owner'
      ? 'Only an owner can make somebody an owner.'
      : 'This role may do more than you may: somebody who may do it all has to give it.',
  )
}

/**
 * AppError FORBIDDEN where somebody may not change who another person is. What a person signs in with holds in every
 * organization, so it takes the right to change them in each.
 */
export const assertMayChangePerson = async (db: Db | Trx, actorId: string | null, userId: string): Promise<void> => {
  if (actorId === userId) throw new AppError('INVALID_STATE', 'This is you: somebody else has to do it.')
  for (const other of await placesOf(db, userId)) {
    if (mayChange(await findMember(db, other.organizationId, actorId), other)) continue
    throw new AppError(
      'FORBIDDEN',
      other.role === 'owner'
        ? 'Only an owner can change an owner, in each business that they own.'
        : 'This person may do or see more than you, here or in another business.',
    )
  }
}

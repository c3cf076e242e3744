import { sql } from 'kysely'
import { roleNames } from '../../../shared/people/permission-words.ts'
import { byName } from '../../people/by-name.ts'
import { findMember, mayChange, permissionsOf, readBranchIds } from '../../people/members.ts'
import type { Handlers } from '../../rpc/context.ts'

/** The people of an organization: the caller first, then by name. */
export const list: Handlers<'users'>['list'] = async ({ db, organizationId, userId }) => {
  const actor = await findMember(db, organizationId, userId)
  const rows = await db
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.userId')
    .leftJoin('roles as r', (join) => join.onRef('r.id', '=', 'm.roleId').on('r.deletedAt', 'is', null))
    .select([
      'u.id',
      'u.version',
      'm.version as membershipVersion',
      'm.id as membershipId',
      'u.name',
      'u.email',
      'u.color',
      'u.avatarAttachmentId as pictureId',
      'u.status',
      'u.passwordHash',
      'u.lastLoginAt',
      'm.createdAt as since',
      'm.role',
      'm.roleId',
      'm.branchIds',
      'r.name as ownRole',
      'r.permissions as own',
      sql<number>`EXISTS (SELECT 1 FROM mfa_methods f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL AND f.disabled_at IS NULL)`.as(
        'secondFactor',
      ),
    ])
    .where('m.organizationId', '=', organizationId)
    .where('m.deletedAt', 'is', null)
    .where('u.deletedAt', 'is', null)
    .orderBy('u.id')
    .execute()
  const people = rows.map(
    ({ passwordHash, secondFactor, own, ownRole, status, membershipId, branchIds, since, ...row }) => {
      const other = {
        ...row,
        membershipId,
        organizationId,
        userId: row.id,
        permissions: permissionsOf(row.role, own),
        branchIds: row.role === 'owner' ? [] : readBranchIds(branchIds),
      }
      const isYou = row.id === userId
      return {
        ...row,
        // Before that they signed in to other businesses, which is nobody's business here.
        lastLoginAt: row.lastLoginAt !== null && row.lastLoginAt >= since ? row.lastLoginAt : null,
        roleName: ownRole ?? roleNames[row.role],
        // Alone and without a password nobody was invited.
        status: status === 'active' && passwordHash === null && !isYou ? ('invited' as const) : status,
        hasPassword: passwordHash !== null,
        hasSecondFactor: Number(secondFactor) === 1,
        isYou,
        mayChange: mayChange(actor, other),
      }
    },
  )
  return people.sort((one, other) => Number(other.isYou) - Number(one.isYou) || byName(one, other))
}

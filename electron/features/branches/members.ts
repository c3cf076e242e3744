import { toJson } from '../../../db/json.ts'
import { AppError } from '../../../shared/errors.ts'
import { findMember, getMember, mayChange, readBranchIds } from '../../people/members.ts'
import type { Handlers } from '../../rpc/context.ts'
import { getRow, updateRow } from '../../rpc/rows.ts'
import { note } from '../users/note.ts'
import { branchesToGive } from './to-give.ts'

/** Who sees which branches of a business. */
export const branchMembers: Pick<Handlers<'branches'>, 'members' | 'setMember'> = {
  members: async ({ db, organizationId }) => {
    const rows = await db
      .selectFrom('memberships')
      .select(['userId', 'branchIds'])
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .where('branchIds', '<>', '[]')
      .orderBy('id')
      .execute()
    return rows.map(({ userId, branchIds }) => ({ userId, branchIds: readBranchIds(branchIds) }))
  },

  setMember: async (context, { id, version, branchIds }) => {
    const { trx, organizationId, userId } = context
    const member = await getMember(trx, organizationId, id)
    if (!mayChange(await findMember(trx, organizationId, userId), member)) {
      throw new AppError('FORBIDDEN', 'You may not change this person: they may do more than you, or are yourself.')
    }
    const row = await getRow(trx, 'memberships', organizationId, member.membershipId, 'person')
    const had = readBranchIds(row.branchIds)
    const wanted = await branchesToGive(context, member.role, branchIds, had)
    const changed = await updateRow(
      context,
      'memberships',
      { id: member.membershipId, version },
      { branchIds: toJson(wanted) },
    )
    await note(context, 'role-changed', { person: id, from: member.roleId ?? member.role, branches: wanted.length })
    return { id, version: changed.version }
  },
}

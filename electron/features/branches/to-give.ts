import { AppError, notFound } from '../../../shared/errors.ts'
import type { Role } from '../../../shared/permissions.ts'
import type { CommandContext } from '../../rpc/context.ts'

/**
 * The branches that somebody is to be limited to, each once; none is the whole business. AppError INVALID_STATE for an
 * owner, FORBIDDEN for more than the caller sees, NOT_FOUND for a branch of another business, or closed before it was
 * given.
 */
export const branchesToGive = async (
  { trx, organizationId, branchIds }: CommandContext,
  role: Role,
  asked: readonly string[],
  had: readonly string[] = [],
): Promise<readonly string[]> => {
  const wanted = [...new Set(asked)]
  if (role === 'owner' && wanted.length > 0) {
    throw new AppError('INVALID_STATE', 'An owner answers for the whole business. Give the person another role first.')
  }
  const isMore = branchIds !== null && (wanted.length === 0 || wanted.some((it) => !branchIds.includes(it)))
  if (isMore) throw new AppError('FORBIDDEN', 'You can let somebody see your own branches, and no more than those.')
  const known = await trx
    .selectFrom('branches')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .execute()
  const missing = wanted.find((it) => !had.includes(it) && !known.some((branch) => branch.id === it))
  if (missing !== undefined) throw notFound('branch', missing)
  return wanted
}

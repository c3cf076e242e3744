import { notFound } from '../../../shared/errors.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { findRow } from '../../rpc/rows.ts'

/** The branch that was said for a row, or undefined where none was; AppError NOT_FOUND if the business has no such. */
export const branchToWrite = async (
  { trx, organizationId }: CommandContext,
  said: string | null | undefined,
): Promise<string | null | undefined> => {
  // A document of a branch that was closed since stays there, and so do its copies and credits.
  if (said != null && (await findRow(trx, 'branches', organizationId, said)) === undefined)
    throw notFound('branch', said)
  return said
}

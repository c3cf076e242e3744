import type { Updateable } from 'kysely'
import type { UserTable } from '../../../db/tables/users.ts'
import { AppError, notFound } from '../../../shared/errors.ts'
import type { CommandContext, Db, Trx } from '../../rpc/context.ts'

/** The user of an id; AppError NOT_FOUND. */
export const getUser = async (db: Db | Trx, id: string | null) => {
  const row =
    id === null
      ? undefined
      : await db.selectFrom('users').selectAll().where('id', '=', id).where('deletedAt', 'is', null).executeTakeFirst()
  if (row === undefined) throw notFound('person', id ?? '')
  return row
}

/** The names and addresses that a password of this person must not be made of. */
export const ownTexts = async (db: Db | Trx, user: { id: string; name: string; email: string | null }) => {
  const rows = await db
    .selectFrom('memberships as m')
    .innerJoin('organizations as o', 'o.id', 'm.organizationId')
    .select(['o.legalName', 'o.tradeName'])
    .where('m.userId', '=', user.id)
    .where('m.deletedAt', 'is', null)
    .execute()
  return [user.name, user.email, ...rows.flatMap(({ legalName, tradeName }) => [legalName, tradeName])]
}

/** Changes a user, who belongs to no one organization; with a version, AppError CONFLICT for a stale one. */
export const changeUser = async (
  { trx, now }: CommandContext,
  id: string,
  values: Updateable<UserTable>,
  version?: number,
): Promise<{ id: string; version: number }> => {
  const current = await getUser(trx, id)
  if (version !== undefined && version !== current.version) {
    const { name, email } = current
    throw new AppError('CONFLICT', 'Somebody changed this in the meantime. Compare both and save again.', {
      details: {
        yours: { version, name: values.name, email: values.email },
        current: { id, version: current.version, name, email },
      },
    })
  }
  return await trx
    .updateTable('users')
    .set({ ...values, updatedAt: now, version: current.version + 1 })
    .where('id', '=', id)
    .returning(['id', 'version'])
    .executeTakeFirstOrThrow()
}

import { AppError } from '../../shared/errors.ts'
import type { Db, Trx } from '../rpc/handles.ts'

// Somebody has a password, or there is more than one person: from then on it matters who does something.
const isGuarded = async (db: Db | Trx): Promise<boolean> => {
  const people = await db
    .selectFrom('users')
    .select('passwordHash')
    .where('deletedAt', 'is', null)
    .where('status', '=', 'active')
    .execute()
  return people.length > 1 || people.some(({ passwordHash }) => passwordHash !== null)
}

const leading = (db: Db | Trx, userId: string | null) =>
  db
    .selectFrom('memberships as m')
    .innerJoin('organizations as o', 'o.id', 'm.organizationId')
    .select('m.id')
    .where('m.userId', '=', userId)
    .where('m.role', 'in', ['owner', 'admin'])
    .where('m.deletedAt', 'is', null)
    .limit(1)

/** Whether a person may put another business beside those kept here: whoever leads one of them, or works here alone. */
export const mayMakeBusiness = async (db: Db | Trx, userId: string | null): Promise<boolean> => {
  if (!(await isGuarded(db))) return true
  const living = await db
    .selectFrom('organizations')
    .select('id')
    .where('deletedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  const led = leading(db, userId)
  // After the last one was taken away those who led it begin the next.
  const found = await (living === undefined ? led : led.where('o.deletedAt', 'is', null)).executeTakeFirst()
  return found !== undefined
}

/** AppError FORBIDDEN where a person may not make a business here, nor take the demo company away. */
export const assertMayMakeBusiness = async (db: Db | Trx, userId: string | null): Promise<void> => {
  if (await mayMakeBusiness(db, userId)) return
  throw new AppError(
    'FORBIDDEN',
    'Only an owner or an admin of a business kept here can add another one or take the demo away. Ask one of them.',
  )
}

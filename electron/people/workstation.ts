import { sql } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Db, Trx } from '../rpc/context.ts'
import { writeOrganizationSetting } from '../rpc/organization-setting.ts'
import { membershipsOf } from './members.ts'

// Names the business whose owners own the workstation, once another one could be taken for it.
const key = 'access.workstation'

// The one that was named, else the first: not the demo, not one that is gone, as long as there is another.
const firstBusiness = (db: Db | Trx) =>
  db
    .selectFrom('organizations as o')
    .leftJoin('settings as s', (join) =>
      join
        .on('s.key', '=', key)
        .on('s.organizationId', 'is', null)
        .on('s.userId', 'is', null)
        .on(sql<boolean>`json_extract(s.value, '$') = o.id`),
    )
    .select(['o.id', 'o.isDemo', 'o.deletedAt', 's.id as named'])
    // An id tells when it was made, and no restore and no import gives a business another.
    .orderBy(sql`o.deleted_at IS NOT NULL, s.id IS NULL, o.is_demo, o.id`)
    .limit(1)
    .executeTakeFirst()

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

/** Whether the workstation and what concerns all of its data is a person's: whoever owns its first business, or works here alone. */
export const ownsWorkstation = async (db: Db | Trx, userId: string | null): Promise<boolean> => {
  if (!(await isGuarded(db))) return true
  const first = await firstBusiness(db)
  if (first === undefined || userId === null) return userId !== null
  const own = await db
    .selectFrom('memberships')
    .select('id')
    .where('organizationId', '=', first.id)
    .where('userId', '=', userId)
    .where('role', '=', 'owner')
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return own !== undefined
}

/** AppError FORBIDDEN, with these words, where the workstation is not the person's. */
export const assertOwnsWorkstation = async (db: Db | Trx, userId: string | null, message: string): Promise<void> => {
  if (!(await ownsWorkstation(db, userId))) throw new AppError('FORBIDDEN', message)
}

/** AppError FORBIDDEN where a person may not make a business here, nor take the demo company away. */
export const assertMayMakeBusiness = (db: Db | Trx, userId: string | null): Promise<void> =>
  assertOwnsWorkstation(
    db,
    userId,
    'Only an owner of this workstation, which is an owner of its first business, can add another one or take the demo away. Ask one of them.',
  )

/** Names the business whose owners own the workstation, before another comes that may be older or carry an older id. */
export const keepFirstBusiness = async ({ trx, ids, now }: CommandContext): Promise<void> => {
  const first = await firstBusiness(trx)
  if (first === undefined || first.named !== null || first.isDemo === 1 || first.deletedAt !== null) return
  await writeOrganizationSetting(trx, { organizationId: null, now, id: ids.next() }, key, first.id)
}

/** What of the backups is somebody's: everything, or the businesses by id whose backups they manage as a whole. */
export type Reach = 'everything' | ReadonlySet<string>

/** How far somebody reaches into backups, which hold every business. */
export const reachOf = async (db: Db | Trx, userId: string | null): Promise<Reach> => {
  if (await ownsWorkstation(db, userId)) return 'everything'
  const memberships = userId === null ? [] : await membershipsOf(db, userId)
  const managed = memberships.filter(
    // An owner answers for the whole business, whatever branches are noted.
    ({ role, permissions, branchIds }) =>
      permissions.has('backups.manage') && (role === 'owner' || branchIds.length === 0),
  )
  return new Set(managed.map(({ organizationId }) => organizationId))
}

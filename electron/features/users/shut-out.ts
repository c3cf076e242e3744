import { AppError, notFound } from '../../../shared/errors.ts'
import { byName } from '../../people/by-name.ts'
import { assertMayChangePerson, findMember, type Member, membershipsOf } from '../../people/members.ts'
import { noPersonKeys } from '../../people/person-keys.ts'
import { distrustDevices } from '../../people/second-factor.ts'
import { recordSecurityEvent } from '../../people/security-events.ts'
import { revokeSessions } from '../../people/sessions-store.ts'
import { cancelTokens } from '../../people/tokens.ts'
import { ownsWorkstation } from '../../people/workstation.ts'
import { type CommandContext, type Handlers, type QueryContext, withPreparation } from '../../rpc/context.ts'
import { changeUser, getUser } from './change-user.ts'

/**
 * Somebody who may be shut out: of this business, and by whoever may change them everywhere; an owner of the workstation
 * shuts anybody out. AppError NOT_FOUND, FORBIDDEN, or INVALID_STATE for oneself.
 */
export const shutOutable = async ({ trx, organizationId, userId }: CommandContext, id: string) => {
  if (id === userId || !(await ownsWorkstation(trx, userId))) {
    if ((await findMember(trx, organizationId, id)) === undefined) throw notFound('person', id)
    await assertMayChangePerson(trx, userId, id)
  }
  return await getUser(trx, id)
}

const isLastOwner = async ({ trx }: CommandContext, { organizationId, role, userId }: Member): Promise<boolean> => {
  if (role !== 'owner') return false
  const other = await trx
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.userId')
    .select('m.id')
    .where('m.organizationId', '=', organizationId)
    .where('m.userId', '<>', userId)
    .where('m.role', '=', 'owner')
    .where('m.deletedAt', 'is', null)
    .where('u.status', '=', 'active')
    .where('u.deletedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return other === undefined
}

const becomeOwner = async ({ trx, userId, deviceId, ids, now }: CommandContext, organizationId: string) => {
  if (userId === null) throw new AppError('LOCKED', 'Sign in first.')
  const own = await findMember(trx, organizationId, userId)
  if (own === undefined) {
    const row = { id: ids.next(), organizationId, createdAt: now, updatedAt: now, userId, role: 'owner' as const }
    await trx.insertInto('memberships').values(row).execute()
  } else {
    const version = own.membershipVersion + 1
    const values = { role: 'owner' as const, roleId: null, updatedAt: now, version }
    await trx.updateTable('memberships').set(values).where('id', '=', own.membershipId).execute()
  }
  const data = { person: userId, from: own?.roleId ?? own?.role ?? null, to: 'owner' }
  await recordSecurityEvent(trx, { at: now, organizationId, userId, deviceId, kind: 'role-changed', data })
}

/**
 * Shuts a person out of the workstation, in a command that ends with `takeKeys`: no sign-in, no session. A business without another
 * owner becomes the caller's.
 */
export const shutOut = async (context: CommandContext, id: string): Promise<{ id: string; version: number }> => {
  const { trx, now } = context
  for (const member of await membershipsOf(trx, id)) {
    if (await isLastOwner(context, member)) await becomeOwner(context, member.organizationId)
  }
  const changed = await changeUser(context, id, { status: 'inactive' })
  await revokeSessions(trx, id, null, now)
  await cancelTokens(trx, id, now)
  await distrustDevices(trx, id, now)
  return changed
}

type About = { readonly id: string }

/**
 * Takes the keys of those who are shut out, once that is written: a command that is rolled back leaves them to them. Where
 * the key file cannot be written then, the next opening of the data does it.
 */
export const takeKeys = async ({ db, engines }: QueryContext, people: readonly string[]): Promise<void> => {
  for (const id of people) {
    // Also asked after a command that was refused, such as for somebody who is not there.
    const user = await db.selectFrom('users').select('status').where('id', '=', id).executeTakeFirst()
    if (user !== undefined && user.status !== 'active') await (engines.personKeys ?? noPersonKeys).removePerson(id)
  }
}

/** A command that may shut a person out, whose key is taken then. */
export const shuttingOut = <A extends About, O>(run: (context: CommandContext, about: A) => Promise<O>) =>
  withPreparation({
    prepare: (_context: QueryContext, { id }: A) => Promise.resolve(id),
    run: (context, about: A) => run(context, about),
    settle: (context, id) => takeKeys(context, [id]),
  })

/** Who still signs in at this workstation without a place in this business: shown to whoever owns the workstation. */
export const elsewhere: Handlers<'users'>['elsewhere'] = async ({ db, organizationId, userId }) => {
  if (!(await ownsWorkstation(db, userId))) return []
  const people = await db
    .selectFrom('users as u')
    .select(['u.id', 'u.name', 'u.email', 'u.color', 'u.lastLoginAt'])
    .where('u.status', '=', 'active')
    .where('u.deletedAt', 'is', null)
    .where('u.passwordHash', 'is not', null)
    .where('u.id', '<>', userId ?? '')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('memberships as m')
            .select('m.id')
            .whereRef('m.userId', '=', 'u.id')
            .where('m.organizationId', '=', organizationId)
            .where('m.deletedAt', 'is', null),
        ),
      ),
    )
    .orderBy('u.id')
    .execute()
  return people.sort(byName)
}

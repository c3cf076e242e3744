import { examineFile } from '../../db/examine.ts'
import type { DataKey } from '../../db/key.ts'
import { openReader } from '../../db/open.ts'
import { newestEvent, recordSecurityEvent } from '../people/security-events.ts'
import type { Db, Trx } from '../rpc/handles.ts'
import { carryRights, type Rights, readRights } from './carry-rights.ts'
import { type GivenNumbers, readNumbers } from './keep-counting.ts'
import { isLastOwner } from './last-owner.ts'
import type { ScratchContext } from './scratch-command.ts'

/** What holds at this moment, whatever a backup says of its day: who may come in, and how far numbers have come. */
export type PresentState = {
  readonly users: readonly PresentUser[]
  readonly methods: Awaited<ReturnType<typeof methodsOf>>
  readonly codes: Awaited<ReturnType<typeof codesOf>>
  /** The hash of the recovery code of data in the clear. */
  readonly recoveryCode: string | null
  readonly numbers: GivenNumbers
  readonly rights: Rights
  /** The newest security event. */
  readonly lastEvent: { readonly seq: number; readonly hash: string } | null
}
type PresentUser = Awaited<ReturnType<typeof usersOf>>[number]

const recoveryKey = 'access.recovery'

const usersOf = (db: Db) =>
  db
    .selectFrom('users')
    .select(['id', 'passwordHash', 'pinHash', 'mustChangePassword', 'status', 'deletedAt'])
    .execute()
const methodsOf = (db: Db) => db.selectFrom('mfaMethods').selectAll().execute()
const codesOf = (db: Db) => db.selectFrom('recoveryCodes').selectAll().execute()

/** Reads what holds now; null where the present database is damaged or missing. */
export const readPresent = async (file: string, key: DataKey): Promise<PresentState | null> => {
  if (!examineFile(file, key, false).sound) return null
  const { db, close } = openReader(file, key)
  try {
    const setting = await db
      .selectFrom('settings')
      .select('value')
      .where('organizationId', 'is', null)
      .where('userId', 'is', null)
      .where('key', '=', recoveryKey)
      .where('deletedAt', 'is', null)
      .executeTakeFirst()
    const people = { users: await usersOf(db), methods: await methodsOf(db), codes: await codesOf(db) }
    return {
      ...people,
      recoveryCode: setting?.value ?? null,
      numbers: await readNumbers(db),
      rights: await readRights(db),
      lastEvent: await newestEvent(db),
    }
  } catch {
    // Older than these tables: it had nothing of the kind.
    return null
  } finally {
    await close()
  }
}

const carryUser = async ({ trx, now }: ScratchContext, user: PresentUser): Promise<boolean> => {
  const { id, status, deletedAt, ...secrets } = user
  const then = await trx
    .selectFrom('users')
    .select(['version', 'passwordHash', 'pinHash', 'mustChangePassword', 'status', 'deletedAt'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (then === undefined) return false
  const isSame =
    then.passwordHash === secrets.passwordHash &&
    then.pinHash === secrets.pinHash &&
    then.mustChangePassword === secrets.mustChangePassword
  const change = (values: object, version: number) =>
    trx
      .updateTable('users')
      .set({ ...values, updatedAt: now, version })
      .where('id', '=', id)
      .execute()
  if (!isSame) await change(secrets, then.version + 1)
  if (then.status === status && then.deletedAt === deletedAt) return true
  try {
    await change({ status, deletedAt }, then.version + 2)
  } catch (error) {
    // Whoever is the only owner of then has to be let in, or nobody could.
    if (!isLastOwner(error)) throw error
  }
  return true
}

const carryFactors = async (trx: Trx, { methods, codes }: PresentState, known: ReadonlySet<string>) => {
  const ids = [...known]
  await trx.deleteFrom('mfaMethods').where('userId', 'in', ids).execute()
  await trx.deleteFrom('recoveryCodes').where('userId', 'in', ids).execute()
  for (const row of methods) if (known.has(row.userId)) await trx.insertInto('mfaMethods').values(row).execute()
  for (const row of codes) if (known.has(row.userId)) await trx.insertInto('recoveryCodes').values(row).execute()
}

const carryRecoveryCode = async ({ trx, now, ids }: ScratchContext, value: string | null) => {
  if (value === null) return
  const then = await trx
    .selectFrom('settings')
    .select(['id', 'value', 'deletedAt', 'version'])
    .where('organizationId', 'is', null)
    .where('userId', 'is', null)
    .where('key', '=', recoveryKey)
    .executeTakeFirst()
  if (then === undefined) {
    const row = { id: ids.next(), organizationId: null, userId: null, createdAt: now, updatedAt: now, deletedAt: null }
    await trx
      .insertInto('settings')
      .values({ ...row, key: recoveryKey, value })
      .execute()
  } else if (then.value !== value || then.deletedAt !== null) {
    await trx
      .updateTable('settings')
      .set({ value, deletedAt: null, updatedAt: now, version: then.version + 1 })
      .where('id', '=', then.id)
      .execute()
  }
}

/** Lets the passwords, PINs, second factors and rights of now hold for everybody whom the restored data knows too. */
export const carryCredentials = async (context: ScratchContext, present: PresentState): Promise<void> => {
  const known = new Set<string>()
  const carry = async (users: readonly PresentUser[]) => {
    for (const user of users) if (await carryUser(context, user)) known.add(user.id)
  }
  const isIn = ({ status, deletedAt }: PresentUser) => status === 'active' && deletedAt === null
  // An owner of now first: only then can one of then go.
  await carry(present.users.filter(isIn))
  await carryRights(context, present.rights)
  await carry(present.users.filter((user) => !isIn(user)))
  if (known.size > 0) await carryFactors(context.trx, present, known)
  await carryRecoveryCode(context, present.recoveryCode)
}

/**
 * Ends what let somebody in on the day of a backup and would be alive again: sessions, invitations and resets, trusted
 * devices. Told in the chain of security events, with the event that it goes on from and the one that it had come to.
 */
export const endAccesses = async (
  { trx, now, deviceId }: ScratchContext,
  {
    by,
    backup,
    left,
  }: { readonly by: string | null; readonly backup: string; readonly left: PresentState['lastEvent'] },
): Promise<void> => {
  const sessions = await trx
    .updateTable('sessions')
    .set({ revokedAt: now })
    .where('revokedAt', 'is', null)
    .where('endedAt', 'is', null)
    .returning('id')
    .execute()
  const codes = await trx
    .updateTable('accessTokens')
    .set({ cancelledAt: now })
    .where('usedAt', 'is', null)
    .where('cancelledAt', 'is', null)
    .returning('id')
    .execute()
  const devices = await trx
    .updateTable('trustedDevices')
    .set({ revokedAt: now })
    .where('revokedAt', 'is', null)
    .returning('id')
    .execute()
  const person =
    by === null ? undefined : await trx.selectFrom('users').select('id').where('id', '=', by).executeTakeFirst()
  const from = await newestEvent(trx)
  const chain = {
    goesOnFrom: from?.seq ?? 0,
    goesOnHash: from?.hash ?? null,
    leftAt: left?.seq ?? null,
    leftHash: left?.hash ?? null,
  }
  const ended = { sessionsEnded: sessions.length, codesEnded: codes.length, devicesForgotten: devices.length }
  await recordSecurityEvent(trx, {
    at: now,
    organizationId: null,
    userId: person?.id ?? null,
    deviceId,
    kind: 'restored',
    data: { backup, ...ended, ...chain },
  })
}

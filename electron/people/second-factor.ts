import { createHash } from 'node:crypto'
import type { IdSource } from '../../shared/ids.ts'
import type { Db, Trx } from '../rpc/handles.ts'
import { checkTotp, hashRecoveryCode, newMailCode, newRecoveryCodes } from './one-time.ts'
import type { Seal } from './seal.ts'

type Made = { readonly ids: IdSource; readonly now: string }

export type SecondFactors = {
  /** An app of one-time codes. */
  readonly totp: boolean
  /** A code by mail. */
  readonly email: boolean
  readonly recoveryCodesLeft: number
}

/** What a person can prove themselves with besides the password; nothing where both are false. */
export const secondFactorsOf = async (db: Db | Trx, userId: string): Promise<SecondFactors> => {
  const methods = await db
    .selectFrom('mfaMethods')
    .select('kind')
    .where('userId', '=', userId)
    .where('confirmedAt', 'is not', null)
    .where('disabledAt', 'is', null)
    .execute()
  const codes = await db
    .selectFrom('recoveryCodes')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('userId', '=', userId)
    .where('usedAt', 'is', null)
    .where('replacedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return {
    totp: methods.some(({ kind }) => kind === 'totp'),
    email: methods.some(({ kind }) => kind === 'email'),
    recoveryCodesLeft: Number(codes.count),
  }
}

/** The secret of a person's app, opened outside of a transaction; null where there is none. */
export const totpSecretOf = async (
  db: Db | Trx,
  seal: Seal,
  userId: string,
): Promise<{ readonly methodId: string; readonly secret: string; readonly isConfirmed: boolean } | null> => {
  const row = await db
    .selectFrom('mfaMethods')
    .select(['id', 'sealedSecret', 'confirmedAt'])
    .where('userId', '=', userId)
    .where('kind', '=', 'totp')
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
  if (row?.sealedSecret === undefined || row.sealedSecret === null) return null
  const secret = await seal.open(`totp ${row.id}`, row.sealedSecret)
  return { methodId: row.id, secret, isConfirmed: row.confirmedAt !== null }
}

/** Takes a code of the app once; false for a wrong one and for one that was used before. */
export const takeTotp = async (
  trx: Trx,
  { methodId, secret }: { readonly methodId: string; readonly secret: string },
  code: string,
  now: string,
): Promise<boolean> => {
  const row = await trx
    .selectFrom('mfaMethods')
    .select('lastUsedStep')
    .where('id', '=', methodId)
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return false
  const step = checkTotp(secret, code, now, row.lastUsedStep)
  if (step === null) return false
  await trx.updateTable('mfaMethods').set({ lastUsedStep: step }).where('id', '=', methodId).execute()
  return true
}

/** Takes a recovery code once; false for one that is unknown, used or replaced. */
export const takeRecoveryCode = async (trx: Trx, userId: string, code: string, now: string): Promise<boolean> => {
  const rows = await trx
    .updateTable('recoveryCodes')
    .set({ usedAt: now })
    .where('userId', '=', userId)
    .where('codeHash', '=', hashRecoveryCode(userId, code))
    .where('usedAt', 'is', null)
    .where('replacedAt', 'is', null)
    .returning('id')
    .execute()
  return rows.length > 0
}

/** Ten new recovery codes in place of those that were; told once. */
export const replaceRecoveryCodes = async (trx: Trx, { ids, now }: Made, userId: string): Promise<string[]> => {
  await dropRecoveryCodes(trx, userId, now)
  const codes = newRecoveryCodes()
  await trx
    .insertInto('recoveryCodes')
    .values(codes.map((code) => ({ id: ids.next(), userId, codeHash: hashRecoveryCode(userId, code), createdAt: now })))
    .execute()
  return codes
}

/** Makes what is left of a person's recovery codes worthless. */
export const dropRecoveryCodes = async (trx: Trx, userId: string, now: string): Promise<void> => {
  await trx
    .updateTable('recoveryCodes')
    .set({ replacedAt: now })
    .where('userId', '=', userId)
    .where('usedAt', 'is', null)
    .where('replacedAt', 'is', null)
    .execute()
}

const mailCodeMinutes = 10
const hashMailCode = (userId: string, code: string) =>
  createHash('sha256')
    .update(`counterfoil mail code ${userId} ${code.replace(/\s/g, '')}`)
    .digest('hex')

/** A code to send by mail that is good once for ten minutes; an open one is cancelled. */
export const makeMailCode = async (trx: Trx, { ids, now }: Made, userId: string): Promise<string> => {
  const open = () => trx.updateTable('accessTokens').where('userId', '=', userId).where('purpose', '=', 'email-code')
  await open().set({ cancelledAt: now }).where('usedAt', 'is', null).where('cancelledAt', 'is', null).execute()
  // The hash of a code is kept no longer than the next one: six figures come again.
  const code = newMailCode()
  await open()
    .set((row) => ({ tokenHash: row.ref('id') }))
    .execute()
  const expiresAt = new Date(Date.parse(now) + mailCodeMinutes * 60_000).toISOString()
  await trx
    .insertInto('accessTokens')
    .values({
      id: ids.next(),
      userId,
      organizationId: null,
      purpose: 'email-code',
      tokenHash: hashMailCode(userId, code),
      createdById: null,
      createdAt: now,
      expiresAt,
    })
    .execute()
  return code
}

/** Takes a mailed code once; false for a wrong, used or old one. */
export const takeMailCode = async (trx: Trx, userId: string, code: string, now: string): Promise<boolean> => {
  const rows = await trx
    .updateTable('accessTokens')
    .set({ usedAt: now })
    .where('userId', '=', userId)
    .where('purpose', '=', 'email-code')
    .where('tokenHash', '=', hashMailCode(userId, code))
    .where('usedAt', 'is', null)
    .where('cancelledAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('createdAt', '<=', now)
    .returning('id')
    .execute()
  return rows.length > 0
}

const trustedDays = 30

/** Asks a person for no code on a device for 30 days. */
export const trustDevice = async (
  trx: Trx,
  { ids, now }: Made,
  { userId, deviceId }: { readonly userId: string; readonly deviceId: string },
): Promise<void> => {
  await distrustDevices(trx, userId, now, deviceId)
  const expiresAt = new Date(Date.parse(now) + trustedDays * 86_400_000).toISOString()
  await trx
    .insertInto('trustedDevices')
    .values({ id: ids.next(), userId, deviceId, tokenHash: null, createdAt: now, expiresAt })
    .execute()
}

/** Whether a person is asked for no code on a device. */
export const isTrusted = async (db: Db | Trx, userId: string, deviceId: string, now: string): Promise<boolean> => {
  const row = await db
    .selectFrom('trustedDevices')
    .select('id')
    .where('userId', '=', userId)
    .where('deviceId', '=', deviceId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('createdAt', '<=', now)
    .executeTakeFirst()
  return row !== undefined
}

/** Asks for a code again, on one device or on all. */
export const distrustDevices = async (trx: Trx, userId: string, now: string, deviceId?: string): Promise<void> => {
  let all = trx
    .updateTable('trustedDevices')
    .set({ revokedAt: now })
    .where('userId', '=', userId)
    .where('revokedAt', 'is', null)
  if (deviceId !== undefined) all = all.where('deviceId', '=', deviceId)
  await all.execute()
}

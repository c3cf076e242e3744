import { sql } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Db, Trx } from '../rpc/context.ts'
import { distrustDevices, dropRecoveryCodes } from './second-factor.ts'
import { recordSecurityEvent } from './security-events.ts'
import { revokeSessions } from './sessions-store.ts'
import { cancelTokens } from './tokens.ts'

/** AppError INVALID_STATE where others work here too: without a password anybody would be whoever has none. */
export const assertAlone = async (db: Db | Trx, userId: string): Promise<void> => {
  const other = await db
    .selectFrom('users')
    .select('name')
    .where('id', '<>', userId)
    .where('status', '=', 'active')
    .where('deletedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (other === undefined) return
  throw new AppError(
    'INVALID_STATE',
    `You do not work alone here: ${other.name} can sign in too. Without passwords nobody could tell you apart. Deactivate the others first.`,
  )
}

/** Takes the password of the one person here away, with everything that stands on it: PIN, codes, sessions. */
export const removePassword = async ({ trx, now, deviceId }: CommandContext, userId: string): Promise<void> => {
  await assertAlone(trx, userId)
  await trx
    .updateTable('users')
    .set((user) => ({
      passwordHash: null,
      pinHash: null,
      mustChangePassword: 0,
      updatedAt: now,
      version: sql<number>`${user.ref('version')} + 1`,
    }))
    .where('id', '=', userId)
    .execute()
  await trx
    .updateTable('mfaMethods')
    .set({ disabledAt: now, sealedSecret: null })
    .where('userId', '=', userId)
    .where('disabledAt', 'is', null)
    .execute()
  await dropRecoveryCodes(trx, userId, now)
  await distrustDevices(trx, userId, now)
  await revokeSessions(trx, userId, null, now)
  await cancelTokens(trx, userId, now)
  await recordSecurityEvent(trx, { at: now, organizationId: null, userId, deviceId, kind: 'password-removed' })
}

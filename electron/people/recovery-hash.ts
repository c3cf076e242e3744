import { createHash, timingSafeEqual } from 'node:crypto'
import { readRecoveryCode } from '../keys/recovery-code.ts'
import type { CommandContext, Db } from '../rpc/context.ts'
import { writeOrganizationSetting } from '../rpc/organization-setting.ts'

const key = 'access.recovery'

// 140 random bits: there is nothing to guess, so nothing to stretch.
const hashOf = (code: string) => createHash('sha256').update(`counterfoil recovery ${code}`).digest('hex')

/** Keeps what tells the right recovery code of data in the clear; the one before no longer counts. */
export const keepRecoveryCode = ({ trx, ids, now }: CommandContext, code: string): Promise<void> =>
  writeOrganizationSetting(trx, { organizationId: null, now, id: ids.next() }, key, hashOf(code))

/** Whether what was typed is the recovery code of this data. */
export const isRecoveryCode = async (db: Db, typed: string): Promise<boolean> => {
  const code = readRecoveryCode(typed)
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('organizationId', 'is', null)
    .where('userId', 'is', null)
    .where('key', '=', key)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  const kept: unknown = row === undefined ? null : JSON.parse(row.value)
  if (code === null || typeof kept !== 'string') return false
  const given = Buffer.from(hashOf(code))
  return given.length === kept.length && timingSafeEqual(given, Buffer.from(kept))
}

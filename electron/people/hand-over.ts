import { sql } from 'kysely'
import { notFound } from '../../shared/errors.ts'
import type { CommandContext } from '../rpc/context.ts'
import { noPersonKeys } from './person-keys.ts'
import { recordSecurityEvent } from './security-events.ts'
import { cancelTokens, makeToken, readToken } from './tokens.ts'

type Order = { readonly userId: string; readonly organizationId: string; readonly createdById: string | null }

/** Makes the code with which a person sets a password within a day: an invitation, or a reset for who has one already. */
export const makeHandOver = async (context: CommandContext, order: Order) => {
  const { trx, ids, now, deviceId, engines } = context
  const { userId, organizationId, createdById } = order
  const user = await trx
    .selectFrom('users')
    .select(['name', 'passwordHash'])
    .where('id', '=', userId)
    .executeTakeFirst()
  if (user === undefined) throw notFound('person', userId)
  const wasIn = await trx
    .selectFrom('accessTokens')
    .select('id')
    .where('userId', '=', userId)
    .where('usedAt', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  const purpose = user.passwordHash === null && wasIn === undefined ? 'invitation' : 'reset'
  if (user.passwordHash !== null) {
    // Should the old one still be known, it opens no more than the way to a new one.
    await trx
      .updateTable('users')
      .set((row) => ({ mustChangePassword: 1, updatedAt: now, version: sql<number>`${row.ref('version')} + 1` }))
      .where('id', '=', userId)
      .execute()
  }
  // One code at a time, whatever it was for.
  await cancelTokens(trx, userId, now, 'invitation')
  await cancelTokens(trx, userId, now, 'reset')
  const { token, expiresAt } = await makeToken(trx, { ids, now }, { ...order, purpose })
  await (engines.personKeys ?? noPersonKeys).putToken({ userId, name: user.name, token: readToken(token), expiresAt })
  await recordSecurityEvent(trx, {
    at: now,
    organizationId: organizationId || null,
    userId: createdById,
    deviceId,
    kind: purpose === 'invitation' ? 'invited' : 'reset-made',
    data: { person: userId },
  })
  return { token, expiresAt, purpose }
}

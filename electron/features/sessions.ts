import { notFound } from '../../shared/errors.ts'
import { getMember } from '../people/members.ts'
import { revokeSession, revokeSessions } from '../people/sessions-store.ts'
import type { Handlers, QueryContext } from '../rpc/context.ts'
import { note } from './users/note.ts'
import { shutOutable } from './users/shut-out.ts'

const liveSessionsOf = async ({ db, clock, sessionId }: QueryContext, userId: string) => {
  const rows = await db
    .selectFrom('sessions as s')
    .innerJoin('devices as d', 'd.id', 's.deviceId')
    .select(['s.id', 'd.name as deviceName', 's.client', 's.how', 's.createdAt', 's.lastUsedAt', 's.expiresAt'])
    .where('s.userId', '=', userId)
    .where('s.endedAt', 'is', null)
    .where('s.revokedAt', 'is', null)
    .where('s.expiresAt', '>', clock.now())
    .orderBy('s.lastUsedAt', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({ ...row, isCurrent: row.id === sessionId }))
}

/** Where people are signed in, and how to end it. */
export const sessions: Handlers<'sessions'> = {
  list: async (context) => (context.userId === null ? [] : await liveSessionsOf(context, context.userId)),

  revoke: async (context, { id }) => {
    const { trx, userId, now } = context
    if (userId === null || !(await revokeSession(trx, userId, id, now))) throw notFound('session', id)
    await note(context, 'session-revoked', { session: id })
    return { revoked: 1 }
  },

  revokeOthers: async (context) => {
    const { trx, userId, sessionId, now } = context
    const revoked = userId === null ? 0 : await revokeSessions(trx, userId, sessionId ?? null, now)
    await note(context, 'sessions-revoked', { count: revoked })
    return { revoked }
  },

  ofPerson: async (context, { id }) => {
    await getMember(context.db, context.organizationId, id)
    return await liveSessionsOf(context, id)
  },

  revokeOfPerson: async (context, { id }) => {
    const { trx, now } = context
    await shutOutable(context, id)
    const revoked = await revokeSessions(trx, id, null, now)
    await note(context, 'sessions-revoked', { person: id, count: revoked })
    return { revoked }
  },
}

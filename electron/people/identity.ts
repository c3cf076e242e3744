import { sql, type Updateable } from 'kysely'
import type { SessionTable } from '../../db/tables/sessions.ts'
import type { UserTable } from '../../db/tables/users.ts'
import { AppError } from '../../shared/errors.ts'
import type { Clock } from '../../shared/ids.ts'
import { judgePassword } from '../../shared/people/passwords.ts'
import { ownTexts } from '../features/users/change-user.ts'
import type { RunSystemCommand } from '../jobs/job.ts'
import type { CommandContext, Db, Trx } from '../rpc/context.ts'
import type { Sessions, SignedIn } from '../rpc/sessions.ts'
import {
  assertMayTry,
  beginWaitAnew,
  countFailure,
  type Factor,
  forgetFailures,
  freeTries,
  waitsByAnotherClock,
} from './attempts.ts'
import { leastCost } from './hash-cost.ts'
import { costNow, hashSecret, isWeaker, matchesNobody, matchesSecret } from './passwords.ts'
import type { Seal } from './seal.ts'
import {
  isTrusted,
  secondFactorsOf,
  takeMailCode,
  takeRecoveryCode,
  takeTotp,
  totpSecretOf,
  trustDevice,
} from './second-factor.ts'
import { recordSecurityEvent, type SecurityEventKind } from './security-events.ts'
import { beginSession, endSessions, findSession, markReauthenticated, mayUsePin } from './sessions-store.ts'

export type CodeMethod = 'totp' | 'email' | 'recovery-code'

export type SignInOutcome =
  | { readonly next: 'open'; readonly token: string }
  | { readonly next: 'code'; readonly methods: readonly CodeMethod[] }

type Proof = {
  readonly factor: 'password' | 'pin'
  readonly secret: string
  /** It has opened the encrypted data, which proves it: asking a second time would take as long again. */
  readonly isProved?: boolean
}

export type SignInRequest = {
  readonly userId: string
  /** What was said; null for whoever was let in by something else. */
  readonly proof: Proof | null
  readonly how: SessionTable['how']
  readonly code: string | null
  readonly trustDevice: boolean
  /** What the session runs in, in words. */
  readonly client: string
}

export type Chooser = {
  readonly id: string
  readonly name: string
  readonly color: string | null
  readonly pictureId: string | null
  readonly mayUsePin: boolean
}

/** Says who is at the screen: the one way to begin and to end a session. */
export type Identity = {
  readonly people: () => Promise<readonly Chooser[]>
  readonly person: (userId: string) => Promise<{ id: string; name: string; color: string | null } | null>
  /** AppError SIGN_IN_FAILED for a wrong secret or code, FORBIDDEN with the time left after too many. */
  readonly signIn: (request: SignInRequest) => Promise<SignInOutcome>
  /** Goes on with a session whose token this computer kept; false where it is over, or was left for too long. */
  readonly resume: (token: string, when: 'always' | 'within-idle') => Promise<boolean>
  /** Begins a session of somebody who was simply there until there was a password. */
  readonly adopt: (userId: string) => Promise<string>
  /** Makes the hash of a password that was just said anew, where it cost less than today's on this computer. */
  readonly strengthen: (userId: string, password: string) => Promise<void>
  /** AppError SIGN_IN_FAILED for a wrong password; afterwards the session counts as proved. */
  readonly reauthenticate: (password: string) => Promise<string>
  /** AppError SIGN_IN_FAILED where it is not the password of this person; counts wrong ones. */
  readonly assertPassword: (userId: string, password: string) => Promise<void>
  /** Ends the session, or only steps back from it, so that a PIN takes it up again. */
  readonly leave: (how: 'signed-out' | 'locked') => Promise<void>
  readonly note: (
    kind: SecurityEventKind,
    data?: Readonly<Record<string, string | number | boolean | null>>,
  ) => Promise<void>
}

export type IdentityParts = {
  readonly db: Db
  readonly sessions: Sessions
  readonly clock: Clock
  readonly runSystemCommand: RunSystemCommand
  readonly seal: Seal
  /** Whether encrypted data says that this is the person's password; null where it does not know the person. */
  readonly checkKey: (userId: string, password: string) => Promise<boolean | null>
  readonly sessionDays: (userId: string) => Promise<number>
  readonly idleMinutes: (userId: string) => Promise<number>
}

// A clock that was set back counts as no.
const isWithin = (minutes: number, from: string, to: string): boolean => {
  const passed = Date.parse(to) - Date.parse(from)
  return passed >= 0 && passed <= minutes * 60_000
}

const hashColumns = { password: 'passwordHash', pin: 'pinHash' } as const

/** The identity of whoever is at this workstation. */
export const createIdentity = (parts: IdentityParts): Identity => {
  const { db, sessions, clock, runSystemCommand, seal } = parts

  const run = <T>(name: string, work: (context: CommandContext) => Promise<T>) =>
    runSystemCommand({ name, organizationId: '', entities: ['sessions'] }, work)

  const record = (trx: Trx, now: string, userId: string | null, kind: SecurityEventKind, data = {}) =>
    recordSecurityEvent(trx, { at: now, organizationId: null, userId, deviceId: sessions.deviceId, kind, data })

  const isActive = async (userId: string): Promise<boolean> => {
    const active = db.selectFrom('users').select('id').where('status', '=', 'active').where('deletedAt', 'is', null)
    return (await active.where('id', '=', userId).executeTakeFirst()) !== undefined
  }

  const matches = async (userId: string, { factor, secret }: Proof): Promise<boolean> => {
    if (factor === 'password') {
      const known = await parts.checkKey(userId, secret)
      if (known !== null) return known && (await isActive(userId))
    }
    const row = await db
      .selectFrom('users')
      .select(['passwordHash', 'pinHash'])
      .where('id', '=', userId)
      .where('status', '=', 'active')
      .where('deletedAt', 'is', null)
      .executeTakeFirst()
    const hash = row?.[hashColumns[factor]] ?? null
    return hash === null ? await matchesNobody(secret) : await matchesSecret(secret, hash)
  }

  const fail = async (userId: string, factor: Factor): Promise<never> => {
    const standing = await run('access.failed', async ({ trx, ids, now }) => {
      const known = await trx.selectFrom('users').select('id').where('id', '=', userId).executeTakeFirst()
      if (known === undefined) return null
      const after = await countFailure(trx, { ids, now }, userId, factor)
      await record(trx, now, userId, factor === 'code' ? 'code-failed' : 'sign-in-failed', { factor })
      if (after.blockedUntil !== null) await record(trx, now, userId, 'blocked', { until: after.blockedUntil })
      return after
    })
    if (standing?.blockedUntil || standing?.pinSpent) await assertMayTry(db, userId, factor, clock.now())
    const left = freeTries - (standing?.failures ?? 0)
    const what = factor === 'pin' ? 'PIN' : factor === 'code' ? 'code' : 'password'
    const tries = left === 1 ? 'One more try, then it waits.' : `${left} more tries, then it waits.`
    const message =
      standing !== null && left > 0 && left < freeTries - 1
        ? `This ${what} is not right. ${tries}`
        : `This ${what} is not right.`
    throw new AppError('SIGN_IN_FAILED', message, { fields: { [factor]: message } })
  }

  const mayTry = async (userId: string, factor: Factor) => {
    if (await waitsByAnotherClock(db, userId, factor, clock.now()))
      await run('access.clock-set-back', ({ trx, now }) => beginWaitAnew(trx, userId, factor, now))
    await assertMayTry(db, userId, factor, clock.now())
  }

  const check = async (userId: string, proof: Proof) => {
    await mayTry(userId, proof.factor)
    if (proof.factor === 'pin' && !(await mayUsePin(db, userId, sessions.deviceId, clock.now()))) {
      throw new AppError('FORBIDDEN', 'The PIN works after signing in with the password here. Use your password.', {
        details: { usePassword: true },
      })
    }
    if (!(await matches(userId, proof))) await fail(userId, proof.factor)
  }

  // The code in the transaction that begins the session: it is used up by it and by nothing else.
  const takeCode = async (
    trx: Trx,
    userId: string,
    { code, totp, methods }: { readonly code: string; readonly totp: Totp; readonly methods: readonly CodeMethod[] },
    now: string,
  ): Promise<CodeMethod | null> => {
    if (totp !== null && (await takeTotp(trx, totp, code, now))) return 'totp'
    if (methods.includes('email') && (await takeMailCode(trx, userId, code, now))) return 'email'
    return (await takeRecoveryCode(trx, userId, code, now)) ? 'recovery-code' : null
  }

  const methodsOf = async ({ userId, how }: SignInRequest): Promise<readonly CodeMethod[]> => {
    // A PIN stands on a session that was begun with a code; the recovery code of the data stands above both.
    if (how === 'pin' || how === 'recovery') return []
    const { totp, email, recoveryCodesLeft } = await secondFactorsOf(db, userId)
    if ((!totp && !email) || (await isTrusted(db, userId, sessions.deviceId, clock.now()))) return []
    return [
      ...(totp ? (['totp'] as const) : []),
      ...(email ? (['email'] as const) : []),
      ...(recoveryCodesLeft > 0 ? (['recovery-code'] as const) : []),
    ]
  }

  const begin = async (request: SignInRequest, methods: readonly CodeMethod[]): Promise<string | null> => {
    const { userId, code, how, client } = request
    const days = await parts.sessionDays(userId)
    // A seal that is lost must not stand in the way of the recovery codes, which are for that.
    const totp = methods.includes('totp') ? await totpSecretOf(db, seal, userId).catch(() => null) : null
    const begun = await run('access.sign-in', async ({ trx, ids, now }) => {
      const method = methods.length === 0 ? null : await takeCode(trx, userId, { code: code ?? '', totp, methods }, now)
      if (methods.length > 0 && method === null) return null
      // Only what was shown to be right is forgotten: a PIN proves no password.
      await forgetFailures(trx, userId, how === 'pin' ? 'pin' : 'password')
      if (methods.length > 0) await forgetFailures(trx, userId, 'code')
      const session = await beginSession(trx, { ids, now }, { userId, deviceId: sessions.deviceId, how, client, days })
      if (request.trustDevice && method !== null) {
        await trustDevice(trx, { ids, now }, { userId, deviceId: sessions.deviceId })
        await record(trx, now, userId, 'device-trusted')
      }
      if (method === 'recovery-code') await record(trx, now, userId, 'recovery-code-used')
      await record(trx, now, userId, 'signed-in', { how, client })
      return { ...session, provedAt: how === 'pin' ? null : now }
    })
    if (begun === null) return null
    const { token, ...session } = begun
    await sessions.begin({ ...session, userId, how })
    return token
  }

  // What can be put right only while the password is at hand: a hash that cost less than today's is made anew, and a
  // password that would not be taken today has to be changed.
  const review = async (userId: string, password: string) => {
    const row = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst()
    const before = row?.passwordHash ?? null
    if (row === undefined || before === null) return
    const mustChangePassword =
      row.mustChangePassword === 1 || judgePassword(password, await ownTexts(db, row)).refusal !== null ? 1 : 0
    const passwordHash = isWeaker(before, leastCost) ? await hashSecret(password) : before
    if (passwordHash === before && mustChangePassword === row.mustChangePassword) return
    await rewrite(userId, before, { passwordHash, mustChangePassword })
  }

  const rewrite = (
    userId: string,
    before: string,
    values: Pick<Updateable<UserTable>, 'passwordHash' | 'mustChangePassword'>,
  ) =>
    run('access.strengthen', ({ trx, now }) =>
      trx
        .updateTable('users')
        .set((user) => ({ ...values, updatedAt: now, version: sql<number>`${user.ref('version')} + 1` }))
        .where('id', '=', userId)
        .where('passwordHash', '=', before)
        .execute(),
    )

  const strengthen = async (userId: string, password: string) => {
    const row = await db.selectFrom('users').select('passwordHash').where('id', '=', userId).executeTakeFirst()
    const before = row?.passwordHash ?? null
    if (before === null || !isWeaker(before, await costNow()) || !(await matchesSecret(password, before))) return
    await rewrite(userId, before, { passwordHash: await hashSecret(password) })
  }

  const leave = async (how: 'signed-out' | 'locked') => {
    const session = sessions.current()
    sessions.leave()
    if (session?.id === undefined || session.id === null) return
    const { userId } = session
    await run(how === 'locked' ? 'access.lock' : 'access.sign-out', async ({ trx, now }) => {
      // Every one of theirs on this computer: an earlier one would still be good for the PIN.
      if (how === 'signed-out' && userId !== null) await endSessions(trx, userId, sessions.deviceId, now)
      await record(trx, now, userId, how)
    })
  }

  return {
    people: async () => {
      const now = clock.now()
      const rows = await db
        .selectFrom('users')
        .select(['id', 'name', 'color', 'avatarAttachmentId as pictureId', 'pinHash'])
        .where('deletedAt', 'is', null)
        .where('status', '=', 'active')
        .where('passwordHash', 'is not', null)
        .orderBy('name')
        .execute()
      return await Promise.all(
        rows.map(async ({ pinHash, ...row }) => ({
          ...row,
          mayUsePin: pinHash !== null && (await mayUsePin(db, row.id, sessions.deviceId, now)),
        })),
      )
    },
    person: async (userId) =>
      (await db.selectFrom('users').select(['id', 'name', 'color']).where('id', '=', userId).executeTakeFirst()) ??
      null,
    signIn: async (request) => {
      const { userId, proof } = request
      if (proof !== null && proof.isProved !== true) await check(userId, proof)
      // A key that was left to somebody who is out proves who they are, and lets nobody in.
      if (proof?.isProved === true && !(await isActive(userId))) await fail(userId, proof.factor)
      if (request.proof?.factor === 'password') await review(request.userId, request.proof.secret)
      const methods = await methodsOf(request)
      if (methods.length > 0 && !request.code) return { next: 'code', methods }
      if (methods.length > 0) await mayTry(request.userId, 'code')
      const token = await begin(request, methods)
      return token === null ? await fail(request.userId, 'code') : { next: 'open', token }
    },
    resume: async (token, when) => {
      const now = clock.now()
      const found = await findSession(db, token, now)
      if (found === undefined || found.deviceId !== sessions.deviceId) return false
      if (when === 'within-idle' && !isWithin(await parts.idleMinutes(found.userId), found.lastUsedAt, now))
        return false
      const session: SignedIn = {
        id: found.id,
        userId: found.userId,
        how: found.how,
        expiresAt: found.expiresAt,
        provedAt: found.reauthenticatedAt,
      }
      await sessions.begin(session)
      return true
    },
    adopt: async (userId) => {
      const begun = await run('access.first-password', async ({ trx, ids, now }) => {
        const days = await parts.sessionDays(userId)
        const session = await beginSession(
          trx,
          { ids, now },
          { userId, deviceId: sessions.deviceId, how: 'open', client: '', days },
        )
        await markReauthenticated(trx, session.id, now)
        await record(trx, now, userId, 'signed-in', { how: 'open' })
        return { ...session, provedAt: now }
      })
      const { token, ...session } = begun
      await sessions.begin({ ...session, userId, how: 'open' })
      return token
    },
    reauthenticate: async (password) => {
      const session = sessions.current()
      if (session === null || session.userId === null) throw new AppError('LOCKED', 'Sign in first.')
      const { id, userId } = session
      await check(userId, { factor: 'password', secret: password })
      return await run('access.reauthenticate', async ({ trx, now }) => {
        await forgetFailures(trx, userId, 'password')
        if (id !== null) await markReauthenticated(trx, id, now)
        await record(trx, now, userId, 'reauthenticated')
        sessions.proved(now)
        return now
      })
    },
    assertPassword: (userId, password) => check(userId, { factor: 'password', secret: password }),
    strengthen,
    leave,
    note: (kind, data) =>
      run('access.note', ({ trx, now }) => record(trx, now, sessions.current()?.userId ?? null, kind, data)),
  }
}

type Totp = Awaited<ReturnType<typeof totpSecretOf>>

import { AppError } from '../../shared/errors.ts'
import type { Core } from '../core.ts'
import type { OpenedBy } from '../keys/known-slots.ts'
import { isOtherKeyFile } from '../keys/other-data.ts'
import type { SignInOutcome } from '../people/identity.ts'
import { assertMayTryInvitation, countWrongInvitation } from '../people/invitation-tries.ts'
import { assertPassword, hashSecret, matchesSecret } from '../people/passwords.ts'
import { isRecoveryCode } from '../people/recovery-hash.ts'
import { distrustDevices, secondFactorsOf } from '../people/second-factor.ts'
import { recordSecurityEvent } from '../people/security-events.ts'
import { revokeSessions } from '../people/sessions-store.ts'
import { cancelTokens, findToken, nameOfToken, readToken, takeToken } from '../people/tokens.ts'
import type { CommandContext } from '../rpc/context.ts'
import { systemClock } from '../rpc/time-and-ids.ts'
import type { Tries } from './cold-attempts.ts'
import type { GateHandlers } from './gate-calls.ts'
import { activePeople, keepOpeners } from './openers.ts'
import { recordReplaced, refuseReplaced, replacedBy } from './replaced-keys.ts'
import type { GateWork } from './work.ts'

const refused = (field: string, message: string) =>
  new AppError('SIGN_IN_FAILED', message, { fields: { [field]: message } })

// Locked, nobody can tell which of them it is.
const opensNoData =
  'This code does not open the data. It is over, not typed as it was handed to you, or was made before the data was encrypted. Check it, or ask for a new one: somebody who can sign in makes it under Settings, People.'

/** Signing in: with a password, a PIN, an invitation or the recovery code; opens encrypted data where that does. */
export const createSignIn = (
  work: GateWork,
): Pick<GateHandlers['access'], 'signIn' | 'signInWithPin' | 'sendEmailCode' | 'acceptToken' | 'recover'> => {
  const { door, vault, attempts, options } = work
  const { client, clock = systemClock } = options
  // Whoever came in first does not wait for what a lock cut off.
  let isSweepDue = false

  // Whoever was put out while the key file could not be written: the key that is left to them is taken now. Where it is the
  // last one it stays, or the data would open for nobody.
  const isOut = async (core: Core, userId: string): Promise<boolean> => {
    const active = await activePeople(core)
    if (active.includes(userId)) return false
    return await keepOpeners(vault, active).catch((error: unknown) => {
      options.log.error({ error }, 'the key of somebody who is out could not be taken')
      return true
    })
  }

  const refuseTry = async (who: Tries, wrong: AppError): Promise<never> => {
    await attempts.countFailure(who)
    await attempts.assertMayTry(who)
    throw wrong
  }

  // From now on the door says what is wrong with the key file, and shows the ways that are left.
  const tellOtherKeys = async (error: unknown): Promise<never> => {
    if (isOtherKeyFile(error)) {
      const lost = await vault.lost().catch((problem: unknown) => (isOtherKeyFile(problem) ? 'for good' : null))
      if (lost === 'for good') door.fail(error)
      else door.set({ problem: lost && { code: lost.code, message: lost.message } })
    }
    throw error
  }

  // What to say to whoever came with a password or a recovery code that was replaced; null where it is the one of now.
  const toldReplaced = async (core: Core, opened: OpenedBy, secret: string): Promise<AppError | null> => {
    const newer = await replacedBy(core, opened, secret)
    if (newer === null) return null
    await recordReplaced(core, opened)
    return await refuseReplaced(core, { vault, directory: options.directory }, opened, newer)
  }

  // Tries to open what is closed with a key that `tryKey` may give. The wrong ones are counted beside the data.
  const unlock = async (
    who: Tries,
    secret: string,
    tryKey: () => Promise<OpenedBy | null>,
    wrong: AppError,
  ): Promise<OpenedBy | null> => {
    if (work.isOpen()) return null
    if (work.door.standing().phase !== 'locked')
      throw new AppError('LOCKED', 'The data is not ready yet. Try again in a moment.')
    await attempts.assertMayTry(who)
    const opened = await tryKey().catch(tellOtherKeys)
    if (opened === null) return await refuseTry(who, wrong)
    const core = await work.openCore()
    const { userId } = opened
    if (userId !== null && (await isOut(core, userId))) {
      await work.lock(door.standing().reason ?? 'start')
      return await refuseTry(who, wrong)
    }
    // That it opens the data is no proof: the key file may be of an earlier day.
    const told = await toldReplaced(core, opened, secret)
    if (told !== null) {
      await work.lock(door.standing().reason ?? 'start')
      return await refuseTry(who, told)
    }
    const before = await attempts.forget(who)
    isSweepDue = true
    // Nobody is signed in yet: whoever walks off now leaves the data open for no longer than an idle screen.
    await work.touch()
    if (before > 0) await core.identity.note('sign-in-failed', { before, factor: 'password' })
    return opened
  }

  const finish = async (outcome: SignInOutcome, staySignedIn: boolean, userId: string) => {
    if (outcome.next === 'code') return { next: 'code' as const, methods: [...outcome.methods] }
    const encrypted = work.isEncrypted()
    // Without a keychain nobody stays: no reason to keep somebody out whose password is right.
    const stays = staySignedIn && (!encrypted || options.keychain.warning === null)
    if (encrypted && stays) await vault.staySignedIn(userId)
    await work.keepToken(outcome.token, stays ? 'over' : encrypted ? 'closed' : 'idle')
    await work.touch()
    work.door.set({ reason: null })
    if (isSweepDue) work.sweep()
    isSweepDue = false
    return { next: 'open' as const, methods: [] }
  }

  // Whoever got a password while the data was open cannot open it alone yet.
  const giveKey = async (userId: string, password: string) => {
    if (!work.isEncrypted() || (await vault.people()).some((person) => person.userId === userId)) return
    const person = await work.core().identity.person(userId)
    if (person !== null) await vault.putPassword({ userId, name: person.name, password })
  }

  const hashOf = async (userId: string): Promise<string | null> => {
    const row = await work
      .core()
      .read((db) => db.selectFrom('users').select('passwordHash').where('id', '=', userId).executeTakeFirst())
    return row?.passwordHash ?? null
  }

  // A change of the password that was cut off leaves two that open the data: what is written in it holds.
  const settleKeys = async (userId: string, password: string) => {
    if (!work.isEncrypted() || !(await vault.unsettled()).includes(userId)) return
    const hash = await hashOf(userId)
    if (hash !== null && (await matchesSecret(password, hash))) await vault.keepPassword(userId, password)
  }

  const setPassword = async (
    userId: string,
    password: string,
    kind: 'reset-used' | 'invitation-used' | 'recovery-key-used',
    // What lets them in is used up by the transaction that writes the password, and by nothing else.
    take: (context: CommandContext) => Promise<void> = () => Promise.resolve(),
  ) => {
    const { identity, sessions } = work.core()
    const person = await identity.person(userId)
    if (person === null) throw new AppError('NOT_FOUND', 'This person is no longer here.')
    assertPassword(password, [person.name])
    const hash = await hashSecret(password)
    if (work.isEncrypted()) await vault.putPassword({ userId, name: person.name, password })
    const write = work.core().runCommand({ name: 'access.set-password', entities: ['users'] }, async (context) => {
      await take(context)
      const { trx, now } = context
      const { version } = await trx
        .selectFrom('users')
        .select('version')
        .where('id', '=', userId)
        .executeTakeFirstOrThrow()
      await trx
        .updateTable('users')
        .set({ passwordHash: hash, pinHash: null, mustChangePassword: 0, updatedAt: now, version: version + 1 })
        .where('id', '=', userId)
        .execute()
      // Whoever had the old password is out everywhere.
      await revokeSessions(trx, userId, null, now)
      await cancelTokens(trx, userId, now)
      await distrustDevices(trx, userId, now)
      await recordSecurityEvent(trx, { at: now, organizationId: null, userId, deviceId: sessions.deviceId, kind })
    })
    await write.finally(async () => {
      if (!work.isEncrypted()) return
      await vault.settlePassword(userId, (await hashOf(userId)) === hash ? 'newest' : 'earlier')
      await work.noteKeys()
    })
    await sessions.refresh()
  }

  // Wrong ones in the wait write nothing: whoever types them need not be anybody.
  const failInvitation = async (wrong: AppError): Promise<never> => {
    const core = work.core()
    const { deviceId } = core.sessions
    const assertMayTry = () => core.read((db) => assertMayTryInvitation(db, deviceId, clock.now()))
    await assertMayTry()
    await core.runCommand({ name: 'access.failed', entities: ['sessions'] }, ({ trx, now }) =>
      countWrongInvitation(trx, deviceId, now),
    )
    await assertMayTry()
    throw wrong
  }

  const owners = () =>
    work
      .core()
      .read(async (db) =>
        db
          .selectFrom('users as u')
          .innerJoin('memberships as m', 'm.userId', 'u.id')
          .select(['u.id', 'u.name'])
          .distinct()
          .where('m.role', '=', 'owner')
          .where('m.deletedAt', 'is', null)
          .where('u.deletedAt', 'is', null)
          .where('u.status', '=', 'active')
          .orderBy('u.name')
          .execute(),
      )

  return {
    signIn: async ({ userId, password, code, trustDevice, staySignedIn }) => {
      const wrong = refused('password', 'This password is not right.')
      const opened = await unlock({ userId }, password, () => vault.openWithPassword(userId, password), wrong)
      const outcome = await work.core().identity.signIn({
        userId,
        proof: { factor: 'password', secret: password, isProved: opened !== null },
        how: 'password',
        code,
        trustDevice,
        client,
      })
      await giveKey(userId, password)
      await settleKeys(userId, password)
      work.strengthen(userId, password)
      return await finish(outcome, staySignedIn, userId)
    },

    signInWithPin: async ({ userId, pin }) => {
      const outcome = await work.core().identity.signIn({
        userId,
        proof: { factor: 'pin', secret: pin },
        how: 'pin',
        code: null,
        trustDevice: false,
        client,
      })
      return await finish(outcome, false, userId)
    },

    sendEmailCode: async ({ userId, password }) => {
      const core = work.core()
      await core.identity.assertPassword(userId, password)
      const { email } = await core.read((db) => secondFactorsOf(db, userId))
      if (!email) throw new AppError('INVALID_STATE', 'Codes by mail are not turned on for this person.')
      await core.codeMailer.send(userId)
      return { sent: true }
    },

    acceptToken: async ({ token, password }) => {
      assertPassword(password, [])
      const wrong = refused('token', 'This code is not valid any more. Ask for a new one.')
      const opensNothing = refused('token', opensNoData)
      await unlock('invitation', token, () => vault.openWithToken(readToken(token)), opensNothing)
      const core = work.core()
      const name = await core.read((db) => nameOfToken(db, token))
      if (name === null) return await failInvitation(wrong)
      // A password that is refused must not have used the code up.
      assertPassword(password, [name])
      const found = await core.read((db) => findToken(db, token, clock.now()))
      if (found === null) return await failInvitation(wrong)
      const { userId, purpose } = found
      await setPassword(
        userId,
        password,
        purpose === 'reset' ? 'reset-used' : 'invitation-used',
        async ({ trx, now }) => {
          if ((await takeToken(trx, token, now)) === null) throw wrong
        },
      )
      const outcome = await core.identity.signIn({
        userId,
        proof: null,
        how: 'token',
        code: null,
        trustDevice: false,
        client,
      })
      return await finish(outcome, false, userId)
    },

    recover: async ({ recoveryCode, userId, password }) => {
      assertPassword(password, [])
      const wrong = refused('recoveryCode', 'This is not the recovery code of this data. Check each group.')
      // Before any code is looked at, whether the data is open or not: a right one in the wait says nothing either.
      await attempts.assertMayTry('recovery')
      await unlock('recovery', recoveryCode, () => vault.openWithRecoveryCode(recoveryCode), wrong)
      // Open already, it is asked again: that the data is open is no proof of who is there.
      if (work.isEncrypted()) {
        const opened = await vault.openWithRecoveryCode(recoveryCode)
        if (opened === null) return await refuseTry('recovery', wrong)
        const told = await toldReplaced(work.core(), opened, recoveryCode)
        if (told !== null) return await refuseTry('recovery', told)
      } else if (!(await work.core().read((db) => isRecoveryCode(db, recoveryCode)))) {
        return await refuseTry('recovery', wrong)
      }
      await attempts.forget('recovery')
      const all = await owners()
      const chosen = all.find(({ id }) => id === userId) ?? (all.length === 1 ? all[0] : undefined)
      if (chosen === undefined) return { next: 'choose-person', owners: all }
      await setPassword(chosen.id, password, 'recovery-key-used')
      const outcome = await work.core().identity.signIn({
        userId: chosen.id,
        proof: null,
        how: 'recovery',
        code: null,
        trustDevice: false,
        client,
      })
      await finish(outcome, false, chosen.id)
      return { next: 'open', owners: [] }
    },
  }
}

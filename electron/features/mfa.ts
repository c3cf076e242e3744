import { AppError } from '../../shared/errors.ts'
import { newTotpSecret, totpAddress } from '../people/one-time.ts'
import { createSeal } from '../people/seal.ts'
import {
  distrustDevices,
  replaceRecoveryCodes,
  secondFactorsOf,
  takeMailCode,
  takeTotp,
  totpSecretOf,
} from '../people/second-factor.ts'
import { type Db, type Handlers, type Trx, withPreparation } from '../rpc/context.ts'
import { getUser } from './users/change-user.ts'
import { turnOffMethods } from './users/manage.ts'
import { note } from './users/note.ts'

const assertOn = async (db: Db | Trx, userId: string) => {
  const { totp, email } = await secondFactorsOf(db, userId)
  if (!totp && !email) throw new AppError('INVALID_STATE', 'One-time codes are not turned on.')
}

/** One’s own one-time codes. */
export const mfa: Handlers<'mfa'> = {
  beginTotp: withPreparation({
    prepare: async ({ db, userId, engines, ids }) => {
      const user = await getUser(db, userId)
      if (user.passwordHash === null) throw new AppError('INVALID_STATE', 'Set a password first: codes come after it.')
      if ((await secondFactorsOf(db, user.id)).totp) {
        throw new AppError('INVALID_STATE', 'An app is set up already. Turn it off to set up another one.')
      }
      const secret = newTotpSecret()
      const id = ids.next()
      return { id, user, secret, sealedSecret: await createSeal(engines.secrets).seal(`totp ${id}`, secret) }
    },
    run: async ({ trx, now }, _input, { id, user, secret, sealedSecret }) => {
      // One that was begun and never confirmed gives way.
      await trx
        .updateTable('mfaMethods')
        .set({ disabledAt: now, sealedSecret: null })
        .where('userId', '=', user.id)
        .where('kind', '=', 'totp')
        .where('disabledAt', 'is', null)
        .execute()
      await trx
        .insertInto('mfaMethods')
        .values({ id, userId: user.id, kind: 'totp', sealedSecret, createdAt: now })
        .execute()
      return { secret, address: totpAddress(secret, user.email ?? user.name) }
    },
  }),

  confirmTotp: withPreparation({
    prepare: async ({ db, userId, engines }) => {
      const user = await getUser(db, userId)
      const totp = await totpSecretOf(db, createSeal(engines.secrets), user.id)
      if (totp === null) throw new AppError('INVALID_STATE', 'Begin by showing the code to your app.')
      if (totp.isConfirmed) throw new AppError('INVALID_STATE', 'The app is set up already.')
      return { userId: user.id, totp }
    },
    run: async (context, { code }, { userId, totp }) => {
      const { trx, ids, now } = context
      if (!(await takeTotp(trx, totp, code, now))) {
        const message = 'This is not the code that the app shows now. Check that the clocks agree.'
        throw new AppError('VALIDATION', message, { fields: { code: message } })
      }
      await trx.updateTable('mfaMethods').set({ confirmedAt: now }).where('id', '=', totp.methodId).execute()
      await note(context, 'totp-on')
      return { recoveryCodes: await replaceRecoveryCodes(trx, { ids, now }, userId) }
    },
  }),

  beginEmail: withPreparation({
    prepare: async ({ db, userId, engines, ids }) => {
      const user = await getUser(db, userId)
      if (user.passwordHash === null) throw new AppError('INVALID_STATE', 'Set a password first: codes come after it.')
      if ((await secondFactorsOf(db, user.id)).email) {
        throw new AppError('INVALID_STATE', 'Codes by mail are on already.')
      }
      await engines.codeMailer.send(user.id)
      return { id: ids.next(), user }
    },
    run: async ({ trx, now }, _input, { id, user }) => {
      await trx
        .updateTable('mfaMethods')
        .set({ disabledAt: now })
        .where('userId', '=', user.id)
        .where('kind', '=', 'email')
        .where('disabledAt', 'is', null)
        .execute()
      await trx
        .insertInto('mfaMethods')
        .values({ id, userId: user.id, kind: 'email', sealedSecret: null, createdAt: now })
        .execute()
      return { address: user.email ?? '' }
    },
  }),

  confirmEmail: async (context, { code }) => {
    const { trx, ids, now } = context
    const { id: userId } = await getUser(trx, context.userId)
    const method = await trx
      .selectFrom('mfaMethods')
      .select('id')
      .where('userId', '=', userId)
      .where('kind', '=', 'email')
      .where('disabledAt', 'is', null)
      .where('confirmedAt', 'is', null)
      .executeTakeFirst()
    if (method === undefined) throw new AppError('INVALID_STATE', 'Begin by having a code sent to you.')
    if (!(await takeMailCode(trx, userId, code, now))) {
      const message = 'This is not the code that was mailed last. It is good for ten minutes.'
      throw new AppError('VALIDATION', message, { fields: { code: message } })
    }
    await trx.updateTable('mfaMethods').set({ confirmedAt: now }).where('id', '=', method.id).execute()
    await note(context, 'email-code-on')
    return { recoveryCodes: await replaceRecoveryCodes(trx, { ids, now }, userId) }
  },

  turnOff: async (context) => {
    const { id } = await getUser(context.trx, context.userId)
    await turnOffMethods(context, id)
    await note(context, 'mfa-off', { person: id })
    return { done: true }
  },

  newRecoveryCodes: async (context) => {
    const { id } = await getUser(context.trx, context.userId)
    await assertOn(context.trx, id)
    await note(context, 'recovery-codes-made')
    return { recoveryCodes: await replaceRecoveryCodes(context.trx, context, id) }
  },

  distrustDevices: async (context) => {
    const { id } = await getUser(context.trx, context.userId)
    await distrustDevices(context.trx, id, context.now)
    await note(context, 'device-distrusted')
    return { done: true }
  },
}

import { AppError } from '../../shared/errors.ts'
import type { Clock, IdSource } from '../../shared/ids.ts'
import type { CodeMailer } from '../engines.ts'
import { findAccount, passwordOf, smtpAccountOf } from '../features/mail/account.ts'
import type { RunSystemCommand } from '../jobs/job.ts'
import type { MailOptions } from '../mail/account.ts'
import { MailError } from '../mail/mail-error.ts'
import type { SecretStore } from '../mail/secrets.ts'
import type { Db } from '../rpc/context.ts'
import { makeMailCode } from './second-factor.ts'

type Parts = {
  readonly db: Db
  readonly runSystemCommand: RunSystemCommand
  readonly secrets: SecretStore
  readonly clock: Clock
  readonly ids: IdSource
  readonly mailOptions?: MailOptions
}

const pauseSeconds = 30

const textOf = (name: string, code: string) => `Hello ${name},

your code for Counterfoil is ${code}

It is good for ten minutes and once. Nobody will ever ask you for it. If you are not signing in just now, somebody else
has your password: change it.
`

/** Sends codes through a mail account of one of the person's businesses. */
export const createCodeMailer = ({ db, runSystemCommand, secrets, clock, ids, mailOptions }: Parts): CodeMailer => {
  const accountFor = async (userId: string) => {
    const memberships = await db
      .selectFrom('memberships')
      .select('organizationId')
      .where('userId', '=', userId)
      .where('deletedAt', 'is', null)
      .orderBy('createdAt')
      .execute()
    for (const { organizationId } of memberships) {
      const account = await findAccount(db, organizationId)
      if (account !== undefined) return account
    }
    throw new AppError('INVALID_STATE', 'No mail account is set up, so no code can be sent. Use a recovery code.')
  }

  const assertPause = async (userId: string) => {
    const last = await db
      .selectFrom('accessTokens')
      .select('createdAt')
      .where('userId', '=', userId)
      .where('purpose', '=', 'email-code')
      .orderBy('createdAt', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (last === undefined) return
    const seconds = (Date.parse(clock.now()) - Date.parse(last.createdAt)) / 1000
    if (seconds < 0 || seconds >= pauseSeconds) return
    const wait = Math.ceil(pauseSeconds - seconds)
    throw new AppError('INVALID_STATE', `A code was sent just now. Look for it, or wait ${wait} seconds for another.`)
  }

  return {
    send: async (userId) => {
      const user = await db.selectFrom('users').select(['name', 'email']).where('id', '=', userId).executeTakeFirst()
      if (user === undefined || user.email === null) {
        throw new AppError('INVALID_STATE', 'There is no mail address to send a code to. Use a recovery code.')
      }
      const account = await accountFor(userId)
      await assertPause(userId)
      const password = account.userName === null ? null : await passwordOf(secrets, account.organizationId)
      const code = await runSystemCommand(
        { name: 'access.mail-code', organizationId: '', entities: [] },
        async ({ trx, ids: made, now }) => await makeMailCode(trx, { ids: made, now }, userId),
      )
      const { sendMail } = await import('../mail/smtp.ts')
      const { fromAddress, fromName } = account
      const message = {
        from: { address: fromAddress, name: fromName },
        to: [{ address: user.email, name: user.name }],
        subject: 'Your code for Counterfoil',
        text: textOf(user.name, code),
        messageId: `<${ids.next()}@${fromAddress.split('@')[1] ?? 'localhost'}>`,
        date: new Date(clock.now()),
      }
      try {
        await sendMail(smtpAccountOf(account), password, message, mailOptions)
      } catch (error) {
        if (error instanceof MailError) throw new AppError('MAIL_FAILED', error.message)
        throw error
      }
    },
  }
}

import { AppError } from '../../shared/errors.ts'
import type { Clock, IdSource } from '../../shared/ids.ts'
import type { CodeMailer, TokenOrder } from '../engines.ts'
import { findAccount, type MailAccount, passwordOf, smtpAccountOf } from '../features/mail/account.ts'
import type { RunSystemCommand } from '../jobs/job.ts'
import type { MailOptions } from '../mail/account.ts'
import { MailError } from '../mail/mail-error.ts'
import type { SecretStore } from '../mail/secrets.ts'
import type { Db } from '../rpc/context.ts'
import { makeHandOver } from './hand-over.ts'
import { makeMailCode } from './second-factor.ts'
import { codeText, invitationText, resetText } from './slip-texts.ts'

export type CodeMailerParts = {
  readonly db: Db
  readonly runSystemCommand: RunSystemCommand
  readonly secrets: SecretStore
  readonly clock: Clock
  readonly ids: IdSource
  readonly mailOptions?: MailOptions
}

type Addressee = { readonly name: string; readonly email: string }
type Letter = { readonly subject: string; readonly text: string }

const pauseSeconds = 30

const createPost = ({ secrets, clock, ids, mailOptions }: CodeMailerParts) => {
  const passwordFor = (account: MailAccount) =>
    account.userName === null ? Promise.resolve(null) : passwordOf(secrets, account.organizationId)

  /** Looks for the password before anything is made that it would be missing for. */
  return async (account: MailAccount, to: Addressee, write: () => Promise<Letter>): Promise<void> => {
    const password = await passwordFor(account)
    const letter = await write()
    const { sendMail } = await import('../mail/smtp.ts')
    const { fromAddress, fromName } = account
    const message = {
      ...letter,
      from: { address: fromAddress, name: fromName },
      to: [{ address: to.email, name: to.name }],
      messageId: `<${ids.next()}@${fromAddress.split('@')[1] ?? 'localhost'}>`,
      date: new Date(clock.now()),
    }
    try {
      await sendMail(smtpAccountOf(account), password, message, mailOptions)
    } catch (error) {
      if (error instanceof MailError) throw new AppError('MAIL_FAILED', error.message)
      throw error
    }
  }
}

const addresseeOf = async (db: Db, userId: string, missing: string): Promise<Addressee> => {
  const user = await db.selectFrom('users').select(['name', 'email']).where('id', '=', userId).executeTakeFirst()
  if (user === undefined || user.email === null) throw new AppError('INVALID_STATE', missing)
  return { name: user.name, email: user.email }
}

/** Sends codes through a mail account of one of the person's businesses. */
export const createCodeMailer = (parts: CodeMailerParts): CodeMailer => {
  const { db, runSystemCommand, clock } = parts
  const post = createPost(parts)

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
    throw new AppError('INVALID_STATE', `A code was sent just now. Look for it, or wait ${wait} seconds for another.`, {
      details: { codeSent: true },
    })
  }

  const send = async (userId: string) => {
    const to = await addresseeOf(db, userId, 'There is no mail address to send a code to. Use a recovery code.')
    const account = await accountFor(userId)
    await assertPause(userId)
    await post(account, to, async () => {
      const code = await runSystemCommand(
        { name: 'access.mail-code', organizationId: '', entities: [] },
        async ({ trx, ids, now }) => await makeMailCode(trx, { ids, now }, userId),
      )
      return codeText(to.name, code)
    })
  }

  const sendToken = async (order: TokenOrder) => {
    const { userId, organizationId } = order
    const to = await addresseeOf(
      db,
      userId,
      'There is no mail address of this person. Enter it, or hand the code over.',
    )
    const account = await findAccount(db, organizationId)
    if (account === undefined) {
      throw new AppError('INVALID_STATE', 'This business has no mail account. Hand the code over, or set one up.')
    }
    let expiresAt = ''
    await post(account, to, async () => {
      const command = { name: 'access.hand-over', organizationId, entities: ['users'] as const }
      const made = await runSystemCommand(command, (context) => makeHandOver(context, order))
      expiresAt = made.expiresAt
      const facts = { name: to.name, business: account.fromName, token: made.token }
      return made.purpose === 'invitation' ? invitationText(facts) : resetText(facts)
    })
    return { sentTo: to.email, expiresAt }
  }

  return { send, sendToken }
}

import type { Selectable } from 'kysely'
import type { MailAccountTable } from '../../../db/tables/mail-accounts.ts'
import { AppError } from '../../../shared/errors.ts'
import { checkAccount, type SmtpAccount } from '../../mail/account.ts'
import { hostToAscii } from '../../mail/address.ts'
import { MailError } from '../../mail/mail-error.ts'
import { SecretError, type SecretStore } from '../../mail/secrets.ts'
import { type Db, type Handlers, type QueryContext, type Trx, withPreparation } from '../../rpc/context.ts'
import { deleteRow, updateRow } from '../../rpc/rows.ts'

export type MailAccount = Selectable<MailAccountTable>

type Settings = Pick<MailAccount, 'host' | 'port' | 'security' | 'userName'>

/** Where the password of an organization's mail account is kept. */
export const mailSecret = (organizationId: string): string => `smtp:${organizationId}`

/** The organization's mail account, or undefined where none is set up. */
export const findAccount = (db: Db | Trx, organizationId: string): Promise<MailAccount | undefined> =>
  db
    .selectFrom('mailAccounts')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()

/** The settings as the mail engine takes them. */
export const smtpAccountOf = ({ host, port, security, userName }: Settings): SmtpAccount => ({
  host,
  port,
  security,
  user: userName,
})

const secretFailure = (error: unknown) =>
  error instanceof SecretError ? new AppError('STORAGE_UNAVAILABLE', error.message) : error

/** The kept password of the organization's account, or null; AppError STORAGE_UNAVAILABLE if the store is broken. */
export const passwordOf = async (secrets: SecretStore, organizationId: string): Promise<string | null> => {
  try {
    return await secrets.get(mailSecret(organizationId))
  } catch (error) {
    throw secretFailure(error)
  }
}

// The kept password goes only to the server and user that it was entered for: to anybody else it would be given away.
const passwordFor = async (
  { engines, organizationId }: QueryContext,
  saved: MailAccount | undefined,
  settings: Settings,
  entered: string | null,
): Promise<string | null> => {
  if (settings.userName === null) return null
  if (entered !== null && entered !== '') return entered
  const same = saved !== undefined && saved.host === settings.host && saved.userName === settings.userName
  return same ? await passwordOf(engines.secrets, organizationId) : null
}

const missingPassword = (settings: Settings, saved: MailAccount | undefined) =>
  saved?.userName == null || (saved.host === settings.host && saved.userName === settings.userName)
    ? `Enter the password for ${settings.userName ?? ''}.`
    : `The kept password was for ${saved.userName} at ${saved.host}. Enter the one for ${settings.userName ?? ''} at ${settings.host}.`

const checkSettings = (settings: Settings, password: string | null, saved: MailAccount | undefined) => {
  try {
    checkAccount(smtpAccountOf(settings), password)
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    const field =
      error.code === 'auth-required'
        ? 'password'
        : error.code === 'tls-unavailable'
          ? 'security'
          : hostToAscii(settings.host) === null
            ? 'host'
            : 'userName'
    const text = field === 'password' ? missingPassword(settings, saved) : error.message
    throw new AppError('VALIDATION', text, { fields: { [field]: text } })
  }
}

const assertSeen = (saved: MailAccount | undefined, version: number | null) => {
  if ((saved?.version ?? null) === version) return
  throw new AppError('CONFLICT', 'The mail account was changed in the meantime. Compare both and save again.', {
    details: { yours: { version }, current: saved ?? null },
  })
}

const setPassword = async (secrets: SecretStore, organizationId: string, password: string | null) => {
  try {
    if (password === null) await secrets.delete(mailSecret(organizationId))
    else await secrets.set(mailSecret(organizationId), password)
  } catch (error) {
    throw secretFailure(error)
  }
}

/** The account with how its password is kept; a broken secret store is told in its warning. */
export const account: Handlers<'mail'>['account'] = async ({ db, organizationId, engines }) => {
  const saved = await findAccount(db, organizationId)
  const { kind, warning } = engines.secrets
  try {
    const hasPassword = saved !== undefined && (await engines.secrets.get(mailSecret(organizationId))) !== null
    return { account: saved === undefined ? null : { ...saved, hasPassword }, secretStore: { kind, warning } }
  } catch (error) {
    if (!(error instanceof SecretError)) throw error
    return {
      account: saved === undefined ? null : { ...saved, hasPassword: false },
      secretStore: { kind, warning: error.message },
    }
  }
}

/** Keeps the password first: an account must never be there whose password was lost on the way. */
export const saveAccount: Handlers<'mail'>['saveAccount'] = withPreparation({
  prepare: async (context, { version, password, ...settings }) => {
    const saved = await findAccount(context.db, context.organizationId)
    assertSeen(saved, version)
    const known = await passwordFor(context, saved, settings, password)
    checkSettings(settings, known, saved)
    if (settings.userName === null) await setPassword(context.engines.secrets, context.organizationId, null)
    else if (password !== null) await setPassword(context.engines.secrets, context.organizationId, password)
  },
  run: async (context, { version, password: _password, ...settings }) => {
    const saved = await findAccount(context.trx, context.organizationId)
    assertSeen(saved, version)
    if (saved !== undefined) return await updateRow(context, 'mailAccounts', saved, settings)
    const row = context.newRow()
    await context.trx
      .insertInto('mailAccounts')
      .values({ ...row, ...settings })
      .execute()
    return { id: row.id, version: 1 }
  },
})

/** Forgets the password with the account: nothing is left that could sign in. */
export const removeAccount: Handlers<'mail'>['removeAccount'] = withPreparation({
  prepare: async ({ db, organizationId, engines }, { version }) => {
    assertSeen(await findAccount(db, organizationId), version)
    await setPassword(engines.secrets, organizationId, null)
  },
  run: async (context, { version }) => {
    const saved = await findAccount(context.trx, context.organizationId)
    assertSeen(saved, version)
    if (saved === undefined) throw new AppError('NOT_FOUND', 'There is no mail account to remove.')
    return await deleteRow(context, 'mailAccounts', saved)
  },
})

const stepNames = ['settings', 'connect', 'tls', 'sign in'] as const
type StepName = (typeof stepNames)[number]

const stepOf: Readonly<Record<MailError['step'], StepName>> = {
  settings: 'settings',
  message: 'settings',
  resolve: 'connect',
  connect: 'connect',
  greeting: 'connect',
  tls: 'tls',
  auth: 'sign in',
  sender: 'sign in',
  recipients: 'sign in',
  data: 'sign in',
}

/** Tries the settings step by step; the steps after the one that fails are not in the answer. */
export const testAccount: Handlers<'mail'>['testAccount'] = async (context, { password, ...settings }) => {
  // Loaded when it is needed: the mail library would delay every start of the app.
  const { verifyAccount } = await import('../../mail/smtp.ts')
  const saved = await findAccount(context.db, context.organizationId)
  const known = await passwordFor(context, saved, settings, password)
  const result = await verifyAccount(smtpAccountOf(settings), known)
  const details: Readonly<Record<StepName, string>> = {
    settings: 'The settings are complete.',
    connect: `${settings.host} answers on port ${settings.port}.`,
    tls: result.ok && !result.encrypted ? 'Not encrypted: the server is this computer.' : 'The line is encrypted.',
    'sign in':
      settings.userName === null ? 'No sign-in is needed.' : `${settings.userName} is signed in. Messages can be sent.`,
  }
  if (result.ok) return { ok: true, steps: stepNames.map((step) => ({ step, ok: true, detail: details[step] })) }
  const failed = stepOf[result.step]
  const passed = stepNames.slice(0, stepNames.indexOf(failed))
  const said = result.error.serverResponse
  return {
    ok: false,
    steps: [
      ...passed.map((step) => ({ step, ok: true, detail: details[step] })),
      {
        step: failed,
        ok: false,
        detail: said === undefined ? result.error.message : `${result.error.message} The server said: ${said}`,
      },
    ],
  }
}

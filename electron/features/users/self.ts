import { callableWith, withinBranches } from '../../../shared/callable.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Permission } from '../../../shared/permissions.ts'
import { findMember } from '../../people/members.ts'
import { assertPassword, assertPin, hashSecret, matchesSecret } from '../../people/passwords.ts'
import { noPersonKeys } from '../../people/person-keys.ts'
import { secondFactorsOf } from '../../people/second-factor.ts'
import { rulesFor } from '../../people/security-settings.ts'
import { revokeSessions } from '../../people/sessions-store.ts'
import { cancelTokens } from '../../people/tokens.ts'
import { type Handlers, type QueryContext, withPreparation } from '../../rpc/context.ts'
import { changeUser, getUser, ownTexts } from './change-user.ts'
import { note } from './note.ts'
import { pictures } from './pictures.ts'
import { roleNameOf } from './role-names.ts'

const nobody = {
  id: null,
  version: 1,
  name: '',
  email: null,
  color: null,
  pictureId: null,
  hasPassword: false,
  hasPin: false,
  mustChangePassword: false,
  isAlone: true,
  roleName: null,
  permissions: [] as Permission[],
  mayCall: [] as string[],
  totp: false,
  emailCode: false,
  recoveryCodesLeft: 0,
  mayMailCodes: false,
  hasMailAccount: false,
  needsSecondFactor: false,
}

const countUsers = async ({ db }: QueryContext): Promise<number> => {
  const { count } = await db
    .selectFrom('users')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

const me: Handlers<'users'>['me'] = async (context) => {
  const { db, organizationId, userId } = context
  if (userId === null) return nobody
  const user = await getUser(db, userId)
  const member = await findMember(db, organizationId, userId)
  const allowed = member?.permissions ?? new Set<Permission>()
  const isLimited = context.branchIds !== null
  const { totp, email, recoveryCodesLeft } = await secondFactorsOf(db, userId)
  const account = await db
    .selectFrom('mailAccounts')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return {
    id: user.id,
    version: user.version,
    name: user.name,
    email: user.email,
    color: user.color,
    pictureId: user.avatarAttachmentId,
    hasPassword: user.passwordHash !== null,
    hasPin: user.pinHash !== null,
    mustChangePassword: user.mustChangePassword === 1,
    isAlone: user.passwordHash === null && (await countUsers(context)) === 1,
    roleName: member === undefined ? null : await roleNameOf(db, member),
    permissions: isLimited ? withinBranches(allowed) : [...allowed],
    mayCall: callableWith(allowed, isLimited),
    totp,
    emailCode: email,
    recoveryCodesLeft,
    mayMailCodes: account !== undefined && user.email !== null,
    hasMailAccount: account !== undefined,
    needsSecondFactor: user.passwordHash !== null && !totp && !email && (await rulesFor(db, userId)).needsSecondFactor,
  }
}

const setPassword = withPreparation({
  prepare: async ({ db, userId, engines }: QueryContext, { password }: { readonly password: string }) => {
    const user = await getUser(db, userId)
    assertPassword(password, await ownTexts(db, user))
    if (
      user.mustChangePassword === 1 &&
      user.passwordHash !== null &&
      (await matchesSecret(password, user.passwordHash))
    ) {
      const message = 'This is the one that you have. Choose another.'
      throw new AppError('VALIDATION', message, { fields: { password: message } })
    }
    const passwordHash = await hashSecret(password)
    await (engines.personKeys ?? noPersonKeys).setPassword({ userId: user.id, name: user.name, password })
    return { id: user.id, passwordHash }
  },
  run: async (context, _input, { id, passwordHash }) => {
    const { trx, now, sessionId } = context
    const changed = await changeUser(context, id, { passwordHash, mustChangePassword: 0 })
    await cancelTokens(trx, id, now)
    const ended = await revokeSessions(trx, id, sessionId ?? null, now)
    await note(context, 'password-set', { sessionsEnded: ended })
    return changed
  },
  settle: async ({ db, engines }, { id, passwordHash }) => {
    const user = await getUser(db, id)
    const holds = user.passwordHash === passwordHash ? 'newest' : 'earlier'
    await (engines.personKeys ?? noPersonKeys).settlePassword(id, holds)
  },
})

const setPin = withPreparation({
  prepare: async ({ db, userId }: QueryContext, { pin }: { readonly pin: string | null }) => {
    const user = await getUser(db, userId)
    if (pin === null) return { id: user.id, pinHash: null }
    if (user.passwordHash === null) throw new AppError('INVALID_STATE', 'Set a password first: a PIN stands on it.')
    assertPin(pin)
    return { id: user.id, pinHash: await hashSecret(pin) }
  },
  run: async (context, _input, { id, pinHash }) => {
    const changed = await changeUser(context, id, { pinHash })
    await note(context, pinHash === null ? 'pin-removed' : 'pin-set')
    return changed
  },
})

/** What people do with their own identity. */
export const self: Pick<
  Handlers<'users'>,
  'me' | 'updateMe' | 'setPicture' | 'faces' | 'picture' | 'setPassword' | 'setPin'
> = {
  me,
  updateMe: async (context, { version, name, email, color }) => {
    const { id, email: before } = await getUser(context.trx, context.userId)
    const address = email?.toLowerCase() ?? null
    // Codes and resets are mailed there: an unlocked screen alone must not send them to somebody else.
    if (address !== before && context.isProved === false) {
      throw new AppError('REAUTHENTICATE', 'Enter your password again to do this.')
    }
    const changed = await changeUser(context, id, { name, email: address, color }, version)
    if (address !== before) await note(context, 'person-changed', { person: id })
    return changed
  },
  ...pictures,
  setPassword,
  setPin,
}

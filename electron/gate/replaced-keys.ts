import { join } from 'node:path'
import { keyFile } from '../../db/inspect-file.ts'
import { AppError } from '../../shared/errors.ts'
import type { Core } from '../core.ts'
import { readKeyFile } from '../keys/key-file.ts'
import { keepKnownSlots, knowsSlotsOf, newerThan, type OpenedBy, readKnownSlots } from '../keys/known-slots.ts'
import type { Vault } from '../keys/vault.ts'
import { matchesSecret } from '../people/passwords.ts'
import { recordSecurityEvent, type SecurityEventKind } from '../people/security-events.ts'
import type { Db } from '../rpc/handles.ts'

const isPasswordOf = async (db: Db, userId: string, password: string): Promise<boolean> => {
  const row = await db.selectFrom('users').select('passwordHash').where('id', '=', userId).executeTakeFirst()
  const hash = row?.passwordHash ?? null
  return hash !== null && (await matchesSecret(password, hash))
}

/**
 * The newer slot that the data has seen in the place of the one that has opened it: a key file of an earlier day was put
 * back. Null where it is what holds now; one that the data never saw came after it. A password that is the one of now holds,
 * however old its slot is.
 */
export const replacedBy = (core: Pick<Core, 'read'>, opened: OpenedBy, secret: string): Promise<string | null> =>
  core.read(async (db) => {
    const newer = newerThan(await readKnownSlots(db), opened)
    if (newer === null || opened.userId === null || opened.kind !== 'password') return newer
    return (await isPasswordOf(db, opened.userId, secret)) ? null : newer
  })

const passwordChanges: readonly SecurityEventKind[] = [
  'password-set',
  'reset-used',
  'invitation-used',
  'recovery-key-used',
]
const codeChanges: readonly SecurityEventKind[] = ['recovery-key-made', 'encryption-on']

const changedAt = (core: Pick<Core, 'read'>, userId: string | null): Promise<string | null> =>
  core.read(async (db) => {
    let events = db
      .selectFrom('securityEvents')
      .select('at')
      .where('kind', 'in', [...(userId === null ? codeChanges : passwordChanges)])
    if (userId !== null) events = events.where('userId', '=', userId)
    return (await events.orderBy('seq', 'desc').limit(1).executeTakeFirst())?.at ?? null
  })

// As a calendar of this computer has it.
const dayOf = (at: string) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(new Date(at))

/** What is to be said to whoever came with what was replaced; the key file of now is put back where there is a copy of it. */
export const refuseReplaced = async (
  core: Pick<Core, 'read'>,
  { vault, directory }: { readonly vault: Pick<Vault, 'putBackNewer'>; readonly directory: string },
  { userId }: OpenedBy,
  newer: string,
): Promise<AppError> => {
  const at = await changedAt(core, userId)
  const isPassword = userId !== null
  const what = isPassword ? 'This password was changed' : 'This recovery code was replaced'
  const when = at === null ? what : `${what} on ${dayOf(at)}`
  const other = isPassword ? 'the recovery code' : 'a password'
  const message = (await vault.putBackNewer(newer).catch(() => false))
    ? `${when}. Use the new one, or ${other}.`
    : `${when}, and the key file ${join(directory, keyFile)} is from before that. Put the newer ${keyFile} back and use the new one, or use ${other}.`
  return new AppError('SIGN_IN_FAILED', message, { fields: { [isPassword ? 'password' : 'recoveryCode']: message } })
}

/** Writes into the chain of security events that somebody came with what was replaced. */
export const recordReplaced = (core: Core, { userId }: OpenedBy): Promise<void> =>
  core.runCommand({ name: 'access.failed', entities: ['sessions'] }, ({ trx, now }) =>
    recordSecurityEvent(trx, {
      at: now,
      organizationId: null,
      userId,
      deviceId: core.sessions.deviceId,
      kind: 'sign-in-failed',
      data: { factor: userId === null ? 'recovery' : 'password', replaced: true },
    }),
  )

/** Lets the data know the slots of the key file that opens it, so that one of an earlier day is told from it. */
export const noteKeys = async (core: Core, vault: Pick<Vault, 'keyId'>, directory: string): Promise<void> => {
  const file = await readKeyFile(directory)
  // Put there while the data is open, it may be of any data.
  if (file === null || file.keyId !== vault.keyId()) return
  if (knowsSlotsOf(await core.read(readKnownSlots), file)) return
  await core.runCommand({ name: 'access.keys', entities: ['settings'] }, (context) => keepKnownSlots(context, file))
}

type Data = Readonly<Record<string, string | number | boolean | null>>

const words: Readonly<Record<string, string>> = {
  'signed-in': 'Signed in',
  'sign-in-failed': 'Sign-in failed',
  'signed-out': 'Signed out',
  locked: 'Locked',
  unlocked: 'Unlocked',
  blocked: 'Made to wait after wrong tries',
  'password-set': 'Password set',
  'password-removed': 'Password removed',
  'pin-set': 'PIN set',
  'pin-removed': 'PIN removed',
  reauthenticated: 'Password said again',
  'code-failed': 'Wrong one-time code',
  'totp-on': 'One-time codes turned on',
  'email-code-on': 'Codes by e-mail turned on',
  'mfa-off': 'One-time codes turned off',
  'recovery-codes-made': 'New recovery codes made',
  'recovery-code-used': 'Recovery code used',
  'device-trusted': 'No code asked on this computer for 30 days',
  'device-distrusted': 'A code asked everywhere again',
  'person-added': 'Person added',
  'person-changed': 'Person changed',
  'person-deactivated': 'Person kept out',
  'person-activated': 'Person let in again',
  'person-removed': 'Person removed',
  invited: 'Invitation made',
  'invitation-used': 'Invitation used',
  'reset-made': 'Code for a new password made',
  'reset-used': 'New password set by code',
  'role-changed': 'Role changed',
  'role-made': 'Role made',
  'role-deleted': 'Role removed',
  'session-revoked': 'Session ended',
  'sessions-revoked': 'Sessions ended',
  'settings-changed': 'Rules of signing in changed',
  'encryption-on': 'Encryption turned on',
  'encryption-off': 'Encryption turned off',
  'recovery-key-made': 'Recovery code of the data made',
  'recovery-key-used': 'Recovery code of the data used',
  exported: 'Data exported',
  restored: 'Backup restored',
  erased: 'Personal data erased',
  'record-cut': 'Past part of the record removed',
  'key-loss-confirmed': 'Loss of the key of the record confirmed',
  refused: 'Tried what the role does not include',
}

const hows: Readonly<Record<string, string>> = {
  password: 'with the password',
  pin: 'with the PIN',
  recovery: 'with the recovery code',
  token: 'with a code handed over',
  open: 'when the password was set',
}

const bad: ReadonlySet<string> = new Set(['sign-in-failed', 'code-failed', 'blocked', 'recovery-key-used'])

/** A security event in plain words. */
export const eventWords = (kind: string): string => words[kind] ?? kind

/** Whether somebody should look at it. */
export const isAlarming = (kind: string): boolean => bad.has(kind)

/** What else there is to say of an event: how, how many, whom it was about. */
export const eventDetail = (
  { kind, data }: { readonly kind: string; readonly data: Data },
  nameOf: (id: string) => string | undefined,
): string => {
  const standIn = typeof data['standIn'] === 'string' ? data['standIn'] : undefined
  const person = typeof data['person'] === 'string' ? (nameOf(data['person']) ?? standIn) : undefined
  const how = typeof data['how'] === 'string' ? hows[data['how']] : undefined
  const factor = data['factor'] === 'invitation' ? 'with the code of an invitation' : undefined
  const count = typeof data['count'] === 'number' ? `${data['count']} ended` : undefined
  // Of a sign-in that is the program that it came from.
  const client = kind === 'erased' && typeof data['client'] === 'string' ? `client ${data['client']}` : undefined
  return [person, client, how, factor, count].filter((it) => it !== undefined).join(', ')
}

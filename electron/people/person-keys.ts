/** Who else must know of a password: what wraps the data key where the data is encrypted. */
export type PersonKeys = {
  /** The password is to be this: both open until `settlePassword`; called when it has been checked, before it is written. */
  readonly setPassword: (person: {
    readonly userId: string
    readonly name: string
    readonly password: string
  }) => Promise<void>
  /** The new password is written, or never came to be. */
  readonly settlePassword: (userId: string, holds: 'newest' | 'earlier') => Promise<void>
  /** The person may no longer open the data, or has no password any more. */
  readonly removePerson: (userId: string) => Promise<void>
  /** Whoever holds the token may open the data once, to set a password. */
  readonly putToken: (token: {
    readonly userId: string
    readonly name: string
    readonly token: string
    readonly expiresAt: string
  }) => Promise<void>
}

/** Where the data is not encrypted nobody else must know. */
export const noPersonKeys: PersonKeys = {
  setPassword: () => Promise.resolve(),
  settlePassword: () => Promise.resolve(),
  removePerson: () => Promise.resolve(),
  putToken: () => Promise.resolve(),
}

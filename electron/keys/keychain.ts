/** What was sealed; stale, it should be sealed anew, as the system has changed its key. */
export type Unsealed = { readonly text: string; readonly isStale: boolean }

/** The system's keychain, where there is a real one. */
export type Keychain = {
  /** Why this computer has none, in plain words; null where it has. */
  readonly warning: string | null
  /** Seals a text for this user of this computer; the result is base64. */
  readonly seal: (text: string) => Promise<string>
  /** Opens what was sealed; rejects where the keychain does not (lost, reset, another user). */
  readonly open: (sealed: string) => Promise<Unsealed>
}

/** Stands for the keychain where there is none: the browser host, the terminal, Linux without a keyring. */
export const noKeychain: Keychain = {
  warning: 'This computer offers no keychain, so the password is asked for at each start.',
  seal: () => Promise.reject(new Error('There is no keychain.')),
  open: () => Promise.reject(new Error('There is no keychain.')),
}

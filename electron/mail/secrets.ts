/** Where passwords are kept. Keys are names like 'smtp:<organization id>'. */
export type SecretStore = {
  readonly kind: 'keychain' | 'file' | 'sealed'
  /** What the user must know about this kind of storage, in plain words; null where nothing. */
  readonly warning: string | null
  /** Gives the secret, or null where none is kept. */
  readonly get: (key: string) => Promise<string | null>
  readonly set: (key: string, value: string) => Promise<void>
  /** Does nothing where none is kept. */
  readonly delete: (key: string) => Promise<void>
}

export type SecretErrorCode =
  | 'key-missing'
  | 'key-broken'
  | 'key-permissions'
  | 'store-broken'
  | 'store-permissions'
  | 'value-broken'
  | 'unreachable'

/** A secret store that cannot be used as it is; it never deletes or overwrites what it does not understand. */
export class SecretError extends Error {
  readonly code: SecretErrorCode
  readonly path: string

  constructor(code: SecretErrorCode, path: string, message: string) {
    super(message)
    this.name = 'SecretError'
    this.code = code
    this.path = path
  }
}

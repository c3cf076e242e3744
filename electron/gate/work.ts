import type { AccessState } from '../../shared/contract/access.ts'
import type { BackupPool } from '../backup/pool.ts'
import type { Core, CoreOptions } from '../core.ts'
import type { Keychain } from '../keys/keychain.ts'
import type { Vault } from '../keys/vault.ts'
import type { AttemptCounter } from './cold-attempts.ts'
import type { FrontDoor, LockReason } from './front-door.ts'
import type { Every } from './idle.ts'

export type GateOptions = Omit<CoreOptions, 'key' | 'gate'> & {
  readonly keychain: Keychain
  /** Worker of backups, restores and conversions. */
  readonly backupWorkerUrl: string
  /** What a session here runs in, in words. */
  readonly client: string
  /** What the host does before a window gets its key: the window has read what it kept, and seals it then. */
  readonly onWindowKey?: (isEncrypted: boolean) => Promise<void>
  /** Test seam: what makes the watch for a screen that was left look at the time. */
  readonly every?: Every
}

/** What the handlers of the front door work with. */
export type GateWork = {
  readonly options: GateOptions
  readonly door: FrontDoor
  readonly vault: Vault
  readonly attempts: AttemptCounter
  readonly pool: BackupPool
  /** The open core; AppError LOCKED where there is none. */
  readonly core: () => Core
  readonly isOpen: () => boolean
  readonly isEncrypted: () => boolean
  /** Opens the core with the key that the vault holds; a failure shows as damaged data and is thrown. */
  readonly openCore: () => Promise<Core>
  /** Ends every call, then closes the core; the folder stays this process's. */
  readonly closeCore: () => Promise<void>
  /** Does something with the closed data, told as `title`, and opens it again for whoever was signed in. */
  readonly whileClosed: (title: string, work: () => Promise<void>) => Promise<void>
  /** Does something that puts other data in the place of the closed one; with other keys nobody is let in unasked. */
  readonly replaceData: <T>(title: string, otherKeys: boolean, work: () => Promise<T>) => Promise<T>
  /** Keeps the token of a session: for this run, for a restart within the idle time, or until the session is over. */
  readonly keepToken: (token: string, until: 'closed' | 'idle' | 'over') => Promise<void>
  /** Nobody has to come back: nothing is kept of a session. */
  readonly forgetToken: () => Promise<void>
  readonly lock: (reason: LockReason) => Promise<void>
  /** Leaves the screen to somebody else; the data stays open behind it, until it is idle. */
  readonly stepBack: () => Promise<void>
  /** Opens data anew that could not be opened. */
  readonly restart: () => Promise<void>
  /** Seals or removes what encryption left in the clear; begun again at each opening until nothing is left. */
  readonly sweep: () => void
  /** Lets the data know who opens it now; what fails is done at the next opening. */
  readonly noteKeys: () => Promise<void>
  /** Keeps a password that was just said as it would be kept today; nobody waits for it. */
  readonly strengthen: (userId: string, password: string) => void
  /** Gives the passwords of accounts back to where they are kept in the clear. */
  readonly releaseSecrets: () => Promise<void>
  readonly state: () => Promise<AccessState>
  readonly touch: () => Promise<number | null>
  /** Locks a screen that was left for too long and was not noticed yet; says whether it was. */
  readonly lookIdle: () => boolean
}

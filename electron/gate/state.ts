import type { AccessState } from '../../shared/contract/access.ts'
import type { Core } from '../core.ts'
import { hasKeyFile } from '../keys/key-file.ts'
import type { Vault } from '../keys/vault.ts'
import { mayMailCodes } from '../people/owed.ts'
import { defaultSecuritySettings, rulesFor } from '../people/security-settings.ts'
import type { FrontDoor } from './front-door.ts'
import type { Remembered } from './remembered.ts'

type Parts = {
  readonly directory: string
  readonly door: FrontDoor
  readonly vault: Vault
  readonly remembered: Remembered
  /** Why this computer has no keychain to count on; null where it has one. */
  readonly keychainWarning: string | null
  readonly core: () => Core | null
  readonly isEncrypted: () => boolean
}

export type DoorState = {
  /** What a screen at the front door shows. */
  readonly read: () => Promise<AccessState>
  /** After how many minutes without anybody it locks; null where nobody has to sign in. */
  readonly idleMinutes: () => Promise<number | null>
}

/** Puts together what there is to say of the front door: its standing, the core's people, the vault's. */
export const createDoorState = ({ directory, door, vault, remembered, ...parts }: Parts): DoorState => {
  const idleMinutes = async (): Promise<number | null> => {
    const core = parts.core()
    if (core === null || !core.sessions.needsSignIn()) return null
    const userId = core.sessions.current()?.userId ?? null
    return userId === null
      ? defaultSecuritySettings.idleMinutes
      : (await core.read((db) => rulesFor(db, userId))).idleMinutes
  }

  const people = async (): Promise<AccessState['people']> => {
    const core = parts.core()
    if (core !== null) return core.sessions.needsSignIn() ? [...(await core.identity.people())] : []
    if (door.standing().phase !== 'locked') return []
    return (await vault.people()).map(({ userId, name }) => ({
      id: userId,
      name,
      color: null,
      pictureId: null,
      mayUsePin: false,
    }))
  }

  return {
    idleMinutes,
    read: async () => {
      const core = parts.core()
      const standing = door.standing()
      const userId = core?.sessions.current()?.userId ?? null
      const what = core?.sessions.owes() ?? null
      return {
        ...standing,
        person: core === null || userId === null ? null : await core.identity.person(userId),
        owes:
          core === null || userId === null || what === null
            ? null
            : { what, byMail: await core.read((db) => mayMailCodes(db, userId)) },
        guarded: core === null ? parts.isEncrypted() || hasKeyFile(directory) : core.sessions.needsSignIn(),
        encrypted: parts.isEncrypted() || standing.phase === 'locked',
        people: await people(),
        keychain: { warning: parts.keychainWarning, staysSignedIn: (await remembered.token())?.stays ?? false },
        idleMinutes: await idleMinutes(),
      }
    },
  }
}

import type { Core } from '../core.ts'
import type { Vault } from '../keys/vault.ts'
import type { PersonKeys } from '../people/person-keys.ts'
import { readToken } from '../people/tokens.ts'
import { replacedBy } from './replaced-keys.ts'

/**
 * Asks the vault whether a password is somebody's, and the data whether it still is; null where the data is not encrypted,
 * which has no core here, or the vault does not know them.
 */
export const checkKeyOf =
  (vault: Vault, encryptedCore: () => Pick<Core, 'read'> | null) =>
  async (userId: string, password: string): Promise<boolean | null> => {
    const core = encryptedCore()
    if (core === null) return null
    if (!(await vault.people()).some((person) => person.userId === userId)) return null
    const found = await vault.findPassword(userId, password)
    return found !== null && (await replacedBy(core, found, password)) === null
  }

/** Passwords as the vault has to know them; where the data is not encrypted it does not. */
export const personKeysOf = (vault: Vault, isEncrypted: () => boolean, noteKeys: () => Promise<void>): PersonKeys => ({
  setPassword: async (person) => {
    if (isEncrypted()) await vault.putPassword(person)
  },
  settlePassword: async (userId, holds) => {
    if (!isEncrypted()) return
    await vault.settlePassword(userId, holds)
    await noteKeys()
  },
  removePerson: async (userId) => {
    if (isEncrypted()) await vault.removePerson(userId)
  },
  putToken: async (made) => {
    if (isEncrypted()) await vault.putToken({ ...made, token: readToken(made.token) })
  },
})

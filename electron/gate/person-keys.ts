import type { Vault } from '../keys/vault.ts'
import type { PersonKeys } from '../people/person-keys.ts'
import { readToken } from '../people/tokens.ts'

/** Asks the vault whether a password is somebody's; null where the data is not encrypted, or it does not know them. */
export const checkKeyOf =
  (vault: Vault, isEncrypted: () => boolean) =>
  async (userId: string, password: string): Promise<boolean | null> => {
    if (!isEncrypted()) return null
    const known = (await vault.people()).some((person) => person.userId === userId)
    return known ? await vault.isPassword(userId, password) : null
  }

/** Passwords as the vault has to know them; where the data is not encrypted it does not. */
export const personKeysOf = (vault: Vault, isEncrypted: () => boolean): PersonKeys => ({
  setPassword: async (person) => {
    if (isEncrypted()) await vault.putPassword(person)
  },
  settlePassword: async (userId, holds) => {
    if (isEncrypted()) await vault.settlePassword(userId, holds)
  },
  removePerson: async (userId) => {
    if (isEncrypted()) await vault.removePerson(userId)
  },
  putToken: async (made) => {
    if (isEncrypted()) await vault.putToken({ ...made, token: readToken(made.token) })
  },
})

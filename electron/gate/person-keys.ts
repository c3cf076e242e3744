import type { Vault } from '../keys/vault.ts'
import type { PersonKeys } from '../people/person-keys.ts'
import { readToken } from '../people/tokens.ts'

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

import type { Keychain } from '../keys/keychain.ts'
import { decryptText, encryptText, hasKeychain, type SystemKeychain } from './keychain-secrets.ts'

/** The system's keychain for the data key; one that says why where there is none. */
export const createKeychain = (system: SystemKeychain, platform: NodeJS.Platform = process.platform): Keychain => ({
  warning: hasKeychain(system, platform)
    ? null
    : 'This computer offers no keychain that keeps a secret (on Linux: install and unlock a keyring), so the password is asked for at each start.',
  seal: (text) => encryptText(system, text),
  open: async (sealed) => {
    const { result, shouldReEncrypt } = await decryptText(system, sealed)
    return { text: result, isStale: shouldReEncrypt }
  },
})

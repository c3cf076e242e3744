import type { Vault } from '../keys/vault.ts'

/**
 * Takes the keys of everybody who is not among these people: whoever was put out while the key file could not be written,
 * came after a backup that was gone back to, or stood in the copy of a key file that was lost.
 */
export const keepOpeners = async (
  vault: Pick<Vault, 'people' | 'removePerson'>,
  people: readonly string[],
): Promise<void> => {
  const openers = await vault.people()
  // With none left the data would open for nobody.
  if (!openers.some(({ userId }) => people.includes(userId))) return
  for (const { userId } of openers) {
    if (!people.includes(userId)) await vault.removePerson(userId)
  }
}

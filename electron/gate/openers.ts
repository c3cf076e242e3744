import type { Core } from '../core.ts'
import type { Vault } from '../keys/vault.ts'

/** The ids of everybody who may sign in. */
export const activePeople = async ({ read }: Pick<Core, 'read'>): Promise<readonly string[]> => {
  const active = await read((db) =>
    db.selectFrom('users').select('id').where('status', '=', 'active').where('deletedAt', 'is', null).execute(),
  )
  return active.map(({ id }) => id)
}

/**
 * Takes the keys of everybody who is not among these people: whoever was put out while the key file could not be written,
 * came after a backup that was gone back to, or stood in the copy of a key file that was lost. False where none of these
 * people has a key: then all keep theirs.
 */
export const keepOpeners = async (
  vault: Pick<Vault, 'people' | 'removePerson'>,
  people: readonly string[],
): Promise<boolean> => {
  const openers = await vault.people()
  // With none left the data would open for nobody.
  if (!openers.some(({ userId }) => people.includes(userId))) return false
  for (const { userId } of openers) {
    if (!people.includes(userId)) await vault.removePerson(userId)
  }
  return true
}

import type { Core } from '../core.ts'
import { mailSecret } from '../features/mail/account.ts'
import type { SecretStore } from '../mail/secrets.ts'
import { sealName } from '../people/seal.ts'
import { inputKeyName } from '../rpc/input-key.ts'

/** Seals every password that was kept before the data was encrypted: asked for once, it is gone from where it was. */
export const takeOverSecrets = async (core: Core, sealed: SecretStore): Promise<void> => {
  const accounts = await core.read((db) => db.selectFrom('mailAccounts').select('organizationId').distinct().execute())
  const names = [sealName, inputKeyName, ...accounts.map(({ organizationId }) => mailSecret(organizationId))]
  for (const name of names) await sealed.get(name)
}

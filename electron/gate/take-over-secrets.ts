import type { DataKey } from '../../db/key.ts'
import type { BackupPool } from '../backup/pool.ts'
import { placesOf } from '../backup/state.ts'
import type { Core } from '../core.ts'
import { mailSecret } from '../features/mail/account.ts'
import { releaseDeviceKey } from '../keys/sealed-device-key.ts'
import type { SealedSecretStore } from '../keys/sealed-secrets.ts'
import type { SecretStore } from '../mail/secrets.ts'
import { sealName } from '../people/seal.ts'
import { inputKeyName } from '../rpc/input-key.ts'
import type { Log } from '../rpc/log.ts'

type Held = {
  readonly directory: string
  readonly key: DataKey
  readonly sealed: SealedSecretStore | null
  readonly pool: BackupPool
  readonly log: Log
}

/** Gives everything that lies sealed under the data key back to where it is kept in the clear. */
export const releaseSecrets = async ({ directory, key, sealed, pool, log }: Held): Promise<void> => {
  if (key === null) return
  await sealed?.release()
  releaseDeviceKey(directory, key)
  const left = await pool.run('unsealAside', { directory, places: placesOf(directory), key })
  if (left.length > 0) log.error({ left }, 'sealed copies of another key or unknown origin stay sealed')
}

/** Seals every password that was kept before the data was encrypted: asked for once, it is gone from where it was. */
export const takeOverSecrets = async (core: Core, sealed: SecretStore): Promise<void> => {
  const accounts = await core.read((db) => db.selectFrom('mailAccounts').select('organizationId').distinct().execute())
  const names = [sealName, inputKeyName, ...accounts.map(({ organizationId }) => mailSecret(organizationId))]
  for (const name of names) await sealed.get(name)
}

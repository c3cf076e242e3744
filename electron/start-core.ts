import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packageJson from '../package.json' with { type: 'json' }
import type { AccessState } from '../shared/contract/access.ts'
import type { Contract, Output } from '../shared/contract/index.ts'
import type { CoreOptions } from './core.ts'
import { type Gate, openGate } from './gate/gate.ts'
import type { GateOptions } from './gate/work.ts'
import { type Keychain, noKeychain } from './keys/keychain.ts'
import { openLog } from './log.ts'
import { logUnexpected } from './log-unexpected.ts'
import { createFileSecretStore } from './mail/file-secrets.ts'
import type { SecretStore } from './mail/secrets.ts'
import { findFontDirectory } from './pdf/font-directory.ts'
import type { HostUpdater } from './updater/host-updates.ts'

export const appVersion: string = packageJson.version

// Bundled, this module lies beside the workers; from the sources (tests) the workers are the built ones.
const worker = (name: string): string => {
  const beside = new URL(name, import.meta.url)
  return existsSync(fileURLToPath(beside)) ? beside.href : new URL(`../out/main/${name}`, import.meta.url).href
}

/** What a desktop brings along that a browser or a terminal does not have. */
export type Desktop = {
  readonly secrets: SecretStore
  readonly keychain: Keychain
  readonly updater: HostUpdater | null
  /** See `GateOptions`. */
  readonly onWindowKey: NonNullable<GateOptions['onWindowKey']>
}

const clients: Readonly<Record<CoreOptions['host'], string>> = {
  electron: 'Desktop app',
  web: 'Browser',
  cli: 'Terminal',
  test: 'Test',
}

/** Opens the gate of a host on a data directory; AppError STORAGE_UNAVAILABLE where another process has it. */
export const startGate = (host: CoreOptions['host'], directory: string, desktop?: Desktop): Gate => {
  const log = openLog({ directory })
  // A command in a terminal ends with its error; the apps go on.
  if (host !== 'cli') logUnexpected(log)
  const { updater = null } = desktop ?? {}
  return openGate({
    directory,
    host,
    version: appVersion,
    deviceName: hostname(),
    secrets: desktop?.secrets ?? createFileSecretStore(join(directory, 'secrets')),
    keychain: desktop?.keychain ?? noKeychain,
    client: clients[host],
    fontDirectory: findFontDirectory(import.meta.url),
    pdfWorkerUrl: worker('pdf-worker.js'),
    importWorkerUrl: worker('import-worker.js'),
    readingWorkerUrl: worker('reading-worker.js'),
    backupWorkerUrl: worker('backup-worker.js'),
    // A single call ends before a mail is through; the app sends what waits.
    jobs: host !== 'cli',
    log,
    ...(updater === null ? {} : { updater }),
    ...(desktop === undefined ? {} : { onWindowKey: desktop.onWindowKey }),
  })
}

/** Makes the demo company where there is none yet, for whoever is there and may. */
export const ensureDemo = async (gate: Gate): Promise<void> => {
  await gate.ready
  const call = (name: string) => gate.call(name, { organizationId: null, idempotencyKey: null, input: {} })
  // The gate and the pipeline check each answer against the contract's output schema.
  const { phase, guarded, person, owes } = (await call('access.state')) as AccessState
  // Locked data is somebody's: there is nothing to show before they are inside.
  if (phase !== 'open' || (guarded && person === null) || owes !== null) return
  const { organizations, ownsWorkstation } = (await call('setup.state')) as Output<Contract['setup']['state']>
  if (ownsWorkstation && !organizations.some(({ isDemo }) => isDemo)) await call('setup.loadDemo')
}

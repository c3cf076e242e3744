import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packageJson from '../package.json' with { type: 'json' }
import { type Core, type CoreOptions, openCore } from './core.ts'
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

/** Opens the core of a host on a data directory; AppError where the data cannot be opened. */
export const startCore = (
  host: CoreOptions['host'],
  directory: string,
  secrets: SecretStore = createFileSecretStore(join(directory, 'secrets')),
  updater: HostUpdater | null = null,
): Promise<Core> => {
  const log = openLog({ directory })
  // A command in a terminal ends with its error; the apps go on.
  if (host !== 'cli') logUnexpected(log)
  return openCore({
    directory,
    host,
    version: appVersion,
    deviceName: hostname(),
    secrets,
    fontDirectory: findFontDirectory(import.meta.url),
    pdfWorkerUrl: worker('pdf-worker.js'),
    importWorkerUrl: worker('import-worker.js'),
    readingWorkerUrl: worker('reading-worker.js'),
    // A single call ends before a mail is through; the app sends what waits.
    jobs: host !== 'cli',
    log,
    ...(updater === null ? {} : { updater }),
  })
}

/** Makes the demo company where there is none yet. */
export const ensureDemo = async (core: Core): Promise<void> => {
  const call = (name: string) => core.call(name, { organizationId: null, idempotencyKey: null, input: {} })
  // The pipeline checked the answer against the contract's output schema.
  const state = (await call('setup.state')) as { readonly organizations: readonly { readonly isDemo: boolean }[] }
  if (!state.organizations.some((organization) => organization.isDemo)) await call('setup.loadDemo')
}

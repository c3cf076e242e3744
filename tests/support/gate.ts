import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Gate, openGate } from '../../electron/gate/gate.ts'
import type { GateOptions } from '../../electron/gate/work.ts'
import { type Keychain, noKeychain } from '../../electron/keys/keychain.ts'
import { openLog } from '../../electron/log.ts'
import { createFileSecretStore } from '../../electron/mail/file-secrets.ts'
import { findFontDirectory } from '../../electron/pdf/font-directory.ts'
import type { AccessState } from '../../shared/contract/access.ts'
import { fakeClock } from './clock.ts'
import { placeMigratedFile } from './migrated-file.ts'

const worker = (name: string) => new URL(`../../out/main/${name}-worker.js`, import.meta.url).href

const silent: GateOptions['log'] = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A password that nobody refuses. */
export const goodPassword = 'violet harbour 93 lantern'

/** A gate on a folder of its own, everything real but the clock; closed and opened again by `restart`. */
export const openTestGate = async (
  options: {
    readonly directory?: string
    readonly keychain?: Keychain
    /** Writes the log of the product into the folder. */
    readonly realLog?: boolean
    readonly gate?: Partial<Pick<GateOptions, 'log' | 'secrets' | 'updater' | 'jobs'>>
  } = {},
) => {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'counterfoil-gate-'))
  const clock = fakeClock()
  if (options.directory === undefined) placeMigratedFile(directory)
  const looks = new Set<() => unknown>()
  const open = (): Gate =>
    openGate({
      directory,
      host: 'test',
      version: '0.0.0-test',
      deviceName: 'Test desk',
      client: 'Test',
      secrets: createFileSecretStore(join(directory, 'secrets')),
      keychain: options.keychain ?? noKeychain,
      fontDirectory: findFontDirectory(import.meta.url),
      pdfWorkerUrl: worker('pdf'),
      importWorkerUrl: worker('import'),
      readingWorkerUrl: worker('reading'),
      backupWorkerUrl: worker('backup'),
      log: options.realLog === true ? openLog({ directory }) : silent,
      jobs: false,
      clock,
      every: (look) => {
        looks.add(look)
        return () => looks.delete(look)
      },
      ...options.gate,
    })
  let gate = open()
  await gate.ready
  let organizationId: string | null = null
  const call = async <T = unknown>(name: string, input: unknown = {}): Promise<T> =>
    // The contract says what comes back; a test names the part that it looks at.
    (await gate.call(name, { organizationId, idempotencyKey: null, input })) as T
  return {
    directory,
    clock,
    call,
    /** The gate looks whether its screen was left, as it does every few seconds. */
    look: () => {
      for (const look of [...looks]) look()
    },
    get gate() {
      return gate
    },
    state: () => call<AccessState>('access.state'),
    makeBusiness: async () => {
      const { id } = await call<{ id: string }>('setup.createOrganization', {
        legalName: 'Linden Ltd',
        country: 'GB',
        ownerName: 'Ada Linden',
      })
      organizationId = id
    },
    use: (id: string) => {
      organizationId = id
    },
    restart: async () => {
      await gate.close()
      gate = open()
      await gate.ready
    },
    close: async () => {
      await gate.close()
      if (options.directory === undefined) rmSync(directory, { recursive: true, force: true })
    },
  }
}

export type TestGate = Awaited<ReturnType<typeof openTestGate>>

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import type { OpenOptions } from '../../db/open.ts'
import { type Core, openCore } from '../../electron/core.ts'
import { createFileSecretStore } from '../../electron/mail/file-secrets.ts'
import { findFontDirectory } from '../../electron/pdf/font-directory.ts'
import type { Contract, FeatureName } from '../../shared/contract/index.ts'
import type { Procedure } from '../../shared/contract/procedure.ts'
import { countedIds, fakeClock } from './clock.ts'
import { placeMigratedFile } from './migrated-file.ts'

type Name = { [F in FeatureName]: `${F}.${keyof Contract[F] & string}` }[FeatureName]
type ProcedureOf<N extends Name> = N extends `${infer F}.${infer P}`
  ? F extends FeatureName
    ? P extends keyof Contract[F]
      ? Contract[F][P] extends Procedure
        ? Contract[F][P]
        : never
      : never
    : never
  : never

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Whatever an unexpected failure logged: a test that expects none looks here. */
export type Logged = { readonly fields: Readonly<Record<string, unknown>>; readonly message: string }

export type WorkspaceOptions = {
  readonly directory?: string
  readonly country?: string
  /** Leave the workspace without an organization. */
  readonly empty?: boolean
  readonly jobs?: boolean
  readonly storage?: OpenOptions
  /** The key of an encrypted folder. */
  readonly key?: Uint8Array
  readonly clock?: ReturnType<typeof fakeClock>
  readonly realClock?: boolean
}

const open = async (
  directory: string,
  options: WorkspaceOptions,
  clock: ReturnType<typeof fakeClock>,
  errors: Logged[],
): Promise<Core> =>
  await openCore({
    directory,
    host: 'test',
    version: '0.0.0-test',
    deviceName: 'Test desk',
    secrets: createFileSecretStore(join(directory, 'secrets')),
    fontDirectory: findFontDirectory(import.meta.url),
    pdfWorkerUrl: new URL('../../out/main/pdf-worker.js', import.meta.url).href,
    importWorkerUrl: new URL('../../out/main/import-worker.js', import.meta.url).href,
    readingWorkerUrl: new URL('../../out/main/reading-worker.js', import.meta.url).href,
    log: { ...silent, error: (fields, message) => errors.push({ fields, message }) },
    jobs: options.jobs ?? false,
    ...(options.realClock ? {} : { clock, ids: countedIds(clock) }),
    ...(options.key === undefined ? {} : { key: options.key }),
    ...(options.storage === undefined ? {} : { storage: options.storage }),
  })

/** A core on a folder of its own, with an organization unless told otherwise; everything real but clock and ids. */
export const openWorkspace = async (options: WorkspaceOptions = {}) => {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'counterfoil-'))
  const clock = options.clock ?? fakeClock()
  const errors: Logged[] = []
  placeMigratedFile(directory, options.key)
  let core = await open(directory, options, clock, errors)
  let organizationId: string | null = null
  const callRaw = (
    name: string,
    input: unknown,
    {
      signal,
      ...more
    }: { idempotencyKey?: string; organizationId?: string | null; branchId?: string | null; signal?: AbortSignal } = {},
  ) => core.call(name, { organizationId, idempotencyKey: null, ...more, input }, signal === undefined ? {} : { signal })
  // The pipeline has checked the answer against the schema that the type is made of.
  const call = <N extends Name>(
    name: N,
    input: z.input<ProcedureOf<N>['input']>,
    more: { idempotencyKey?: string; organizationId?: string | null; branchId?: string | null } = {},
  ) => callRaw(name, input, more) as Promise<z.output<ProcedureOf<N>['output']>>
  if (!options.empty && options.directory === undefined) {
    const made = await call('setup.createOrganization', { legalName: 'Linden Ltd', country: options.country ?? 'GB' })
    organizationId = made.id
  } else if (!options.empty) {
    const state = await call('setup.state', {})
    organizationId = state.organizations[0]?.id ?? null
  }
  return {
    directory,
    clock,
    errors,
    get core() {
      return core
    },
    get organizationId() {
      return organizationId ?? ''
    },
    use: (id: string) => {
      organizationId = id
    },
    call,
    callRaw,
    /** Closes the core and opens the same folder again, as a restart does. */
    reopen: async () => {
      await core.close()
      core = await open(directory, options, clock, errors)
    },
    close: async () => {
      await core.close()
      if (options.directory === undefined) rmSync(directory, { recursive: true, force: true })
    },
  }
}

export type Workspace = Awaited<ReturnType<typeof openWorkspace>>

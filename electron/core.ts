import type { DataKey } from '../db/key.ts'
import { lockDirectory } from '../db/lock.ts'
import { type OpenDatabase, type OpenOptions, openDatabase } from '../db/open.ts'
import { createScrubber } from '../db/scrub.ts'
import type { Entity } from '../shared/contract/procedure.ts'
import { knownProcedure } from '../shared/contract/slices.ts'
import type { Clock, IdSource } from '../shared/ids.ts'
import { isRefusedInThePast } from '../shared/past.ts'
import { lastChange } from './backup/last-change.ts'
import { createBackupPool, createInlinePool } from './backup/pool.ts'
import { type BackupService, createBackupService } from './backup/service.ts'
import { tellOfBackups } from './backup/tell.ts'
import { createDemoLoader } from './demo/load-demo.ts'
import { createEInvoiceMaker } from './einvoice/maker.ts'
import type { CodeMailer, Engines } from './engines.ts'
import { shadowOf } from './features/branches/shadow.ts'
import { features } from './features/index.ts'
import type { EnsurePdf } from './features/printed-documents.ts'
import type { pictureOf } from './features/users/pictures.ts'
import { openFileStore } from './files.ts'
import { createBankFileReader } from './importers/bank/reader.ts'
import { createProgressBoard } from './importers/progress.ts'
import { createEInvoiceReader } from './importers/reader.ts'
import { createTableReader } from './importers/tables/reader.ts'
import { createJobHandlers } from './jobs/handlers.ts'
import { createJobRunner } from './jobs/runner.ts'
import { createSealedKeyStore } from './keys/sealed-device-key.ts'
import type { SecretStore } from './mail/secrets.ts'
import { createPdfPool } from './pdf/pool.ts'
import type { CodeMailerParts } from './people/code-mailer.ts'
import { createIdentity, type Identity } from './people/identity.ts'
import { createLastUse, type LastUse } from './people/last-use.ts'
import { noPersonKeys, type PersonKeys } from './people/person-keys.ts'
import { createSeal } from './people/seal.ts'
import { rulesFor } from './people/security-settings.ts'
import { createLimitedReads } from './reading/limited.ts'
import { createReadingPool } from './reading/pool.ts'
import { recordAccess } from './record/access.ts'
import { createPastViews } from './record/at/views.ts'
import { createFileKeyStore } from './record/device-key.ts'
import { expectedHeads, keepHead } from './record/head-file.ts'
import { openDeviceRecord } from './record/open-device-record.ts'
import { tellOfShorterRecord } from './record/tell-shorter.ts'
import { everywhere } from './rpc/at-branch.ts'
import { createChangeFeed } from './rpc/changes.ts'
import type { CommandContext, Db } from './rpc/context.ts'
import type { Log } from './rpc/log.ts'
import { type Call, createPipeline } from './rpc/pipeline.ts'
import { createRouter, type RpcRouter } from './rpc/router.ts'
import { openSessions, type Sessions } from './rpc/sessions.ts'
import { createSystemCommand } from './rpc/system-command.ts'
import { systemClock, systemIds } from './rpc/time-and-ids.ts'
import { createHostUpdates, type HostUpdater } from './updater/host-updates.ts'
import type { LastingUpdates } from './updater/state.ts'

export type CoreOptions = {
  readonly directory: string
  /** The key of an encrypted data directory. */
  readonly key?: DataKey
  readonly host: 'electron' | 'web' | 'cli' | 'test'
  readonly version: string
  readonly deviceName: string
  readonly secrets: SecretStore
  readonly fontDirectory: string
  readonly pdfWorkerUrl: string
  /** Worker of readings over everything, such as the integrity check. */
  readonly readingWorkerUrl: string
  /** Worker that reads large e-invoices; small ones are read where they arrive. */
  readonly importWorkerUrl?: string
  /** Worker of backups and their checks; without one they are made where they are asked for. */
  readonly backupWorkerUrl?: string
  readonly log: Log
  readonly clock?: Clock
  readonly ids?: IdSource
  /** Test seams of the store: fault injection and the probe for network drives. */
  readonly storage?: OpenOptions
  /** How this host puts a new version in its place; none where it cannot. */
  readonly updater?: HostUpdater
  /** What the gate adds: it holds the folder's lock and the key; without one the core stands alone. */
  readonly gate?: CoreGate
  /** Whether jobs run; the CLI leaves them to the app. */
  readonly jobs?: boolean
}

export type CoreGate = {
  /** Whether encrypted data says that this is the person's password; null where it does not know the person. */
  readonly checkKey: (userId: string, password: string) => Promise<boolean | null>
  /** A session was begun for somebody who was simply there: its token is to be kept. */
  readonly onAdopted: (token: string) => Promise<void>
  readonly personKeys: PersonKeys
  /** What was downloaded and chosen outlasts this core; the gate ends it. */
  readonly updates: LastingUpdates
  /** The data was found damaged while it was open. */
  readonly onDamage: (problem: string) => void
}

export type Core = {
  /** One call through the whole pipeline; throws AppError. */
  readonly call: Call
  readonly router: RpcRouter
  readonly identity: Identity
  readonly codeMailer: CodeMailer
  readonly lastUse: LastUse
  /** The picture of a person, for the door. */
  readonly picture: (userId: string) => ReturnType<typeof pictureOf>
  /** Reads for the gate, which has no call to make. */
  readonly read: <T>(work: (db: Db) => Promise<T>) => Promise<T>
  /** A command of the gate's own, recorded like any other. */
  readonly runCommand: <T>(
    command: { readonly name: string; readonly entities: readonly Entity[] },
    work: (context: CommandContext) => Promise<T>,
  ) => Promise<T>
  readonly sessions: Sessions
  /** Who can open the data has changed: its backups follow. */
  readonly openersChanged: () => Promise<void>
  /** Seals what encryption left in the clear, behind everything else. */
  readonly seal: BackupService['seal']
  /** Waits until no job is due: for tests and for a clean end. */
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
}

type Opened = { readonly database: OpenDatabase; readonly release: () => void }

const openLocked = async (options: CoreOptions): Promise<Opened> => {
  const lock = options.gate === undefined ? lockDirectory(options.directory) : { release: () => undefined }
  try {
    return {
      database: await openDatabase(options.directory, { ...options.storage, key: options.key ?? null }),
      release: lock.release,
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Opens a data directory and builds everything that is not Electron; AppError when it cannot be opened. */
export const openCore = async (options: CoreOptions): Promise<Core> => {
  const opened = await openLocked(options)
  try {
    return await buildCore(options, opened)
  } catch (error) {
    // Whoever tries again in this process must find the folder free.
    await opened.database.leaveAsFound()
    opened.release()
    throw error
  }
}

// Read with the first code that is mailed.
const mailerOfCodes = (parts: CodeMailerParts): CodeMailer => {
  const mailer = async () => (await import('./people/code-mailer.ts')).createCodeMailer(parts)
  return {
    send: async (userId) => (await mailer()).send(userId),
    sendToken: async (order) => (await mailer()).sendToken(order),
  }
}

const buildCore = async (options: CoreOptions, { database, release }: Opened): Promise<Core> => {
  const { log } = options
  const key = options.key ?? null
  const clock = options.clock ?? systemClock
  const ids = options.ids ?? systemIds
  const feed = createChangeFeed()
  const pdf = createPdfPool({ workerUrl: new URL(options.pdfWorkerUrl), fontDirectory: options.fontDirectory })
  const readings = createReadingPool({ workerUrl: options.readingWorkerUrl, file: database.file, key })
  const limited = createLimitedReads({ workerUrl: options.readingWorkerUrl, file: database.file, key })
  const reader = createEInvoiceReader(options.importWorkerUrl)
  const einvoiceMaker = createEInvoiceMaker(options.importWorkerUrl)
  const tables = createTableReader(options.importWorkerUrl)
  const bankFiles = createBankFileReader(options.importWorkerUrl)
  const record = { database, directory: options.directory, name: options.deviceName, clock, ids }
  const keys = key === null ? createFileKeyStore(options.directory) : createSealedKeyStore(options.directory, key)
  const { deviceId, signer } = await openDeviceRecord({ ...record, keys })
  const head = await keepHead({ ...record, deviceId, signer, feed, log })
  const sessions = await openSessions(database.reader, deviceId, clock)
  // The demo is played through the pipeline, which is made of engines: the call is tied when there is one.
  let call: Call = () => Promise.reject(new Error('The core is still opening.'))
  const createPool = () =>
    options.backupWorkerUrl === undefined ? createInlinePool() : createBackupPool(options.backupWorkerUrl)
  const backups = createBackupService({
    directory: options.directory,
    key,
    pool: createPool(),
    sealingPool: createPool(),
    clock,
    log,
    appVersion: options.version,
    headSeq: () => lastChange(database.reader),
    tell: (...said) => tellOfBackups({ db: database.reader, runSystemCommand, clock })(...said),
    ...(options.gate === undefined ? {} : { onDamage: options.gate.onDamage }),
  })
  const past = createPastViews({
    directory: options.directory,
    key,
    pool: createPool(),
    readingsOf: (file) => createReadingPool({ workerUrl: options.readingWorkerUrl, file, key }),
    limitedOf: (file) => createLimitedReads({ workerUrl: options.readingWorkerUrl, file, key }),
    clock,
    ids,
    log,
    allowed: async () => {
      const { rights } = await import('../shared/rights.ts')
      return Object.entries(rights).flatMap(([name, { kind }]) => (isRefusedInThePast(name, kind) ? [] : [name]))
    },
    note: (caller, at) =>
      recordAccess(
        { database, clock, ids },
        { ...caller, ...everywhere },
        {
          procedure: 'pointInTime.open',
          what: `The books as they were at ${at}`,
          input: {},
          isExport: false,
        },
      ),
  })
  const updates = options.gate?.updates ?? createHostUpdates({ ...options, clock })
  const engines: Engines = {
    backups,
    past,
    pdf,
    files: openFileStore(options.directory, key),
    secrets: options.secrets,
    signer,
    einvoices: reader,
    einvoiceMaker,
    bankFiles,
    tables,
    progress: createProgressBoard(),
    readings,
    changes: feed,
    codeMailer: { send: (userId) => codeMailer.send(userId), sendToken: (order) => codeMailer.sendToken(order) },
    personKeys: options.gate?.personKeys ?? noPersonKeys,
    updates,
    workspace: {
      version: options.version,
      deviceName: options.deviceName,
      directory: options.directory,
      demo: createDemoLoader((...parameters) => call(...parameters), clock),
    },
  }
  const runSystemCommand = createSystemCommand({
    database,
    sessions,
    clock,
    ids,
    engines,
    feed,
    onWork: () => runner.wake(),
  })
  const books = { db: database.reader, runSystemCommand, clock, log }
  const ensurePdf: EnsurePdf = async (...document) => {
    const { createEnsurePdf } = await import('./features/printed-documents.ts')
    return await createEnsurePdf({ ...books, engines })(...document)
  }
  const runner = createJobRunner({
    ...books,
    handlers: createJobHandlers({
      ...books,
      ensurePdf,
      signer,
      plan: (input) => readings.read('planCut', input),
      heads: () => expectedHeads(options.directory),
      files: engines.files,
      scrubber: () => createScrubber(database.writer),
      einvoiceFor: async (document) => {
        const { mailedEInvoice } = await import('./features/einvoices/mailed.ts')
        return await mailedEInvoice(database.reader, engines, document)
      },
      secrets: options.secrets,
    }),
  })
  const codeMailer = mailerOfCodes({ ...books, secrets: options.secrets, ids })
  const person = createIdentity({
    db: database.reader,
    sessions,
    clock,
    runSystemCommand,
    seal: createSeal(options.secrets),
    checkKey: options.gate?.checkKey ?? (() => Promise.resolve(null)),
    sessionDays: async (userId) => (await rulesFor(database.reader, userId)).sessionDays,
    idleMinutes: async (userId) => (await rulesFor(database.reader, userId)).idleMinutes,
  })
  // Whoever comes after this person finds no picture that was made for them.
  const identity: Identity = {
    ...person,
    leave: async (how) => {
      // First: whatever becomes of the pictures, nobody is there any more.
      try {
        await person.leave(how)
      } finally {
        await past.closeAll().catch((error: unknown) => log.error({ error }, 'looks into the past were not closed'))
      }
    },
  }
  const adopt = async (userId: string) => {
    const token = await identity.adopt(userId)
    await options.gate?.onAdopted(token)
  }
  const onWork = () => runner.wake()
  const lastUse = createLastUse({
    sessions,
    clock,
    log,
    write: (work) => database.writer.transaction().execute(work),
  })
  call = createPipeline({
    database,
    features,
    sessions,
    clock,
    ids,
    engines,
    feed,
    log,
    onWork,
    adopt,
    shadowOf,
    limited,
  })
  if (options.jobs !== false) {
    await runner.start()
    backups.start()
  }
  if (head.lost !== null) await tellOfShorterRecord(books, head.lost)
  updates.attach({ deviceId, beforeInstall: () => backups.backUp('before-update') })
  // Reads come of themselves in a window that is left open; what changes something, somebody did.
  const callAndNote: Call = async (name, ...rest) => {
    const answer = await call(name, ...rest)
    if (knownProcedure(name)?.kind === 'command') lastUse.note()
    return answer
  }
  return {
    call: callAndNote,
    router: createRouter(callAndNote),
    identity,
    codeMailer,
    lastUse,
    picture: async (userId) => {
      const { pictureOf: find } = await import('./features/users/pictures.ts')
      return await find(database.reader, engines.files, userId)
    },
    sessions,
    read: (work) => work(database.reader),
    runCommand: (command, work) => runSystemCommand({ ...command, organizationId: '' }, work),
    openersChanged: () => backups.openersChanged(),
    seal: backups.seal,
    settle: async () => {
      await lastUse.settle()
      await runner.settle()
    },
    close: async () => {
      if (options.gate === undefined) {
        await updates.atQuit()
        await updates.close()
      }
      updates.attach(null)
      await runner.close()
      await backups.close()
      await past.end()
      await pdf.close()
      await reader.close()
      await einvoiceMaker.close()
      await tables.close()
      await bankFiles.close()
      await readings.close()
      await limited.close()
      await head.close()
      await lastUse.settle()
      await database.close()
      release()
    },
  }
}

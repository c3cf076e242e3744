import { join } from 'node:path'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import type { DataKey } from '../../db/key.ts'
import { lockDirectory } from '../../db/lock.ts'
import { finishSwap } from '../../db/swap.ts'
import type { Envelope } from '../../shared/contract/index.ts'
import { findProcedure, knownProcedure } from '../../shared/contract/slices.ts'
import { AppError } from '../../shared/errors.ts'
import { createBackupPool } from '../backup/pool.ts'
import { type Core, openCore } from '../core.ts'
import { dropConversion } from '../keys/convert.ts'
import { hasKeyFile } from '../keys/key-file.ts'
import { looksEncrypted } from '../keys/lost-keys.ts'
import { createSealedSecretStore, retireForeignSecrets, type SealedSecretStore } from '../keys/sealed-secrets.ts'
import { createVault } from '../keys/vault.ts'
import type { Call, CallOptions } from '../rpc/pipeline.ts'
import { createRouter, type RpcRouter } from '../rpc/router.ts'
import { systemClock, systemIds } from '../rpc/time-and-ids.ts'
import { createHostUpdates } from '../updater/host-updates.ts'
import { createAccess } from './access.ts'
import { createBehind } from './behind.ts'
import { bringUpToDate } from './bring-up-to-date.ts'
import { createAttemptCounter } from './cold-attempts.ts'
import { either } from './either.ts'
import { createFrontDoor, type LockReason } from './front-door.ts'
import { answerGate, type GateFeatures, gateProcedures, movesDoor } from './gate-calls.ts'
import { createIdleWatch } from './idle.ts'
import { checkKeyOf, personKeysOf } from './person-keys.ts'
import { createLockOfClosed, createPutAside, refuseKnownDamage } from './put-aside.ts'
import { openRemembered } from './remembered.ts'
import { replacedBy } from './replaced-keys.ts'
import { createDoorState } from './state.ts'
import { releaseSecrets } from './take-over-secrets.ts'
import { createTurn } from './turn.ts'
import { createUnderWay } from './under-way.ts'
import type { GateOptions, GateWork } from './work.ts'

/** The one way into the product for a host: opens the data, says who may come in, and passes every call on. */
export type Gate = {
  readonly call: Call
  readonly router: RpcRouter
  /** Settled once the data is open, or waits for somebody to open it. */
  readonly ready: Promise<void>
  readonly isOpen: () => boolean
  /** What is wrong with the data, in words; null where it opens. */
  readonly problem: () => string | null
  /** Locks the screen, as the system does before it sleeps; nothing happens where nobody has a password. */
  readonly lock: (reason: 'system' | 'person') => Promise<void>
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
}

// Its own command changes the database and the keys, one after the other: with another one in between, or with a change
// of the encryption, a password would be written that opens nothing.
const changesKeys: ReadonlySet<string> = new Set(['users.setPassword'])

const unexpected = (error: unknown) =>
  new AppError('UNEXPECTED', `The data could not be opened: ${error instanceof Error ? error.message : String(error)}`)

/** Opens the gate of a data folder; AppError STORAGE_UNAVAILABLE where another process has it. */
export const openGate = (options: GateOptions): Gate => {
  const { directory } = options
  const clock = options.clock ?? systemClock
  const ids = options.ids ?? systemIds
  const file = join(directory, 'counterfoil.db')
  const lockOfFolder = lockDirectory(directory)
  const door = createFrontDoor()
  const vault = createVault({
    directory,
    keychain: options.keychain,
    clock,
    ids,
    onChange: () => behind.openersChanged(),
    onExposed: (problem) => options.log.warn({ problem }, 'the key file was open to others; what is in it is wrapped'),
  })
  const remembered = openRemembered(directory)
  const pool = createBackupPool(options.backupWorkerUrl)
  const updates = createHostUpdates({ ...options, clock })
  const left = new Int32Array(new SharedArrayBuffer(4))

  let core: Core | null = null
  let token: string | null = null
  let keyOfCore: Buffer | null = null
  let encrypted = false
  let sealed: SealedSecretStore | null = null
  const inTurn = createTurn()
  const underWay = createUnderWay()

  const keepToken: GateWork['keepToken'] = async (given, until) => {
    token = given
    if (until === 'closed') await remembered.forgetToken()
    else await remembered.keepToken({ token: given, stays: until === 'over' })
  }

  // The core has a key of its own until it is closed: a lock empties that of the vault.
  const openWith = async (held: DataKey): Promise<Core> => {
    const key = held === null ? null : Buffer.from(held)
    keyOfCore?.fill(0)
    keyOfCore = key
    await retireForeignSecrets(join(directory, 'secrets'), key, clock.now())
    sealed = key === null ? null : createSealedSecretStore(join(directory, 'secrets'), key, options.secrets)
    const { keychain: _keychain, client: _client, ...rest } = options
    return await openCore({
      ...rest,
      secrets: sealed ?? options.secrets,
      key,
      gate: {
        checkKey: checkKeyOf(vault, () => (encrypted ? core : null)),
        onAdopted: async (given) => {
          await keepToken(given, 'idle')
          await touch()
          door.set({})
        },
        personKeys: personKeysOf(
          vault,
          () => encrypted,
          () => behind.noteKeys(),
        ),
        updates,
        onDamage: (problem) => void inTurn(() => putAside(problem)),
      },
    })
  }

  const open = async (): Promise<Core> => {
    door.set({ phase: 'opening', problem: null })
    try {
      encrypted = vault.key() !== null
      await refuseKnownDamage(pool, directory, vault.key())
      await bringUpToDate({ directory, pool, door, left }, vault.key())
      core = await openWith(vault.key())
      door.set({ phase: 'open', work: null, reason: null })
      return core
    } catch (error) {
      const problem = error instanceof AppError ? error : unexpected(error)
      options.log.error({ error }, 'the data could not be opened')
      keyOfCore?.fill(0)
      door.fail(problem)
      throw problem
    }
  }

  const closeCore = async (beforeEnd?: () => Promise<void>) => {
    const closing = core
    core = null
    await underWay.end()
    await beforeEnd?.()
    await closing?.close().finally(() => keyOfCore?.fill(0))
  }

  const putAside = createPutAside({ ...options, clock, door, isOpen: () => core !== null, closeCore })
  const lockClosed = createLockOfClosed({ door, vault, remembered })

  const resume = async () => {
    // In the same run the watch for a screen that was left says when it is over.
    const kept = token === null ? await remembered.token() : { token, stays: true }
    if (core === null || kept === null || !core.sessions.needsSignIn()) return
    if (await core.identity.resume(kept.token, kept.stays ? 'always' : 'within-idle')) {
      token = kept.token
      core.lastUse.note()
    } else await remembered.forgetToken()
  }

  const doorState = createDoorState({
    directory,
    door,
    vault,
    remembered,
    keychainWarning: options.keychain.warning,
    core: () => core,
    isEncrypted: () => encrypted,
  })

  const lock = async (reason: LockReason) => {
    if (core === null) {
      if (Atomics.load(left, 0) === 1) return
      token = null
      idle.stop()
      sealed?.forget()
      sealed = null
      return await lockClosed(reason)
    }
    if (!core.sessions.needsSignIn()) return
    idle.stop()
    const leaving = leave(core)
    // First of all: nobody reads on behind a lock that waits for what is under way, and none fails to lock.
    door.set(encrypted ? { phase: 'locked', reason } : { reason })
    const failed = await leaving
    if (encrypted) {
      await closeCore().finally(() => {
        vault.lock()
        sealed?.forget()
        sealed = null
      })
    } else await underWay.end()
    door.set({ reason })
    if (failed !== undefined) throw failed.reason
  }

  const leave = async ({ identity }: Core): Promise<PromiseRejectedResult | undefined> => {
    token = null
    const outcomes = await Promise.allSettled([identity.leave('locked'), remembered.forgetToken()])
    return outcomes.find((outcome) => outcome.status === 'rejected')
  }

  const stepBack = async () => {
    const left = core === null ? undefined : leave(core)
    door.set({ reason: 'person' })
    const failed = await left
    await underWay.end()
    await touch()
    door.set({})
    if (failed !== undefined) throw failed.reason
  }

  const behind = createBehind({
    log: options.log,
    directory,
    vault,
    inTurn,
    core: () => core,
    sealed: () => sealed,
  })

  const idle = createIdleWatch({
    clock,
    every: options.every,
    onIdle: () => {
      // Whoever left an import running comes back to it: it is not cut off, the lock waits for it.
      if (core !== null && underWay.isBusy()) return void touch()
      inTurn(() => lock('idle')).catch((error: unknown) => options.log.error({ error }, 'locking failed'))
    },
  })

  const touch = async (): Promise<number | null> => {
    // Stepped back from, encrypted data is still open: it is closed once nobody has been there for a while.
    const minutes = core?.sessions.current()?.id || encrypted ? await doorState.idleMinutes() : null
    idle.touch(minutes)
    return minutes
  }

  const whileClosed: GateWork['whileClosed'] = async (title, work) => {
    door.set({ phase: 'working', work: { title, done: 0, total: 0 } })
    await closeCore()
    try {
      await work()
    } finally {
      await open()
      await resume()
      await touch()
      door.set({})
    }
  }

  const replaceData: GateWork['replaceData'] = async (title, otherKeys, replace) => {
    const before = door.standing()
    door.set({ phase: 'working', work: { title, done: 0, total: 0 } })
    await closeCore()
    try {
      const result = await replace()
      if (otherKeys) vault.lock()
      return result
    } catch (error) {
      door.set({ ...before, work: null })
      throw error
    } finally {
      door.set({ work: null })
      await start()
    }
  }

  const work: GateWork = {
    options,
    door,
    vault,
    // In the clear there are no keys to be tried.
    attempts: createAttemptCounter(remembered, clock, async () =>
      encrypted || hasKeyFile(directory) ? (await vault.people()).map(({ userId }) => userId) : [],
    ),
    pool,
    core: () => {
      if (core === null) throw new AppError('LOCKED', 'The data is not open.')
      return core
    },
    isOpen: () => core !== null,
    isEncrypted: () => encrypted,
    openCore: open,
    closeCore,
    whileClosed,
    replaceData,
    keepToken,
    forgetToken: async () => {
      token = null
      idle.stop()
      await remembered.forgetToken()
    },
    lock,
    stepBack,
    restart: async () => await start(),
    sweep: behind.sweep,
    noteKeys: behind.noteKeys,
    strengthen: behind.strengthen,
    releaseSecrets: () => releaseSecrets({ directory, key: vault.key(), sealed, pool, log: options.log }),
    state: doorState.read,
    touch,
    lookIdle: idle.look,
  }

  const start = async () => {
    try {
      finishSwap(directory)
      dropConversion(directory)
      // A change of the encryption that was cut off left the key of data that is in the clear: kept under its own name.
      if (isPlainDatabase(file)) await vault.retire()
      const needsKey = vault.key() === null && looksEncrypted(directory)
      const opened = needsKey ? await vault.openWithKeychain() : null
      if (needsKey && opened === null) {
        encrypted = true
        return door.lockAtStart(await vault.lost())
      }
      const openedCore = await open()
      // By the keychain of an earlier day nobody goes on unasked.
      if (opened !== null && (await replacedBy(openedCore, opened, '')) !== null) await remembered.forgetToken()
      await resume()
      // The keychain opens the data for a session, not for whoever comes after it.
      if (encrypted && core?.sessions.current() === null) await lock('over')
      await touch()
      if (encrypted) behind.sweep()
      door.set(core?.sessions.current() === null ? { reason: 'start' } : {})
    } catch (error) {
      if (door.standing().phase !== 'damaged') door.fail(error instanceof AppError ? error : unexpected(error))
    }
  }

  const passOn = async (name: string, envelope: Envelope, given: CallOptions): Promise<unknown> => {
    const procedure = knownProcedure(name) ?? (await findProcedure(name))
    if (core === null) {
      const { phase, problem } = door.standing()
      if (phase === 'opening') await ready
      if (core === null) throw new AppError('LOCKED', problem?.message ?? 'Counterfoil is locked. Sign in to go on.')
    }
    const signal = procedure?.kind === 'stream' ? either(given.signal, underWay.lifetime()) : given.signal
    const { sessions, call: answer } = core
    const owed = sessions.owes()
    try {
      return await underWay.run(() => answer(name, envelope, signal === undefined ? given : { ...given, signal }))
    } finally {
      const owes = sessions.owes()
      if (owes !== owed) {
        // Whoever begins to owe something follows nothing any more.
        if (owes !== null) underWay.stopStreams()
        door.set({})
      }
    }
  }

  // What opens, closes or replaces the data never meets another that does.
  const inOrder = <T>(name: string, work: () => Promise<T>) => (movesDoor(name) ? inTurn(work) : work())

  const access = createAccess(work)
  const features: GateFeatures = {
    access: () => Promise.resolve(access),
    recovery: async () => (await import('./recovery.ts')).createRecovery(work),
  }
  const call: Call = (name, envelope, given = {}) =>
    gateProcedures.has(name)
      ? inOrder(name, () => answerGate(features, options.log, name, envelope, given))
      : changesKeys.has(name)
        ? inTurn(() => passOn(name, envelope, given))
        : passOn(name, envelope, given)

  const ready = inTurn(start)
  return {
    call,
    router: createRouter(call),
    ready,
    isOpen: () => core !== null,
    problem: () => door.standing().problem?.message ?? null,
    lock: (reason) => inTurn(() => lock(reason)),
    settle: async () => {
      await behind.settle()
      await core?.settle()
    },
    close: async () => {
      Atomics.store(left, 0, 1)
      await ready
      await inTurn(() => Promise.resolve())
      idle.stop()
      // Only here: a lock closes the data too, and it comes back.
      await closeCore(() => updates.atQuit())
      await updates.close()
      await pool.close()
      vault.lock()
      lockOfFolder.release()
    },
  }
}

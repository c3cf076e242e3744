import { join } from 'node:path'
import { isPlainDatabase } from '../../db/inspect-file.ts'
import type { DataKey } from '../../db/key.ts'
import type { KeysOfSwap } from '../../db/swap.ts'
import { AppError } from '../../shared/errors.ts'
import { installationOf } from '../backup/installation.ts'
import { type FoundBackup, listBackups, lookAt } from '../backup/place.ts'
import type { RestoreResult } from '../backup/restore.ts'
import { readState, writeState } from '../backup/state.ts'
import type { Core } from '../core.ts'
import { backupsAt, toFound, toHeld, toPreview } from '../features/backups.ts'
import { rebuildSummaries } from '../features/integrity/rebuild.ts'
import { sweepSealedFiles } from '../keys/convert.ts'
import { keyFileSchema, lookAtKeyFile, readKeyFile } from '../keys/key-file.ts'
import { looksEncrypted, opensDatabase } from '../keys/lost-keys.ts'
import { aboutOtherKeys, isOtherKeyFile } from '../keys/other-data.ts'
import { readRecoveryCode } from '../keys/recovery-code.ts'
import { openSlot } from '../keys/slots.ts'
import { assertOwesNothing } from '../people/owed.ts'
import { isFresh } from '../people/sessions-store.ts'
import { keepFirstBusiness, type Reach, reachOf } from '../people/workstation.ts'
import { systemClock } from '../rpc/time-and-ids.ts'
import type { GateHandlers } from './gate-calls.ts'
import { keepOpeners } from './openers.ts'
import type { GateWork } from './work.ts'

// Without its key nothing tells whether anything else is wrong.
const withoutKeys = {
  what: 'The key file of the data, keys.json, is missing or cannot be read, and no backup has a copy of it.',
  todo: 'Put keys.json back from a copy of the data folder and try again, or go back to a backup from before the encryption.',
}

// One that somebody else just holds may be as good as ever.
const heldKeys = (what: string) => ({
  what,
  todo: 'Nothing else is known to be wrong. See that the file can be read, and try again.',
})

type Opened = { readonly key: DataKey; readonly keys: KeysOfSwap }

// The sums of a damaged file are those of rows of which some are lost.
const rebuildAll = async (core: Core) => {
  const organizations = await core.read((db) => db.selectFrom('organizations').select('id').execute())
  for (const { id } of organizations) {
    await core.runCommand({ name: 'recovery.rebuild', entities: ['clients', 'invoices', 'payments'] }, ({ trx }) =>
      rebuildSummaries(trx, id),
    )
  }
}

/** Going back to a backup, and the ladder for data that does not open. */
export const createRecovery = (work: GateWork): GateHandlers['recovery'] => {
  const { options, vault, door, pool } = work
  const { directory } = options
  const clock = options.clock ?? systemClock

  // Data that does not open knows nobody: whoever has the folder and, encrypted, its key may mend it. Open data knows
  // who may, and asks for the password again.
  const mayReach = async (changes: boolean): Promise<Reach> => {
    if (!work.isOpen()) {
      const { phase, problem } = door.standing()
      if (phase === 'damaged' || (phase === 'locked' && problem !== null)) return 'everything'
      throw new AppError('LOCKED', 'Sign in first.')
    }
    const core = work.core()
    const session = core.sessions.current()
    if (session === null) throw new AppError('LOCKED', 'Sign in first.')
    assertOwesNothing(core.sessions.owes())
    const reach = await core.read((db) => reachOf(db, session.userId))
    if (reach !== 'everything' && reach.size === 0) {
      throw new AppError('FORBIDDEN', 'You may not go back to a backup.')
    }
    if (changes && session.id !== null && !isFresh(session.provedAt, clock.now())) {
      throw new AppError('REAUTHENTICATE', 'Enter your password again to do this.')
    }
    return reach
  }

  const assertReaches = (reach: Reach, organizationId: string | null) => {
    if (reach === 'everything' || (organizationId !== null && reach.has(organizationId))) return
    throw new AppError(
      'FORBIDDEN',
      organizationId === null
        ? 'Only an owner of this workstation goes back to all of a backup. Choose one business of yours.'
        : 'The backups of this business are not yours to bring back.',
    )
  }

  const known = (): FoundBackup[] => {
    const { secondPlace } = readState(directory).settings
    return [...listBackups(join(directory, 'backups')), ...(secondPlace === null ? [] : listBackups(secondPlace))]
  }

  const placeOf = (file: string) => {
    const { secondPlace } = readState(directory).settings
    if (file.startsWith(join(directory, 'backups'))) return 'main' as const
    return secondPlace !== null && file.startsWith(secondPlace) ? ('second' as const) : ('named' as const)
  }

  /** The key of a backup: none, the present one, or what the secret of its own time opens. */
  const keyOf = async (file: string, secret: string | null): Promise<Opened> => {
    const head = lookAt(file)?.head ?? null
    // A bare copy of the database says by itself whether it is in the clear.
    if (head === null && !isPlainDatabase(file)) return { key: vault.key(), keys: { kind: 'keep' } }
    if (head === null || !head.encrypted) return { key: null, keys: { kind: 'none' } }
    const keys = keyFileSchema.safeParse(head.keys)
    const present = await readKeyFile(directory).catch(() => null)
    const held = vault.key()
    if (!keys.success || (held !== null && present?.keyId === keys.data.keyId)) {
      return { key: held, keys: { kind: 'keep' } }
    }
    const said = secret === null ? '' : (readRecoveryCode(secret) ?? secret)
    // An invitation opened the data for a day, never its backups.
    const slots = keys.data.slots.filter(({ kind }) => kind !== 'token')
    for (const slot of said === '' ? [] : slots) {
      const key = await openSlot(keys.data.keyId, slot, said)
      if (key === null) continue
      const isSame = present?.keyId === keys.data.keyId
      return { key, keys: isSame ? { kind: 'keep' } : { kind: 'replace', text: JSON.stringify(head.keys, null, 2) } }
    }
    const message =
      secret === null
        ? 'This backup is encrypted. Enter the recovery code, or a password, of its time.'
        : 'Neither a recovery code nor a password of this backup. Check each group.'
    throw new AppError('LOCKED', message, { fields: { secret: message } })
  }

  /** Whether what opened a backup opens the data too, which is closed: then only its key file is gone. */
  const isOfPresent = ({ key, keys }: Opened): boolean =>
    !work.isOpen() && keys.kind === 'replace' && key !== null && opensDatabase(directory, key)

  // Going back would lose what was done since, for nothing.
  const refuseWhole = async (opened: Opened) => {
    const { key, keys } = opened
    if (!isOfPresent(opened) || keys.kind !== 'replace' || key === null) return
    await vault.putBack(keyFileSchema.parse(JSON.parse(keys.text)), Buffer.from(key))
    vault.lock()
    await work.restart()
    throw new AppError(
      'INVALID_STATE',
      'Nothing has to be restored: only the key file of the data was gone, and it has been put back. Sign in.',
    )
  }

  const isEncrypted = () => vault.key() !== null || looksEncrypted(directory)

  // Whose passwords open the data with the key that is at hand.
  const openers = async (): Promise<readonly string[] | null> => {
    if (vault.key() === null) return null
    const people = await vault.people().catch(() => [])
    return people.map(({ userId }) => userId)
  }

  // The data is in the clear from now on: what lay under its key goes with it, as far as that key is at hand.
  const leaveEncryption = async () => {
    await work.releaseSecrets().catch((error: unknown) => options.log.error({ error }, 'secrets were not released'))
    sweepSealedFiles(directory)
  }

  // Whoever came after the backup is not in it: their password opens nothing that they could sign in to.
  const keepKeysOf = async (people: readonly string[] | null) => {
    if (vault.key() === null || people === null) return
    await keepOpeners(vault, people)
  }

  // For whoever comes after it: it has happened, whatever becomes of this note.
  const keepOutcome = (file: string, at: string, { aside, missing, replayed, entry }: RestoreResult) => {
    try {
      const restored = { at, createdAt: lookAt(file)?.createdAt ?? at, aside, missing: missing.length, replayed, entry }
      writeState(directory, { ...readState(directory), restored })
    } catch (error) {
      options.log.error({ error }, 'what a restore came to was not kept')
    }
  }

  const restoreOne = async (source: string, key: DataKey, organizationId: string) => {
    if (!work.isOpen()) {
      throw new AppError('INVALID_STATE', 'The present data does not open: go back to the whole backup.')
    }
    // Brought from elsewhere, a business may be older than all that are here.
    await work.core().runCommand({ name: 'recovery.keep-first', entities: ['settings'] }, keepFirstBusiness)
    const by = work.core().sessions.current()?.userId ?? null
    const plan = { directory, source, key, presentKey: vault.key(), organizationId, at: clock.now(), by }
    const title = 'Bringing the business back'
    const { aside, missing, milliseconds } = await work.replaceData(title, false, () =>
      pool.run('restoreBusiness', plan, ({ done, total }) => door.set({ work: { title, done, total } })),
    )
    return { aside, missing: missing.length, milliseconds, replayed: null, entry: null, state: await work.state() }
  }

  const aboutKeys = () =>
    vault.lost().then(
      () => withoutKeys,
      (error: unknown) =>
        isOtherKeyFile(error)
          ? aboutOtherKeys(directory)
          : lookAtKeyFile(directory).then(
              () => withoutKeys,
              (held: unknown) => (held instanceof AppError ? heldKeys(held.message) : withoutKeys),
            ),
    )

  const assertDamaged = () => {
    const { phase } = door.standing()
    if (phase === 'damaged') return
    if (phase === 'locked')
      throw new AppError('LOCKED', 'Sign in first. Whether anything is wrong with the data shows then.')
    throw new AppError('INVALID_STATE', 'Nothing is wrong with the data.')
  }

  return {
    diagnose: async () => {
      assertDamaged()
      const { faults, canSalvage, ...told } = await pool.run('diagnose', { directory, key: vault.key() })
      const { what, todo } = vault.key() === null && looksEncrypted(directory) ? await aboutKeys() : told
      return { what, todo, faults: [...faults], canSalvage, directory }
    },

    backups: async ({ path }) => {
      await mayReach(false)
      const { unsound } = readState(directory)
      const own = installationOf(directory)
      const found = path === null || path === '' ? known() : backupsAt(path)
      return {
        rows: found.map((backup) => toFound(backup, placeOf(backup.file), !unsound.includes(backup.file), own)),
      }
    },

    preview: async ({ file, secret }) => {
      const reach = await mayReach(false)
      const opened = await keyOf(file, secret)
      const { key } = opened
      const presentKey = isOfPresent(opened) ? key : vault.key()
      const about = { isEncrypted: isEncrypted(), openers: await openers() }
      const preview = await pool.run('preview', { directory, source: file, key, presentKey, ...about })
      return toPreview(preview, installationOf(directory), reach)
    },

    restore: async ({ file, secret, organizationId, replay, numbers }) => {
      assertReaches(await mayReach(true), organizationId)
      const opened = await keyOf(file, secret)
      await refuseWhole(opened)
      const { key, keys } = opened
      if (organizationId !== null) return await restoreOne(file, key, organizationId)
      const at = clock.now()
      await pool.run('checkPaper', { source: file, key, numbers, at })
      const presentKey = vault.key()
      const isSound = work.isOpen()
      const by = isSound ? (work.core().sessions.current()?.userId ?? null) : null
      const title = 'Restoring the backup'
      const about = { isEncrypted: isEncrypted(), sealsFor: (await openers()) ?? [], numbers }
      const result = await work.replaceData(title, keys.kind === 'replace', async () => {
        // Data that is damaged is brought back all the same: the recovery code opens it.
        const asks = keys.kind === 'keep' && presentKey !== null && isSound
        const mustOpen = asks ? { openers: about.sealsFor } : {}
        const plan = { directory, source: file, key, keys, at, presentKey, by, replays: replay, ...about, ...mustOpen }
        const restored = await pool.run('restore', plan, ({ done, total }) =>
          door.set({ work: { title, done, total } }),
        )
        keepOutcome(file, at, restored)
        if (keys.kind === 'keep' || restored.entry.encryption === 'sealed') await keepKeysOf(restored.people)
        else if (keys.kind === 'none') {
          await leaveEncryption()
          vault.lock()
        }
        return restored
      })
      const { aside, missing, milliseconds, replayed, entry } = result
      return { aside, missing: missing.length, milliseconds, replayed, entry, state: await work.state() }
    },

    salvage: async () => {
      assertDamaged()
      const title = 'Reading what is left'
      const { tables, facts, aside } = await pool.run(
        'salvage',
        { directory, key: vault.key(), at: clock.now() },
        ({ done, total }) => door.set({ work: { title, done, total } }),
      )
      door.set({ work: null })
      return { tables: [...tables], holds: toHeld(facts), aside }
    },

    acceptSalvage: async () => {
      assertDamaged()
      const at = clock.now()
      const aside = await work.replaceData('Putting it in place', false, () =>
        pool.run('acceptSalvage', { directory, at }),
      )
      if (work.isOpen()) await rebuildAll(work.core())
      return { aside, state: await work.state() }
    },
  }
}

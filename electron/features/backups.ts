import { existsSync, statSync } from 'node:fs'
import { dirname, isAbsolute, resolve, sep } from 'node:path'
import type { DatabaseFacts } from '../../db/facts.ts'
import type { BackupStatus as Answer, BackupPreview, FoundBackup, Held } from '../../shared/contract/backups.ts'
import { AppError } from '../../shared/errors.ts'
import { type FoundBackup as Lying, listBackups, lookAt } from '../backup/place.ts'
import type { Preview } from '../backup/preview.ts'
import type { BackupService } from '../backup/service.ts'
import type { PlaceState } from '../backup/state.ts'
import { assertOwnsWorkstation, type Reach, reachOf } from '../people/workstation.ts'
import { type Handlers, withPreparation } from '../rpc/context.ts'

const toPlace = (
  folder: string,
  { last, problem }: PlaceState,
  more: Pick<Answer['main'], 'keysPending' | 'otherOpeners' | 'inClear' | 'formerly'>,
): Answer['main'] => ({ folder, last, problem, ...more })

const nameOf = (file: string) => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)

const statusOf = async (backups: BackupService): Promise<Answer> => {
  const { state, running, nextAt, mainFolder, openersPending, isEncrypted } = await backups.status()
  const { secondPlace, automatic } = state.settings
  const of = (place: 'main' | 'second') => ({
    keysPending: openersPending[place],
    otherOpeners: isEncrypted ? state.otherOpeners[place] : 0,
    inClear: isEncrypted ? state.inClear[place] : null,
    formerly: place === 'second' ? state.formerly : 0,
  })
  return {
    automatic,
    main: toPlace(mainFolder, state.places.main, of('main')),
    second: secondPlace === null ? null : toPlace(secondPlace, state.places.second, of('second')),
    nextAt,
    drill: state.drill === null ? null : { ...state.drill, name: nameOf(state.drill.file) },
    check: state.check,
    restored: state.restored,
    running,
  }
}

/** A backup as people see it; `own` names the installation that looks. */
export const toFound = (
  { head, ...backup }: Lying,
  place: FoundBackup['place'],
  sound: boolean,
  own: string | null,
): FoundBackup => ({
  ...backup,
  place,
  sound,
  encrypted: head?.encrypted ?? false,
  elsewhere: head !== null && head.installation !== null && head.installation !== own,
})

/** What a database holds, for a person to recognize. */
export const toHeld = ({ schemaVersion, organizations, head }: DatabaseFacts): Held => ({
  schemaVersion,
  organizations,
  lastAt: head?.at ?? null,
})

type Lost = NonNullable<BackupPreview['lost']>

const sumOf = (all: readonly (Lost | null)[]): Lost | null => {
  const known = all.filter((lost) => lost !== null)
  // Of one that is not known nothing can be said of all.
  if (known.length < all.length || known.length === 0) return null
  const sum = (count: (lost: Lost) => number) => known.reduce((total, lost) => total + count(lost), 0)
  return {
    documents: sum(({ documents }) => documents),
    payments: sum(({ payments }) => payments),
    clients: sum(({ clients }) => clients),
    other: sum(({ other }) => other),
    erasures: sum(({ erasures }) => erasures),
    issued: known.flatMap(({ issued }) => issued),
    leftAt: known[0]?.leftAt ?? null,
  }
}

/** A preview as somebody sees it who reaches as far as that. */
export const toPreview = (
  { backup, facts, present, lost, lostOf, replayable, entry, series }: Preview,
  own: string | null,
  reach: Reach,
): BackupPreview => {
  const isReached = (id: string) => reach === 'everything' || reach.has(id)
  const heldOf = (all: DatabaseFacts): Held => {
    const held = toHeld(all)
    return { ...held, organizations: held.organizations.filter(({ id }) => isReached(id)) }
  }
  const reached = Object.entries(lostOf).filter(([id]) => isReached(id))
  return {
    backup: toFound(backup, 'named', true, own),
    holds: heldOf(facts),
    present: present === null ? null : heldOf(present),
    lost: reach === 'everything' ? lost : sumOf(reached.map(([, each]) => each)),
    lostOf: Object.fromEntries(reached),
    replayable,
    entry,
    // One business alone comes back beside what is known here.
    series: reach === 'everything' ? [...series] : [],
    everything: reach === 'everything',
  }
}

/** The backups of a folder or the one file that somebody names; AppError NOT_FOUND where there are none. */
export const backupsAt = (path: string): Lying[] => {
  const place = resolve(path)
  if (!isAbsolute(path) || !existsSync(place)) {
    throw new AppError('NOT_FOUND', `There is nothing at ${path}. Plug its disk in, or name the whole path.`)
  }
  const found = statSync(place).isDirectory() ? listBackups(place) : [lookAt(place)].filter((it) => it !== null)
  if (found.length === 0) throw new AppError('NOT_FOUND', `There is no backup in ${path}.`)
  return found
}

const assertFolder = (folder: string | null, main: string) => {
  if (folder === null) return null
  const place = resolve(folder)
  const refuse = (message: string) => new AppError('VALIDATION', message, { fields: { secondPlace: message } })
  if (!isAbsolute(folder)) throw refuse('Name the whole path of the folder.')
  const data = dirname(main)
  if (place === data || place.startsWith(`${data}${sep}`)) {
    throw refuse('Choose a folder outside the data folder: on another disk, a USB stick or a synced folder.')
  }
  if (!existsSync(place) && !existsSync(dirname(place)))
    throw refuse('This folder is not there. Plug its disk in first.')
  if (existsSync(place) && !statSync(place).isDirectory()) throw refuse('This is a file. Choose a folder.')
  return place
}

const whereTheyGo = 'Backups hold every business kept here: only an owner of this workstation decides where they go.'

/** Copies of everything, where they lie and whether they could be restored. */
export const backups: Handlers<'backups'> = {
  status: ({ engines }) => statusOf(engines.backups),

  list: async ({ engines }, { path }) => {
    const own = engines.backups.installation()
    const known = engines.backups.list().map(({ place, sound, ...backup }) => toFound(backup, place, sound, own))
    if (path === null) return { rows: known }
    return await Promise.resolve({ rows: backupsAt(path).map((backup) => toFound(backup, 'named', true, own)) })
  },

  preview: async ({ engines, db, userId }, { file }) => {
    const reach = await reachOf(db, userId)
    return toPreview(await engines.backups.preview(file), engines.backups.installation(), reach)
  },

  // The copying comes before the transaction, which only records who asked for it.
  create: withPreparation({
    prepare: async ({ engines }) => {
      await engines.backups.backUp('manual')
      return await statusOf(engines.backups)
    },
    run: (_context, _input, status) => Promise.resolve(status),
  }),

  verify: withPreparation({
    prepare: async ({ engines }, { file }) => {
      const verified = await engines.backups.verify(file)
      if (verified.sound) return { sound: true, faults: [], missing: verified.missing.length }
      return { sound: false, faults: [...verified.faults], missing: 0 }
    },
    run: (_context, _input, result) => Promise.resolve(result),
  }),

  drill: withPreparation({
    prepare: async ({ engines }) => {
      await engines.backups.drill()
      return await statusOf(engines.backups)
    },
    run: (_context, _input, status) => Promise.resolve(status),
  }),

  takeOver: withPreparation({
    prepare: async ({ engines }) => {
      await engines.backups.takeOver()
      return await statusOf(engines.backups)
    },
    run: (_context, _input, status) => Promise.resolve(status),
  }),

  beginAnew: withPreparation({
    prepare: async ({ engines, db, userId }) => {
      await assertOwnsWorkstation(db, userId, whereTheyGo)
      await engines.backups.beginAnew()
      return await statusOf(engines.backups)
    },
    run: (_context, _input, status) => Promise.resolve(status),
  }),

  setSettings: withPreparation({
    prepare: async ({ engines, db, userId }, { automatic, secondPlace }) => {
      await assertOwnsWorkstation(db, userId, whereTheyGo)
      const { mainFolder } = await engines.backups.status()
      return { automatic, secondPlace: assertFolder(secondPlace, mainFolder) }
    },
    run: async ({ engines }, _input, settings) => {
      engines.backups.setSettings(settings)
      return await statusOf(engines.backups)
    },
  }),
}

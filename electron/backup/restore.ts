import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { storageError } from '../../db/errors.ts'
import { examineFile } from '../../db/examine.ts'
import type { DatabaseFacts } from '../../db/facts.ts'
import { isOwnLog } from '../../db/inspect-log.ts'
import type { DataKey } from '../../db/key.ts'
import { openConnection } from '../../db/open.ts'
import { rekeyFile } from '../../db/rekey.ts'
import { type Replayable, unknownReplay } from '../../db/replay.ts'
import { type AfterStep, finishSwap, type KeysOfSwap, swapDatabase } from '../../db/swap.ts'
import { AppError } from '../../shared/errors.ts'
import { acceptEarlierRecord, readHeads } from '../record/head-file.ts'
import { bringBackup } from './bring.ts'
import { needSpace } from './durable.ts'
import { carryCredentials, endAccesses, type PresentState, readPresent } from './end-accesses.ts'
import { type Entry, entryAfter, peopleIn, toPeople } from './entry.ts'
import { keepCounting } from './keep-counting.ts'
import { copyKept, keptCheck, missingBytes } from './kept-files.ts'
import { goOnFromPaper, type PaperNumber } from './paper-numbers.ts'
import { databaseIn, lookAt } from './place.ts'
import { replayDamaged } from './replay.ts'
import { closeScratch, runScratchCommand } from './scratch-command.ts'
import { sealKept } from './seal-kept.ts'
import { stopMail } from './stop-mail.ts'
import { tellOfPeople } from './tell-people.ts'

/** One restore of a whole data folder, carried out while its database is closed. */
export type RestorePlan = {
  /** The data folder. */
  readonly directory: string
  /** The backup. */
  readonly source: string
  /** The key of the backup. */
  readonly key: DataKey
  /** What becomes of keys.json: kept where the key is the present one, else that of the backup's manifest. */
  readonly keys: KeysOfSwap
  /** The instant that names the folder with the database that was there. */
  readonly at: string
  /** The key of the present database, where it is at hand: the passwords in it hold on. */
  readonly presentKey?: DataKey
  /** Who asked for it. */
  readonly by?: string | null
  /** Whose passwords open the data now: one of them has to be able to sign in afterwards. Left out: it does not matter. */
  readonly openers?: readonly string[]
  /** Of a backup in the clear, where the present data is encrypted and its key at hand: whose passwords open it now. */
  readonly sealsFor?: readonly string[]
  /** Whether the present data is encrypted, also where its key is not at hand. */
  readonly isEncrypted?: boolean
  /** The last numbers on paper of series whose counters of now are not known. */
  readonly numbers?: readonly PaperNumber[]
  /** Of a damaged present database: what its log says was done since is done again, as far as the record proves it. */
  readonly replays?: boolean
}

export type RestoreResult = {
  readonly facts: DatabaseFacts
  /** Where the database that was there is kept: a folder within the data folder. */
  readonly aside: string
  /** Kept files that the backup should have brought and that are nowhere. */
  readonly missing: readonly string[]
  /** Whom the data knows now; null where nobody ever opened it. */
  readonly people: readonly string[] | null
  /** What became of who may come in. */
  readonly entry: Entry
  /** What was done again from the log of the damaged database, and why no more; null where it was not looked at. */
  readonly replayed: Replayable | null
  readonly milliseconds: number
}

export type RestoreStep = 'copying' | 'files' | 'swapping' | 'done'

/** The folder, within the data folder, that keeps what a restore or a salvage took the place of. */
export const asideFolder = (at: string): string => `replaced/${at.slice(0, 19).replaceAll(':', '-')}Z`

/** The folder, within the data folder, in which a database is made ready before it takes the place of another. */
export const scratchFolder = (directory: string): string => join(directory, 'incoming')

// No device ever opened it: nobody can have signed in.
const wasOpened = (folder: string, key: DataKey): boolean => {
  const database = openConnection(databaseIn(folder), { readonly: true, key })
  try {
    return database.prepare('SELECT id FROM devices LIMIT 1').get() !== undefined
  } finally {
    database.close()
  }
}

const noneCouldOpen = () =>
  new AppError(
    'INVALID_STATE',
    'Nobody whose password opens the data now is in this backup. Let somebody who is in it set a password first, or bring back one business only. Nothing was changed.',
  )

/**
 * Ends, in the copy of a backup in `folder`, what let people in on its day; what does now goes on to. Before anybody can
 * come in. Gives who may then; null where nobody ever opened it.
 */
export const endThatDay = async (
  plan: Omit<RestorePlan, 'source'>,
  folder: string,
  createdAt: string,
  readNow: () => Promise<PresentState | null>,
  isOfThen = false,
): Promise<readonly string[] | null> => {
  const { directory, key, by = null, at, openers, numbers = [] } = plan
  if (!wasOpened(folder, key)) return null
  const present = await readNow()
  const scratch = { folder, key, directory, isOwnKey: plan.keys.kind === 'keep', at }
  const command = { procedure: 'recovery.restore', organizationId: null, userId: by }
  const people = await runScratchCommand(scratch, command, async (context) => {
    if (present !== null) {
      await carryCredentials(context, present)
      await keepCounting(context, present.numbers)
    }
    await goOnFromPaper(context, numbers)
    if (isOfThen) await tellOfPeople(context, createdAt)
    await stopMail(context)
    await endAccesses(context, { by, backup: createdAt, left: present?.lastEvent ?? newestKnownEvent(directory) })
    const users = await context.trx.selectFrom('users').select('id').where('status', '=', 'active').execute()
    if (openers !== undefined && !users.some(({ id }) => openers.includes(id))) throw noneCouldOpen()
    return users.map(({ id }) => id)
  })
  closeScratch(scratch.folder, key)
  return people
}

// Of data that cannot be read: what lies beside it says how far the events had come.
const newestKnownEvent = (directory: string) => readHeads(directory).head?.events ?? null

// With the log of another database beside it, it says who may come in there.
const presentOf = async ({ directory, presentKey = null }: RestorePlan) => {
  const file = databaseIn(directory)
  return isOwnLog(file, presentKey) ? await readPresent(file, presentKey) : null
}

const peopleOf = (folder: string, key: DataKey) => {
  const database = openConnection(databaseIn(folder), { readonly: true, key })
  try {
    return peopleIn(database)
  } finally {
    database.close()
  }
}

type Sealed = { readonly plan: RestorePlan; readonly entry: Entry }

/** The copy under the key that the data has now, where somebody who opens that is in it: encryption stays on. */
const sealIfOpened = (given: RestorePlan, folder: string, present: PresentState | null): Sealed => {
  const { key, presentKey = null, sealsFor = null, isEncrypted = false } = given
  const entry = entryAfter({
    ofBackup: peopleOf(folder, key),
    now: present === null ? null : toPeople(present.users),
    isEncrypted,
    isBackupEncrypted: key !== null,
    openers: presentKey === null ? null : sealsFor,
  })
  if (entry.encryption !== 'sealed') return { plan: given, entry }
  rekeyFile(databaseIn(folder), null, presentKey)
  return { plan: { ...given, key: presentKey, keys: { kind: 'keep' } }, entry }
}

// One that is sound was left on purpose: what was done in it since is what somebody wants to be rid of.
const replayIfDamaged = async ({ directory, key, presentKey = null, replays = false }: RestorePlan) => {
  const present = databaseIn(directory)
  if (!replays || examineFile(present, presentKey, false).sound) return null
  const isSameKey = key === null ? presentKey === null : presentKey !== null && Buffer.from(key).equals(presentKey)
  if (!isSameKey || !existsSync(present)) return unknownReplay
  return await replayDamaged(scratchFolder(directory), present, key)
}

/**
 * Puts a backup in the place of a closed database: a checked copy first, in which everybody has to sign in again, then
 * its files, then the swap, which ends even if it is cut off. AppError says why it was refused; the present data is then
 * as it was.
 */
export const restoreBackup = async (
  given: RestorePlan,
  onStep: (step: RestoreStep, done?: number, total?: number) => void = () => undefined,
  after: AfterStep = () => undefined,
): Promise<RestoreResult> => {
  const started = performance.now()
  const { directory, source } = given
  const incoming = 'counterfoil.db.incoming'
  const folder = scratchFolder(directory)
  try {
    // One that was cut off before belongs to the present state.
    finishSwap(directory)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    onStep('copying')
    const { facts, manifest } = bringBackup(source, given.key, databaseIn(folder))
    // Reading leaves a log beside it: only where somebody could sign in to what comes in its place.
    const present = wasOpened(folder, given.key) ? await presentOf(given) : null
    const { plan, entry } = sealIfOpened(given, folder, present)
    const replayed = await replayIfDamaged(plan)
    const readNow = () => Promise.resolve(present)
    const people = await endThatDay(plan, folder, lookAt(source)?.createdAt ?? '', readNow, entry.ofThen)
    const kept = manifest?.kept ?? []
    const place = dirname(source)
    needSpace(directory, missingBytes(place, directory, kept))
    const onFile = (done: number) => onStep('files', done, kept.length)
    // Whichever of the two folders has a sound one.
    const how = { isSound: keptCheck(given.key, facts.files), isChecked: () => true }
    const missing =
      plan.key !== null && given.key === null
        ? await sealKept(place, directory, kept, plan.key, onFile)
        : copyKept(place, directory, kept, how, onFile)
    onStep('swapping')
    renameSync(databaseIn(folder), join(directory, incoming))
    // On purpose: a record that is shorter than it was is no tampering now. Before the swap, which ends by itself where it
    // is cut off; where it does not begin, the next opening notes the head of the present record again.
    acceptEarlierRecord(directory)
    const aside = swapDatabase(directory, { incoming, aside: asideFolder(plan.at), keys: plan.keys }, after)
    onStep('done')
    const milliseconds = Math.round(performance.now() - started)
    return { facts, aside: join(directory, aside), missing, people, entry, replayed, milliseconds }
  } catch (error) {
    throw storageError(error, directory)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

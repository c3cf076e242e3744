import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { copyDatabase } from '../../db/copy.ts'
import { storageError } from '../../db/errors.ts'
import { examineFile } from '../../db/examine.ts'
import { type DatabaseFacts, filesOfOrganization, type OrganizationFacts, readFacts } from '../../db/facts.ts'
import { attachBackup, type DataKey } from '../../db/key.ts'
import { openConnection } from '../../db/open.ts'
import { type Replaced, replaceOrganization } from '../../db/organization/replace.ts'
import type { Signer } from '../../db/record/entry.ts'
import { rekeyFile } from '../../db/rekey.ts'
import { finishSwap, swapDatabase } from '../../db/swap.ts'
import { createUnitOfWork } from '../../db/unit-of-work.ts'
import { AppError } from '../../shared/errors.ts'
import { openFileStore } from '../files.ts'
import { recordSecurityEvent } from '../people/security-events.ts'
import { systemIds } from '../rpc/time-and-ids.ts'
import { bringBackup } from './bring.ts'
import { databaseIn, lookAt } from './place.ts'
import { asideFolder, type RestoreStep, scratchFolder } from './restore.ts'
import { closeScratch, runScratchCommand, type ScratchDatabase, withScratch } from './scratch-command.ts'

/** One business of a backup, brought back into the present data while that is closed. */
export type BusinessPlan = {
  readonly directory: string
  readonly source: string
  /** The key of the backup. */
  readonly key: DataKey
  readonly presentKey: DataKey
  readonly organizationId: string
  readonly at: string
  readonly by: string | null
}

export type BusinessResult = {
  readonly replaced: Replaced
  readonly aside: string
  /** Hashes of kept files that the business names and that are nowhere. */
  readonly missing: readonly string[]
  readonly milliseconds: number
}

type OnStep = (step: RestoreStep, done?: number, total?: number) => void

const refuse = (message: string) => new AppError('STORAGE_UNAVAILABLE', `${message} Nothing was changed.`)

const isSameKey = (one: DataKey, other: DataKey) =>
  one === null || other === null ? one === other : Buffer.from(one).equals(other)

// The backup as the present tables and the present key have it: only then can both be looked at together.
const bringAlongside = async (plan: BusinessPlan, folder: string): Promise<OrganizationFacts> => {
  const { directory, source, key, presentKey, organizationId, at } = plan
  mkdirSync(folder)
  const { facts } = bringBackup(source, key, databaseIn(folder))
  const business = facts.organizations.find(({ id }) => id === organizationId)
  if (business === undefined) throw refuse('This business is not in the backup.')
  // Opened as the product does: an older one gets the tables of now.
  await withScratch({ folder, key, directory, isOwnKey: false, at }, () => Promise.resolve())
  closeScratch(folder, key)
  if (!isSameKey(key, presentKey)) rekeyFile(databaseIn(folder), key, presentKey)
  return business
}

const noteEvent = (scratch: ScratchDatabase, plan: BusinessPlan, name: string) => {
  const command = { procedure: 'recovery.restore', organizationId: null, userId: plan.by }
  const backup = lookAt(plan.source)?.createdAt ?? ''
  return runScratchCommand(scratch, command, ({ trx, now, deviceId }) =>
    recordSecurityEvent(trx, {
      at: now,
      organizationId: null,
      userId: plan.by,
      deviceId,
      kind: 'restored',
      data: { backup, business: name, businessId: plan.organizationId },
    }),
  )
}

const text = (value: unknown) =>
  JSON.stringify(value, (_key, held: unknown) => (typeof held === 'bigint' ? String(held) : held))

// Without the name of a client, who may be erased since.
const figuresOf = ({ name, currency, clients, documents, payments, open, newest }: OrganizationFacts, erased = 0) => {
  const last = newest === null ? null : [newest.number, newest.on]
  const owed = open.filter(({ amountE4 }) => amountE4 !== 0n)
  return text({ name, currency, clients, documents: documents - erased, payments, last, owed })
}

// Before the commit: that the business is what it was, that nobody else was touched, that no reference leads nowhere.
const check = (database: Sqlite.Database, before: DatabaseFacts, business: OrganizationFacts, erased: number) => {
  const broken = database.prepare('PRAGMA main.foreign_key_check').raw(true).all()
  const [first] = broken
  if (Array.isArray(first)) {
    throw refuse(
      `${broken.length} references between this business and the others would lead nowhere (${String(first[0])}).`,
    )
  }
  const after = readFacts(database).organizations
  const own = after.find(({ id }) => id === business.id)
  if (own === undefined || figuresOf(own) !== figuresOf(business, erased)) {
    throw refuse('The business did not come out as the backup has it.')
  }
  const others = (all: readonly OrganizationFacts[]) => text(all.filter(({ id }) => id !== business.id))
  if (others(after) !== others(before.organizations)) throw refuse('Another business would have been changed.')
}

type Made = { readonly deviceId: string; readonly signer: Signer; readonly business: OrganizationFacts }

const replaceIn = async (plan: BusinessPlan, folders: { main: string; backup: string }, made: Made) => {
  const { presentKey, organizationId, at, by } = plan
  const database = openConnection(databaseIn(folders.main), { readonly: false, key: presentKey })
  try {
    const unitOfWork = createUnitOfWork(database)
    unitOfWork.signWith(made.signer)
    attachBackup(database, databaseIn(folders.backup), presentKey)
    database.pragma('foreign_keys = OFF')
    const before = readFacts(database)
    database.exec('BEGIN IMMEDIATE')
    const command = unitOfWork.begin({
      id: systemIds.next(),
      organizationId,
      userId: by,
      deviceId: made.deviceId,
      procedure: 'recovery.restoreBusiness',
      at,
      idempotencyKey: null,
      inputHash: null,
    })
    const newId = () => systemIds.next()
    const replaced = replaceOrganization(database, { organization: organizationId, command, at, by, newId })
    await unitOfWork.finish(command, null)
    check(database, before, made.business, replaced.erased)
    database.exec('COMMIT')
    return { replaced, files: filesOfOrganization(database, organizationId) }
  } finally {
    if (database.inTransaction) database.exec('ROLLBACK')
    database.close()
  }
}

const bringFiles = async (plan: BusinessPlan, hashes: readonly string[], onStep: OnStep): Promise<string[]> => {
  const source = openFileStore(dirname(plan.source), plan.key)
  const target = openFileStore(plan.directory, plan.presentKey)
  const missing: string[] = []
  for (const [index, hash] of hashes.entries()) {
    const isHere = await target.get(hash).then(
      () => true,
      () => false,
    )
    const content = isHere ? null : await source.get(hash).catch(() => null)
    if (content !== null) await target.put(content)
    else if (!isHere) missing.push(hash)
    onStep('files', index + 1, hashes.length)
  }
  return missing
}

const prepare = async (plan: BusinessPlan, onStep: OnStep) => {
  const { directory, presentKey, at } = plan
  const main = scratchFolder(directory)
  const folders = { main, backup: join(main, 'backup') }
  mkdirSync(main)
  onStep('copying')
  await copyDatabase(databaseIn(directory), presentKey, databaseIn(main))
  const present = examineFile(databaseIn(main), presentKey, true)
  if (!present.sound) throw refuse('The present data is damaged: go back to the whole backup instead.')
  const business = await bringAlongside(plan, folders.backup)
  const scratch = { folder: main, key: presentKey, directory, isOwnKey: true, at }
  await noteEvent(scratch, plan, business.name)
  const { deviceId, signer } = await withScratch(scratch, ({ deviceId: id, signer: own }) =>
    Promise.resolve({ deviceId: id, signer: own }),
  )
  const done = await replaceIn(plan, folders, { deviceId, signer, business })
  closeScratch(main, presentKey)
  const examined = examineFile(databaseIn(main), presentKey, true)
  if (!examined.sound) throw refuse(`The data would not have been whole: ${examined.faults[0] ?? examined.problem}.`)
  return done
}

/**
 * Brings one business of a backup back into the present data: on a checked copy of that, in one command of its record,
 * followed by the swap of a restore. Everything else stays as it is. AppError says why it was refused.
 */
export const restoreBusiness = async (
  plan: BusinessPlan,
  onStep: OnStep = () => undefined,
): Promise<BusinessResult> => {
  const started = performance.now()
  const { directory } = plan
  const incoming = 'counterfoil.db.incoming'
  try {
    finishSwap(directory)
    rmSync(scratchFolder(directory), { recursive: true, force: true })
    const { replaced, files } = await prepare(plan, onStep)
    const missing = await bringFiles(plan, files, onStep)
    onStep('swapping')
    renameSync(databaseIn(scratchFolder(directory)), join(directory, incoming))
    const aside = swapDatabase(directory, { incoming, aside: asideFolder(plan.at), keys: { kind: 'keep' } })
    onStep('done')
    const milliseconds = Math.round(performance.now() - started)
    return { replaced, aside: join(directory, aside), missing, milliseconds }
  } catch (error) {
    throw storageError(error, directory)
  } finally {
    rmSync(scratchFolder(directory), { recursive: true, force: true })
  }
}

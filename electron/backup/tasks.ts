import { type Examination, examineFile } from '../../db/examine.ts'
import type { DataKey } from '../../db/key.ts'
import type { AppErrorJson } from '../../shared/errors.ts'
import { type Conversion, prepareConversion } from '../keys/convert.ts'
import { sealBackup, sealFiles, sealPlaceFiles, takeBackBackups } from '../keys/seal-backups.ts'
import { asideIn, clearAttempts, sealAside, unsealAside } from '../keys/sealed-copies.ts'
import { makePicture, type PictureInput, type ReachInput, readReach } from '../record/at/make-picture.ts'
import { diagnose } from '../recovery/diagnose.ts'
import { acceptSalvage, type SalvageInput, salvageDatabase } from '../recovery/salvage.ts'
import { adoptBare } from './adopt.ts'
import { carryCopies } from './carry-copies.ts'
import { type BackupInput, createBackup } from './create.ts'
import { drillBackup } from './drill.ts'
import { refreshKeys, refreshPlaceKeys } from './manifest-keys.ts'
import { type MigrationInput, migrateData } from './migrate-data.ts'
import { claimOlder, isShared, type PlaceInput } from './ownership.ts'
import { checkPaper } from './paper-numbers.ts'
import { listBackups } from './place.ts'
import { previewBackup } from './preview.ts'
import { type RemoveInput, removeOld } from './remove-old.ts'
import { type RestorePlan, restoreBackup } from './restore.ts'
import { type BusinessPlan, restoreBusiness } from './restore-business.ts'
import type { CheckBeside } from './second-checks.ts'
import { verifyBackup } from './verify.ts'
import { assertNotGone, formerlyOurs, takeOver, visitPlace } from './visits.ts'

/** How far a long task is: what it does now, and of how many pieces. */
export type TaskProgress = { readonly step: string; readonly done: number; readonly total: number }
export type OnProgress = (progress: TaskProgress) => void

export type UnsealInput = {
  readonly directory: string
  readonly places: readonly string[]
  readonly key: Uint8Array
}
export type ExamineInput = { readonly file: string; readonly key: DataKey; readonly full: boolean }

const told =
  (onProgress: OnProgress) =>
  (step: string, done = 0, total = 0) =>
    onProgress({ step, done, total })

/** What the backup thread can do, by name; each opens its own connection. */
export const backupTasks = {
  create: (input: BackupInput, onProgress: OnProgress, checkBeside?: (bytes: number) => CheckBeside) => {
    const place = { directory: input.directory, folder: input.destination }
    assertNotGone(place)
    visitPlace(place)
    return createBackup(input, told(onProgress), checkBeside)
  },
  verify: ({ file, key, full }: ExamineInput) => verifyBackup(file, key, full),
  examine: ({ file, key, full }: ExamineInput): Examination => examineFile(file, key, full),
  drill: drillBackup,
  removeOld: (input: RemoveInput) => {
    // In a place that others use too, one without a manifest is not ours.
    if (!isShared(input.directory, input.folder)) adoptBare(input)
    visitPlace(input)
    claimOlder(input)
    removeOld(input)
    return { formerly: formerlyOurs(input).length }
  },
  takeOver,
  carryCopies,
  preview: previewBackup,
  checkPaper,
  refreshKeys: (place: PlaceInput) => {
    visitPlace(place)
    return refreshKeys(place)
  },
  convert: (conversion: Conversion, onProgress: OnProgress) =>
    prepareConversion(conversion, (done, total) => onProgress({ step: 'files', done, total })),
  // The pieces of sealing, see seal-in-pieces.ts.
  sealFiles,
  sealAsideBegin: async ({ directory }: { readonly directory: string }) => {
    await clearAttempts(directory)
    return asideIn(directory)
  },
  sealAside: ({ folder, key }: { readonly folder: string; readonly key: Uint8Array }) => sealAside(folder, key),
  sealClaim: (place: PlaceInput) => {
    visitPlace(place)
    claimOlder(place)
  },
  sealList: ({ place }: { readonly place: string }) => listBackups(place).map(({ file }) => file),
  sealTakeBack: takeBackBackups,
  sealBackup,
  sealOpeners: refreshPlaceKeys,
  sealPlaceFiles,
  unsealAside: ({ directory, places, key }: UnsealInput) => {
    for (const folder of places) visitPlace({ directory, folder })
    return unsealAside(directory, places, key)
  },
  diagnose: ({ directory, key }: { readonly directory: string; readonly key: DataKey }) => diagnose(directory, key),
  salvage: (input: SalvageInput, onProgress: OnProgress) => salvageDatabase(input, told(onProgress)),
  acceptSalvage: ({ directory, at }: { readonly directory: string; readonly at: string }) =>
    acceptSalvage(directory, at),
  migrate: (input: MigrationInput, onProgress: OnProgress) => migrateData(input, told(onProgress)),
  lookBack: (input: PictureInput, onProgress: OnProgress) => makePicture(input, told(onProgress)),
  reach: (input: ReachInput) => readReach(input),
  restoreBusiness: (plan: BusinessPlan, onProgress: OnProgress) => restoreBusiness(plan, told(onProgress)),
  restore: (plan: RestorePlan, onProgress: OnProgress) => restoreBackup(plan, told(onProgress)),
}

export type BackupTasks = typeof backupTasks
export type BackupTaskKind = keyof BackupTasks
export type BackupTaskInput<K extends BackupTaskKind> = Parameters<BackupTasks[K]>[0]
export type BackupTaskOutput<K extends BackupTaskKind> = Awaited<ReturnType<BackupTasks[K]>>

/** What comes back: an expected problem would lose its class on the way between threads. */
export type BackupTaskAnswer = { readonly value: unknown } | { readonly problem: AppErrorJson }

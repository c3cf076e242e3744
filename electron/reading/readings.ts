import type { DataKey } from '../../db/key.ts'
import type { Shadow } from '../../db/shadow.ts'
import type { AppErrorJson } from '../../shared/errors.ts'
import type { Bundle, BundleInput } from '../exports/bundle-input.ts'
import { exportWorkspace } from '../exports/export-workspace.ts'
import { exportPerson } from '../exports/person.ts'
import { stateHash } from '../exports/state-hash.ts'
import { readArchive } from '../exports/workspace-file.ts'
import { writeCsv, writeXlsx } from '../exports/write-sheets.ts'
import { creditNoteTotals } from '../features/credit-notes/listed.ts'
import { checkIntegrity } from '../features/integrity/check.ts'
import { invoiceTotals } from '../features/invoices/listed.ts'
import { paymentTotals } from '../features/payments/listed.ts'
import { quoteTotals } from '../features/quotes/listed.ts'
import { scheduleTotals } from '../features/recurring-invoices/listed.ts'
import { reportDocuments, runReport } from '../features/reports/run.ts'
import { agedReceivables } from '../features/statements/aged.ts'
import { largeTaxFigures, taxDocuments, taxFigures } from '../features/tax-reports/reading.ts'
import { exportRecord } from '../record/export-record.ts'
import { planCut } from '../record/retention/plan.ts'
import { verifyRecord } from '../record/verify.ts'
import { verifyEvents } from '../record/verify-events.ts'
import type { Db } from '../rpc/handles.ts'

/** Readings over everything, by name: each gets a connection of its own in a worker. */
export const readings = {
  integrity: checkIntegrity,
  aged: agedReceivables,
  report: runReport,
  reportDocuments,
  exportWorkspace,
  exportPerson,
  exportRecord,
  verifyRecord,
  verifyEvents,
  planCut,
  writeCsv,
  writeXlsx,
  stateHash,
  // It reads a file, not the database, but is as long and belongs off the main thread as much.
  readArchive: async (_db: Db, content: Uint8Array) => readArchive(content),
  taxFigures,
  largeTaxFigures,
  taxDocuments,
  invoiceTotals,
  quoteTotals,
  creditNoteTotals,
  paymentTotals,
  scheduleTotals,
}

/** What the worker adds: it reaches into the features, which know this list by its types. */
export type FeatureReadings = { readonly writeBundle: (db: Db, input: BundleInput, key: DataKey) => Promise<Bundle> }

export type Readings = typeof readings & FeatureReadings
export type ReadingKind = keyof Readings
export type ReadingInput<K extends ReadingKind> = Parameters<Readings[K]>[1]
export type ReadingOutput<K extends ReadingKind> = Awaited<ReturnType<Readings[K]>>

export type ReadingTask<K extends ReadingKind = ReadingKind> = {
  readonly kind: K
  readonly file: string
  readonly key: DataKey
  readonly shadow: Shadow | null
  readonly input: ReadingInput<K>
}

/** What comes back: an expected problem would lose its class on the way between threads. */
export type ReadingAnswer = { readonly value: unknown } | { readonly problem: AppErrorJson }

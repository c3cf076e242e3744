import { writeBundle } from '../exports/bundle.ts'
import { exportWorkspace } from '../exports/export-workspace.ts'
import { stateHash } from '../exports/state-hash.ts'
import { readArchive } from '../exports/workspace-file.ts'
import { writeCsv, writeXlsx } from '../exports/write-sheets.ts'
import { checkIntegrity } from '../features/integrity/check.ts'
import { reportDocuments, runReport } from '../features/reports/run.ts'
import { agedReceivables } from '../features/statements/aged.ts'
import { taxDocuments, taxFigures } from '../features/tax-reports/reading.ts'
import type { Db } from '../rpc/handles.ts'

/** Readings over everything, by name: each gets a connection of its own in a worker. */
export const readings = {
  integrity: checkIntegrity,
  aged: agedReceivables,
  report: runReport,
  reportDocuments,
  exportWorkspace,
  writeCsv,
  writeXlsx,
  writeBundle,
  stateHash,
  // It reads a file, not the database, but is as long and belongs off the main thread as much.
  readArchive: async (_db: Db, content: Uint8Array) => readArchive(content),
  taxFigures,
  taxDocuments,
}

export type Readings = typeof readings
export type ReadingKind = keyof Readings
export type ReadingInput<K extends ReadingKind> = Parameters<Readings[K]>[1]
export type ReadingOutput<K extends ReadingKind> = Awaited<ReturnType<Readings[K]>>

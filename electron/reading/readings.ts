import { checkIntegrity } from '../features/integrity/check.ts'
import { reportDocuments, runReport } from '../features/reports/run.ts'
import { agedReceivables } from '../features/statements/aged.ts'
import { taxDocuments, taxFigures } from '../features/tax-reports/reading.ts'

/** Readings over everything, by name: each gets a connection of its own in a worker. */
export const readings = {
  integrity: checkIntegrity,
  aged: agedReceivables,
  report: runReport,
  reportDocuments,
  taxFigures,
  taxDocuments,
}

export type Readings = typeof readings
export type ReadingKind = keyof Readings
export type ReadingInput<K extends ReadingKind> = Parameters<Readings[K]>[1]
export type ReadingOutput<K extends ReadingKind> = Awaited<ReturnType<Readings[K]>>

import type { RowColumns } from './row.ts'

export type NumberCounterTable = RowColumns & {
  seriesId: string
  period: string
  lastValue: number
}

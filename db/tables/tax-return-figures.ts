import type { Amount } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

/** A figure that a person typed into a return of a period: what the books do not know, such as purchases. */
export type TaxReturnFigureTable = RowColumns & {
  regime: string
  taxReturn: string
  periodFrom: string
  periodTo: string
  cell: string
  amountE4: Amount
}

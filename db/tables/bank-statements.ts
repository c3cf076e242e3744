import type { BankFormat } from '../../shared/contract/bank.ts'
import type { Amount } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type BankStatementTable = RowColumns & {
  accountId: string
  fileName: string
  fileSha256: string
  position: number
  format: BankFormat
  number: string | null
  currency: string
  fromOn: string | null
  toOn: string | null
  openingE4: Amount | null
  closingE4: Amount | null
  sumE4: Amount
  transactionCount: number
  newCount: number
  checked: 'ok' | 'wrong' | 'unchecked'
}

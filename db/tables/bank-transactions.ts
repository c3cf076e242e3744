import type { Generated } from 'kysely'
import type { Amount } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type BankTransactionTable = RowColumns & {
  accountId: string
  statementId: string
  dedupeKey: string
  bookedOn: string
  valuedOn: string | null
  amountE4: Amount
  currency: string
  counterpartyName: string | null
  counterpartyAccount: string | null
  endToEndReference: string | null
  mandateReference: string | null
  structuredReference: string | null
  bankReference: string | null
  purpose: Generated<string>
  state: Generated<'new' | 'matched' | 'ignored'>
  /** The first of the payments that it became; null as long as some of it waits. */
  paymentId: string | null
  asideReason: Generated<'fee' | 'transfer' | 'expense' | 'tax' | 'private' | 'other' | null>
}

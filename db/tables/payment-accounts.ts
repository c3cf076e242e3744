import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

export type PaymentAccountTable = RowColumns & {
  label: string
  holder: string
  bankName: string | null
  iban: string | null
  qrIban: string | null
  bic: string | null
  accountNumber: string | null
  sortCode: string | null
  upiId: string | null
  linkTemplate: string | null
  /** null: for documents in any currency that has no account of its own. */
  currency: string | null
  isDefault: Generated<number>
  position: Generated<number>
}

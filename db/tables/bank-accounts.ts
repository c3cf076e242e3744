import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

export type BankAccountTable = RowColumns & {
  name: string
  accountNumber: string | null
  accountKey: string | null
  currency: string
  status: Generated<'active' | 'archived'>
  csvProfiles: Generated<string>
}

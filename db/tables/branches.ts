import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

export type BranchTable = RowColumns & {
  code: string
  name: string
  timezone: string
  isDefault: Generated<number>
  addressLine1: string | null
  addressLine2: string | null
  city: string | null
  region: string | null
  postalCode: string | null
  country: string | null
  email: Generated<string | null>
  phone: Generated<string | null>
}

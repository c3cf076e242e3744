import type { Generated } from 'kysely'
import type { RowColumns } from './row.ts'

export type ClientContactTable = RowColumns & {
  clientId: string
  name: string
  email: string | null
  phone: string | null
  role: string | null
  isPrimary: Generated<number>
}

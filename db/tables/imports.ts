import type { RowColumns } from './row.ts'

export type ImportTable = RowColumns & {
  entity: 'clients' | 'items' | 'invoices' | 'payments'
  product: string | null
  fileName: string
  sha256: string
  plan: string
  counts: string
  made: string
  commandId: string
  undoneAt: string | null
}

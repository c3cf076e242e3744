import type { RowColumns } from './row.ts'

export type ErasureTable = RowColumns & {
  clientId: string
  clientCode: string
  userId: string | null
  askedBy: 'person' | 'representative' | 'authority' | 'business'
  reason: string
  counts: string
  keptCount: number
  retainedUntil: string | null
  rule: string
}

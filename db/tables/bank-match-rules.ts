import type { RowColumns } from './row.ts'

export type BankMatchRuleTable = RowColumns & {
  kind: 'account' | 'name'
  matchKey: string
  clientId: string
  learnedFrom: string
}

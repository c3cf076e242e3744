import type { Generated } from 'kysely'
import type { Amount } from '../../shared/money/scaled.ts'

export type MonthlyTotalTable = {
  organizationId: string
  month: string
  issuedBaseE4: Generated<Amount>
  receivedBaseE4: Generated<Amount>
  creditedBaseE4: Generated<Amount>
  refundedBaseE4: Generated<Amount>
  issuedCount: Generated<number>
}

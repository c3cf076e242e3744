import type { Generated } from 'kysely'
import type { Amount } from '../../shared/money/scaled.ts'

export type ClientBalanceTable = {
  clientId: string
  currency: string
  organizationId: string
  billedE4: Generated<Amount>
  paidE4: Generated<Amount>
  openE4: Generated<Amount>
  creditE4: Generated<Amount>
  creditedE4: Generated<Amount>
  writtenOffE4: Generated<Amount>
  refundedE4: Generated<Amount>
  invoiceCount: Generated<number>
  settledCount: Generated<number>
  settledDays: Generated<number>
}

import type { Generated, GeneratedAlways } from 'kysely'
import type { RoundingMode, RoundingScope } from '../../shared/documents/model.ts'
import type { Amount, ExchangeRate } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

export type InvoiceTable = RowColumns & {
  branchId: string | null
  clientId: string | null
  clientName: Generated<string>
  seriesId: string | null
  number: string | null
  counter: number | null
  period: string | null
  currency: string
  minorUnits: number
  exchangeRateE10: Generated<ExchangeRate>
  language: string
  reference: string | null
  issuedOn: string
  dueOn: string | null
  paymentTermsDays: number | null
  supplyFrom: string | null
  supplyTo: string | null
  pricesIncludeTax: number
  roundingMode: RoundingMode
  roundingScope: RoundingScope
  notes: string | null
  terms: string | null
  lineNetE4: Generated<Amount>
  allowanceE4: Generated<Amount>
  chargeE4: Generated<Amount>
  netE4: Generated<Amount>
  taxE4: Generated<Amount>
  totalE4: Generated<Amount>
  prepaidE4: Generated<Amount>
  roundingE4: Generated<Amount>
  payableE4: Generated<Amount>
  baseTotalE4: Generated<Amount>
  baseTaxE4: Generated<Amount>
  seller: string | null
  buyer: string | null
  extra: Generated<string>
  issuedAt: string | null
  voidedAt: string | null
  voidReason: string | null
  pdfSha256: string | null
  sentAt: string | null
  paidE4: Generated<Amount>
  settledOn: string | null
  openE4: GeneratedAlways<Amount>
  state: GeneratedAlways<'draft' | 'open' | 'paid' | 'void'>
}

import type { Generated } from 'kysely'
import type { RoundingMode, RoundingScope, TaxCategory } from '../../shared/documents/model.ts'
import type { Amount, ExchangeRate, Percent, Quantity, UnitPrice } from '../../shared/money/scaled.ts'
import type { RowColumns } from './row.ts'

/** The columns that invoices, quotes and credit notes have alike. */
export type DocumentHeadColumns = RowColumns & {
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
  orderReference: string | null
  buyerReference: string | null
  issuedOn: string
  supplyFrom: string | null
  supplyTo: string | null
  taxTreatment: Generated<string>
  placeOfSupply: string | null
  pricesIncludeTax: number
  roundingMode: RoundingMode
  roundingScope: RoundingScope
  payableStepE4: Amount | null
  notes: string | null
  terms: string | null
  templateId: string | null
  lineNetE4: Generated<Amount>
  allowanceE4: Generated<Amount>
  chargeE4: Generated<Amount>
  netE4: Generated<Amount>
  taxE4: Generated<Amount>
  totalE4: Generated<Amount>
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
}

export type DocumentLineColumns = RowColumns & {
  position: number
  itemId: string | null
  code: string | null
  name: string
  description: string | null
  classification: string | null
  quantityE6: Quantity
  unit: string
  priceE6: UnitPrice
  baseQuantityE6: Generated<Quantity>
  grossE4: Generated<Amount>
  netE4: Generated<Amount>
  taxE4: Generated<Amount>
  totalE4: Generated<Amount>
  taxes: Generated<string>
  adjustments: Generated<string>
}

export type DocumentAdjustmentColumns = RowColumns & {
  position: number
  kind: 'allowance' | 'charge'
  reason: string | null
  amountE4: Amount | null
  percentE6: Percent | null
  baseE4: Amount | null
  resultE4: Generated<Amount>
  taxes: string | null
}

export type DocumentTaxColumns = RowColumns & {
  position: number
  name: string
  category: TaxCategory
  rateE6: Percent
  isCompound: number
  taxableE4: Amount
  taxE4: Amount
  baseTaxableE4: Generated<Amount>
  baseTaxE4: Generated<Amount>
  exemptionReason: string | null
}

import type { Generated } from 'kysely'
import type { RoundingMode, RoundingScope } from '../../shared/documents/model.ts'
import type { RowColumns } from './row.ts'

export type OrganizationTable = RowColumns & {
  legalName: string
  tradeName: string | null
  kind: 'service' | 'retail' | 'restaurant' | 'practice'
  isDemo: Generated<number>
  addressLine1: string | null
  addressLine2: string | null
  city: string | null
  region: string | null
  postalCode: string | null
  country: string
  email: string | null
  phone: string | null
  website: string | null
  taxIds: Generated<string>
  bankDetails: Generated<string>
  currency: string
  language: string
  timezone: string
  fiscalYearStart: string
  roundingMode: RoundingMode
  roundingScope: RoundingScope
  pricesIncludeTax: Generated<number>
  paymentTermsDays: Generated<number>
  pageSize: Generated<'A4' | 'LETTER'>
  defaultNotes: string | null
  defaultTerms: string | null
  legalText: string | null
  footer: string | null
  features: Generated<string>
  accentColor: Generated<string>
  logoAttachmentId: string | null
  electronicAddress: string | null
  /** EAS code. */
  electronicAddressScheme: string | null
  legalId: string | null
  /** ICD code. */
  legalIdScheme: string | null
  contactName: string | null
  contactPhone: string | null
  contactEmail: string | null
}

import type { Generated } from 'kysely'
import type { EInvoiceFormat } from '../../shared/documents/einvoice-formats.ts'
import type { RowColumns } from './row.ts'

export type ClientTable = RowColumns & {
  code: string
  kind: 'person' | 'company'
  name: string
  sortName: string
  email: string | null
  phone: string | null
  website: string | null
  addressLine1: string | null
  addressLine2: string | null
  city: string | null
  region: string | null
  postalCode: string | null
  country: string | null
  deliveryAddress: string | null
  taxIds: Generated<string>
  language: string | null
  currency: string | null
  paymentTermsDays: number | null
  status: Generated<'active' | 'inactive' | 'archived'>
  summary: string | null
  reminderPlanId: string | null
  clientTypeId: string | null
  accountManagerId: string | null
  templateId: string | null
  electronicAddress: string | null
  /** EAS code. */
  electronicAddressScheme: string | null
  legalId: string | null
  /** ICD code. */
  legalIdScheme: string | null
  /** BT-10 where a document says none. */
  buyerReference: string | null
  einvoiceFormat: EInvoiceFormat | null
  /** The client that this one was merged into; its documents were moved to it. */
  mergedIntoId: string | null
}

import type { Client, CreateClientInput, clientStatuses } from '../../../shared/contract/clients.ts'
import { addressSchema } from '../../../shared/contract/fields.ts'
import { contract, type Output } from '../../../shared/contract/index.ts'
import type { ComparedField } from '../../ui/differences.ts'
import { termsText } from '../../ui/terms-field.tsx'

export const clientFormSchema = contract.clients.create.input

export type ClientStatus = (typeof clientStatuses)[number]
export type SavedClient = Output<(typeof contract)['clients']['get']>

const blankAddress = addressSchema.parse({})

/** A form for a client that is not there yet, with what is already known of it. */
export const blankClient = (known: { readonly name: string; readonly country: string }): CreateClientInput => ({
  kind: 'company',
  name: known.name,
  code: null,
  email: null,
  phone: null,
  website: null,
  address: { ...blankAddress, country: known.country },
  deliveryAddress: null,
  taxIds: [],
  language: null,
  currency: null,
  paymentTermsDays: null,
  clientTypeId: null,
  accountManagerId: null,
  templateId: null,
  reminderPlanId: null,
  electronicAddress: null,
  electronicAddressScheme: null,
  legalId: null,
  legalIdScheme: null,
  buyerReference: null,
  einvoiceFormat: null,
  summary: null,
})

/** What the form edits of a client. */
export const toValues = ({
  kind,
  name,
  code,
  email,
  phone,
  website,
  address,
  deliveryAddress,
  taxIds,
  language,
  currency,
  paymentTermsDays,
  clientTypeId,
  accountManagerId,
  templateId,
  reminderPlanId,
  electronicAddress,
  electronicAddressScheme,
  legalId,
  legalIdScheme,
  buyerReference,
  einvoiceFormat,
  summary,
}: Omit<Client, 'code'> & { readonly code: string | null }) => ({
  kind,
  name,
  code,
  email,
  phone,
  website,
  address,
  deliveryAddress,
  taxIds,
  language,
  currency,
  paymentTermsDays,
  clientTypeId,
  accountManagerId,
  templateId,
  reminderPlanId,
  electronicAddress,
  electronicAddressScheme,
  legalId,
  legalIdScheme,
  buyerReference,
  einvoiceFormat,
  summary,
})

/** The fields of a client as a comparison of two states names them. */
export const comparedFields: readonly ComparedField[] = [
  { path: 'kind', label: 'Kind' },
  { path: 'name', label: 'Name' },
  { path: 'code', label: 'Code' },
  { path: 'email', label: 'E-mail' },
  { path: 'phone', label: 'Phone' },
  { path: 'website', label: 'Website' },
  { path: 'address', label: 'Address' },
  { path: 'deliveryAddress', label: 'Delivery address' },
  { path: 'taxIds', label: 'Tax numbers' },
  { path: 'language', label: 'Language' },
  { path: 'currency', label: 'Currency' },
  {
    path: 'paymentTermsDays',
    label: 'Payment terms',
    text: (value) => (typeof value === 'number' ? termsText(value) : 'As in settings'),
  },
  { path: 'clientTypeId', label: 'Client type' },
  { path: 'accountManagerId', label: 'Account manager' },
  { path: 'templateId', label: 'Template' },
  { path: 'reminderPlanId', label: 'Reminders' },
  { path: 'electronicAddress', label: 'Electronic address' },
  { path: 'electronicAddressScheme', label: 'Kind of electronic address' },
  { path: 'legalId', label: 'Registration number' },
  { path: 'legalIdScheme', label: 'Register' },
  { path: 'buyerReference', label: 'Buyer reference' },
  { path: 'einvoiceFormat', label: 'E-invoice' },
  { path: 'clientTypeId', label: 'Client type', text: (value) => (value === null ? 'none' : 'another') },
  {
    path: 'accountManagerId',
    label: 'Account manager',
    text: (value) => (value === null ? 'nobody' : 'somebody else'),
  },
  { path: 'summary', label: 'About' },
]

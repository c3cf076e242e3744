import { clientSorts, clientStatuses } from '../../shared/contract/clients.ts'
import { invoiceFilters, invoiceSorts } from '../../shared/contract/invoices.ts'
import { outboxStates } from '../../shared/contract/mail.ts'
import { paymentStatuses } from '../../shared/contract/payments.ts'

/** The state of a list as its address keeps it: whatever is missing or malformed takes the list's own default. */
type Raw = Readonly<Record<string, unknown>>

const text = (raw: Raw, name: string) => {
  const value = raw[name]
  return typeof value === 'string' && value !== ''
    ? { [name]: value }
    : typeof value === 'number'
      ? { [name]: String(value) }
      : {}
}

const oneOf = <T extends string>(raw: Raw, name: string, allowed: readonly T[]) => {
  const value = allowed.find((it) => it === raw[name])
  return value === undefined ? {} : { [name]: value }
}

const directions = ['asc', 'desc'] as const
export type Direction = (typeof directions)[number]

export type InvoiceListSearch = {
  readonly search?: string
  readonly filter?: (typeof invoiceFilters)[number]
  readonly clientId?: string
  readonly from?: string
  readonly to?: string
  readonly sort?: (typeof invoiceSorts)[number]
  readonly direction?: Direction
}

export const invoiceListSearch = (raw: Raw): InvoiceListSearch => ({
  ...text(raw, 'search'),
  ...oneOf(raw, 'filter', invoiceFilters),
  ...text(raw, 'clientId'),
  ...text(raw, 'from'),
  ...text(raw, 'to'),
  ...oneOf(raw, 'sort', invoiceSorts),
  ...oneOf(raw, 'direction', directions),
})

export type NewInvoiceSearch = { readonly clientId?: string }

export const newInvoiceSearch = (raw: Raw): NewInvoiceSearch => ({ ...text(raw, 'clientId') })

export type ClientListSearch = {
  readonly search?: string
  readonly status?: (typeof clientStatuses)[number] | 'all'
  readonly owing?: boolean
  readonly sort?: (typeof clientSorts)[number]
  readonly direction?: Direction
}

export const clientListSearch = (raw: Raw): ClientListSearch => ({
  ...text(raw, 'search'),
  ...oneOf(raw, 'status', [...clientStatuses, 'all']),
  ...(raw['owing'] === true ? { owing: true } : {}),
  ...oneOf(raw, 'sort', clientSorts),
  ...oneOf(raw, 'direction', directions),
})

export type ItemListSearch = {
  readonly search?: string
  readonly status?: 'active' | 'archived' | 'all'
  readonly kind?: 'product' | 'service' | 'all'
  /** The item that is open for editing. */
  readonly item?: string
}

export const itemListSearch = (raw: Raw): ItemListSearch => ({
  ...text(raw, 'search'),
  ...oneOf(raw, 'status', ['active', 'archived', 'all']),
  ...oneOf(raw, 'kind', ['product', 'service', 'all']),
  ...text(raw, 'item'),
})

export type PaymentListSearch = {
  readonly search?: string
  readonly status?: (typeof paymentStatuses)[number] | 'all'
  readonly clientId?: string
  readonly withCredit?: boolean
  /** The payment that is open beside the list. */
  readonly payment?: string
}

export const paymentListSearch = (raw: Raw): PaymentListSearch => ({
  ...text(raw, 'search'),
  ...oneOf(raw, 'status', [...paymentStatuses, 'all']),
  ...text(raw, 'clientId'),
  ...(raw['withCredit'] === true ? { withCredit: true } : {}),
  ...text(raw, 'payment'),
})

export type NewPaymentSearch = { readonly clientId?: string; readonly invoiceId?: string }

export const newPaymentSearch = (raw: Raw): NewPaymentSearch => ({
  ...text(raw, 'clientId'),
  ...text(raw, 'invoiceId'),
})

export type OutboxSearch = {
  readonly state?: (typeof outboxStates)[number] | 'all'
  readonly message?: string
}

export const outboxSearch = (raw: Raw): OutboxSearch => ({
  ...oneOf(raw, 'state', [...outboxStates, 'all']),
  ...text(raw, 'message'),
})

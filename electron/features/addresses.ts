import type { Address } from '../../shared/contract/fields.ts'

type AddressColumns = {
  readonly addressLine1: string | null
  readonly addressLine2: string | null
  readonly city: string | null
  readonly region: string | null
  readonly postalCode: string | null
}

/** An address as the columns of a row. */
export const addressColumns = (address: Address): AddressColumns & { readonly country: string | null } => ({
  addressLine1: address.line1,
  addressLine2: address.line2,
  city: address.city,
  region: address.region,
  postalCode: address.postalCode,
  country: address.country,
})

/** The address that a row's columns hold. */
export const addressOf = (row: AddressColumns & { readonly country: string | null }): Address => ({
  line1: row.addressLine1,
  line2: row.addressLine2,
  city: row.city,
  region: row.region,
  postalCode: row.postalCode,
  country: row.country,
})

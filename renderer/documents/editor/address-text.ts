import type { Address } from '../../../shared/contract/fields.ts'

// Where the postcode stands behind the town; elsewhere it stands before it.
const postcodeLast = new Set(['GB', 'IE', 'US', 'CA', 'AU', 'NZ', 'IN', 'ZA', 'SG', 'AE', 'JP', 'SA'])

/** An address as the lines of an envelope, the country in words and only abroad: as the printed document has it. */
export const addressText = (address: Address, language: string, homeCountry: string | null): readonly string[] => {
  const isLast = address.country !== null && postcodeLast.has(address.country)
  const town = isLast
    ? [address.city, address.region, address.postalCode]
    : [address.postalCode, address.city, address.region]
  const country =
    address.country === null || address.country === homeCountry
      ? null
      : (new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(address.country) ?? address.country)
  return [
    address.line1,
    address.line2,
    town.filter((part) => part !== null && part !== '').join(isLast ? ', ' : ' '),
    country,
  ].filter((line): line is string => line !== null && line !== '')
}

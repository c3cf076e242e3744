import type { Address } from '../../shared/contract/fields.ts'

// Where the postcode stands behind the town; elsewhere it stands before it.
const postcodeLast = new Set(['GB', 'IE', 'US', 'CA', 'AU', 'NZ', 'IN', 'ZA', 'SG', 'AE', 'JP', 'SA'])

const countryName = (code: string, language: string): string => {
  try {
    return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}

/** An address as the lines of an envelope; the country is named only abroad. */
export const addressLines = (address: Address, language: string, homeCountry: string | null): string[] => {
  const last = address.country !== null && postcodeLast.has(address.country)
  const town = last
    ? [address.city, address.region, address.postalCode]
    : [address.postalCode, address.city, address.region]
  const country =
    address.country === null || address.country === homeCountry ? null : countryName(address.country, language)
  return [address.line1, address.line2, town.filter((part) => part !== null).join(last ? ', ' : ' '), country].filter(
    (line): line is string => line !== null && line !== '',
  )
}

import { percent } from '../../money/scaled.ts'
import type { DatedRate, Place } from './regime.ts'

const provinces: Readonly<Record<string, string>> = {
  AB: 'Alberta',
  BC: 'British Columbia',
  MB: 'Manitoba',
  NB: 'New Brunswick',
  NL: 'Newfoundland and Labrador',
  NS: 'Nova Scotia',
  NT: 'Northwest Territories',
  NU: 'Nunavut',
  ON: 'Ontario',
  PE: 'Prince Edward Island',
  QC: 'Quebec',
  SK: 'Saskatchewan',
  YT: 'Yukon',
}

const states: Readonly<Record<string, string>> = {
  AL: 'Alabama',
  AK: 'Alaska',
  AZ: 'Arizona',
  AR: 'Arkansas',
  CA: 'California',
  CO: 'Colorado',
  CT: 'Connecticut',
  DE: 'Delaware',
  DC: 'District of Columbia',
  FL: 'Florida',
  GA: 'Georgia',
  HI: 'Hawaii',
  ID: 'Idaho',
  IL: 'Illinois',
  IN: 'Indiana',
  IA: 'Iowa',
  KS: 'Kansas',
  KY: 'Kentucky',
  LA: 'Louisiana',
  ME: 'Maine',
  MD: 'Maryland',
  MA: 'Massachusetts',
  MI: 'Michigan',
  MN: 'Minnesota',
  MS: 'Mississippi',
  MO: 'Missouri',
  MT: 'Montana',
  NE: 'Nebraska',
  NV: 'Nevada',
  NH: 'New Hampshire',
  NJ: 'New Jersey',
  NM: 'New Mexico',
  NY: 'New York',
  NC: 'North Carolina',
  ND: 'North Dakota',
  OH: 'Ohio',
  OK: 'Oklahoma',
  OR: 'Oregon',
  PA: 'Pennsylvania',
  PR: 'Puerto Rico',
  RI: 'Rhode Island',
  SC: 'South Carolina',
  SD: 'South Dakota',
  TN: 'Tennessee',
  TX: 'Texas',
  UT: 'Utah',
  VT: 'Vermont',
  VA: 'Virginia',
  WA: 'Washington',
  WV: 'West Virginia',
  WI: 'Wisconsin',
  WY: 'Wyoming',
}

const placesOf = (country: string, names: Readonly<Record<string, string>>): Place[] =>
  Object.entries(names).map(([code, name]) => ({ code: `${country}-${code}`, name }))

/** States and provinces with their ISO 3166-2 codes. */
export const northAmericanPlaces: Readonly<Record<'US' | 'CA', readonly Place[]>> = {
  US: placesOf('US', states),
  CA: placesOf('CA', provinces),
}

/** The ISO 3166-2 code of a state or province as an address has it: `ON`, `CA-ON` or `Ontario`; null for none. */
export const placeOfRegion = (country: string | null, region: string | null): string | null => {
  if (country !== 'US' && country !== 'CA') return null
  const text = (region ?? '').trim().toUpperCase().replace(`${country}-`, '')
  const found = northAmericanPlaces[country].find(
    (it) => it.code === `${country}-${text}` || it.name.toUpperCase() === text,
  )
  return found?.code ?? null
}

/** A Canadian tax on sales with the provinces that it is charged in and whether it is charged on the one before it. */
export type ProvincialTax = DatedRate & { readonly places: readonly string[]; readonly isCompound: boolean }

const tax = (
  name: string,
  rate: bigint,
  provincesIn: readonly string[],
  from: string,
  until: string | null = null,
  isCompound = false,
): ProvincialTax => ({
  name,
  category: 'S',
  rateE6: percent(rate),
  from,
  until,
  places: provincesIn.map((code) => `CA-${code}`),
  isCompound,
})

/**
 * GST, HST and provincial taxes. Sources: Excise Tax Act Part IX and its schedule VIII; CRA, GST/HST rates table;
 * Revenu Québec (QST on the price without GST since 1 January 2013, before that on the price with it). As known to us
 * for 1 January 2026.
 */
export const provincialTaxes: readonly ProvincialTax[] = [
  tax('GST', 5_000_000n, ['AB', 'BC', 'MB', 'NT', 'NU', 'QC', 'SK', 'YT'], '2013-04-01'),
  tax('GST', 5_000_000n, ['AB', 'MB', 'NT', 'NU', 'PE', 'QC', 'SK', 'YT'], '2010-07-01', '2013-04-01'),
  tax('HST', 13_000_000n, ['ON'], '2010-07-01'),
  tax('HST', 13_000_000n, ['NB', 'NL'], '2010-07-01', '2016-07-01'),
  tax('HST', 15_000_000n, ['NB', 'NL'], '2016-07-01'),
  tax('HST', 15_000_000n, ['NS'], '2010-07-01', '2025-04-01'),
  tax('HST', 14_000_000n, ['NS'], '2025-04-01'),
  tax('HST', 14_000_000n, ['PE'], '2013-04-01', '2016-10-01'),
  tax('HST', 15_000_000n, ['PE'], '2016-10-01'),
  tax('HST', 12_000_000n, ['BC'], '2010-07-01', '2013-04-01'),
  tax('PST (BC)', 7_000_000n, ['BC'], '2013-04-01'),
  tax('RST (MB)', 8_000_000n, ['MB'], '2013-07-01', '2019-07-01'),
  tax('RST (MB)', 7_000_000n, ['MB'], '2019-07-01'),
  tax('PST (SK)', 5_000_000n, ['SK'], '2006-10-28', '2017-03-23'),
  tax('PST (SK)', 6_000_000n, ['SK'], '2017-03-23'),
  tax('QST', 9_500_000n, ['QC'], '2012-01-01', '2013-01-01', true),
  tax('QST', 9_975_000n, ['QC'], '2013-01-01'),
]

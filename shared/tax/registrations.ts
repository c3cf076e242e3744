import type { TaxRegistration } from '../contract/tax-settings.ts'
import { percent } from '../money/scaled.ts'
import { regimeOfCountry } from './regimes/index.ts'
import type { RegimeSettings } from './regimes/regime.ts'

export type RegistrationFields = Omit<TaxRegistration, 'id' | 'version'>

/** What holds where nobody has entered a registration: the regime of the country, by issue, in quarters. */
export const registrationOfCountry = (country: string, pricesIncludeTax: boolean): RegistrationFields => {
  const regime = regimeOfCountry(country)
  return {
    effectiveOn: '1900-01-01',
    regime: regime.id,
    scheme: 'standard',
    number: null,
    numberKeptReason: null,
    defaultTaxRateId: null,
    pricesIncludeTax,
    basis: 'issue',
    filingFrequency: regime.frequencies[0] ?? 'quarterly',
    periodEndMonth: 3,
    flatPercentE6: null,
    usesOss: false,
    lutNumber: null,
    isLarge: false,
  }
}

/** Of registrations, the one in force on a day; null before the first. */
export const registrationOn = <R extends RegistrationFields>(registrations: readonly R[], on: string): R | null => {
  let found: R | null = null
  for (const it of registrations) {
    if (it.effectiveOn <= on && (found === null || it.effectiveOn > found.effectiveOn)) found = it
  }
  return found
}

/** What a regime asks of a registration. */
export const regimeSettingsOf = (it: RegistrationFields): RegimeSettings => ({
  scheme: it.scheme,
  flatPercentE6: it.flatPercentE6 === null ? null : percent(it.flatPercentE6),
  usesOss: it.usesOss,
  lutNumber: it.lutNumber,
  isLarge: it.isLarge,
})

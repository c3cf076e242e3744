import { euVat } from './eu-vat.ts'
import { indiaGst } from './india-gst.ts'
import { noRegime } from './no-regime.ts'
import type { Regime } from './regime.ts'
import { ukVat } from './uk-vat.ts'
import { usCaSalesTax } from './us-ca-sales-tax.ts'

/** Every regime: a new one is its file and its name here. */
export const regimes: readonly Regime[] = [indiaGst, ukVat, euVat, usCaSalesTax, noRegime]

/** The regime of an id; the one without rules for an id that is none. */
export const regimeOf = (id: string): Regime => regimes.find((it) => it.id === id) ?? noRegime

/** The regime that a business of a country begins with. */
export const regimeOfCountry = (country: string): Regime =>
  regimes.find((it) => it.countries.includes(country)) ?? noRegime

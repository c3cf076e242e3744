import { z } from 'zod'
import americas from '../../../resources/countries/americas.json' with { type: 'json' }
import asiaPacific from '../../../resources/countries/asia-pacific.json' with { type: 'json' }
import eu from '../../../resources/countries/eu.json' with { type: 'json' }
import europe from '../../../resources/countries/europe.json' with { type: 'json' }
import exemptions from '../../../resources/countries/exemptions.json' with { type: 'json' }
import middleEastAfrica from '../../../resources/countries/middle-east-africa.json' with { type: 'json' }
import {
  countryField,
  currencyField,
  dateField,
  languageField,
  timezoneField,
} from '../../../shared/contract/fields.ts'
import { roundingModes, roundingScopes } from '../../../shared/contract/organizations.ts'
import { taxCategories } from '../../../shared/contract/tax-rates.ts'
import type { TaxCategory } from '../../../shared/documents/model.ts'
import { AppError } from '../../../shared/errors.ts'
import { percentOf } from '../../../shared/money/decimal-string.ts'
import { type Percent, percent } from '../../../shared/money/scaled.ts'

const decimal = z.string().regex(/^\d{1,2}(\.\d{1,3})?$/)

const countrySchema = z.strictObject({
  code: countryField,
  name: z.string(),
  currency: currencyField,
  language: languageField,
  timezone: timezoneField,
  fiscalYearStart: z
    .string()
    .regex(/^\d\d-\d\d$/)
    .default('01-01'),
  taxName: z.string(),
  taxIdLabels: z.array(z.string().max(30)).min(1),
  /** The first one is the default; one with dates is in force from the one and no more on the other. */
  rates: z.array(
    z.union([
      decimal,
      z.strictObject({
        name: z.string().optional(),
        rate: decimal,
        from: dateField.optional(),
        until: dateField.optional(),
      }),
    ]),
  ),
  exemptions: z.enum(['none', 'eu', 'gb', 'in', 'other']),
  reverseCharge: z.string().nullable().default(null),
  exemptText: z.string().nullable().default(null),
  legalText: z.string().nullable().default(null),
  numberPattern: z.string().default('INV-{YYYY}-{0000}'),
  pageSize: z.enum(['A4', 'LETTER']).default('A4'),
  paymentTermsDays: z.int().default(30),
  roundingMode: z.enum(roundingModes).default('half-up'),
  roundingScope: z.enum(roundingScopes).default('rate'),
})

const exemptionsSchema = z.record(
  countrySchema.shape.exemptions,
  z.array(z.strictObject({ category: z.enum(taxCategories), name: z.string(), reason: z.string().nullable() })),
)

export type Country = z.output<typeof countrySchema>

export type CountryTaxRate = {
  readonly name: string
  readonly category: TaxCategory
  readonly rateE6: Percent
  readonly isDefault: boolean
  readonly exemptionReason: string | null
}

const files = [eu, europe, americas, asiaPacific, middleEastAfrica]
let read: ReadonlyMap<string, Country> | undefined

/** Every country of the tables by its code, in the order of their names. */
export const countries = (): ReadonlyMap<string, Country> => {
  read ??= new Map(
    files
      .flatMap((file) => z.array(countrySchema).parse(file))
      .sort((one, other) => one.name.localeCompare(other.name, 'en'))
      .map((country) => [country.code, country]),
  )
  return read
}

/** What a business of a country calls its tax number: `VAT no.`, `GSTIN`. */
export const taxIdLabelOf = (country: string): string => countries().get(country)?.taxIdLabels[0] ?? 'Tax number'

/** The country of a code; AppError VALIDATION for one that the tables do not have. */
export const countryOf = (code: string): Country => {
  const country = countries().get(code)
  if (country !== undefined) return country
  const message = `There are no defaults for ${code}. Choose a country of the list; everything can be changed later.`
  throw new AppError('VALIDATION', message, { fields: { country: message } })
}

const noTax = percent(0n)

type RateEntry = Exclude<Country['rates'][number], string>

const entryOf = (rate: Country['rates'][number]): RateEntry => (typeof rate === 'string' ? { rate } : rate)

/** The tax rates that a business of a country begins with that starts on a day: the standard one is the default. */
export const taxRatesOf = (country: Country, on: string): CountryTaxRate[] => {
  const inForce = country.rates
    .map(entryOf)
    .filter(({ from, until }) => (from === undefined || from <= on) && (until === undefined || on < until))
  const rates = inForce.map((rate, index) => {
    const name = rate.name ?? `${country.taxName} ${rate.rate}%`
    const rateE6 = percentOf(rate.rate)
    const category: TaxCategory = rateE6 === 0n ? 'Z' : 'S'
    return { name, category, rateE6, isDefault: index === 0, exemptionReason: null }
  })
  const exempt = exemptionsSchema.parse(exemptions)[country.exemptions].map(({ category, name, reason }) => ({
    name,
    category,
    rateE6: noTax,
    isDefault: false,
    exemptionReason: category === 'AE' ? (country.reverseCharge ?? reason) : reason,
  }))
  return [...rates, ...exempt]
}

/** The one rate of a business that charges no tax: exempt with the country's wording, or outside the scope. */
export const untaxedRateOf = (country: Country): CountryTaxRate => ({
  name: 'No tax',
  category: country.exemptText === null ? 'O' : 'E',
  rateE6: noTax,
  isDefault: true,
  exemptionReason: country.exemptText ?? 'Not subject to tax',
})

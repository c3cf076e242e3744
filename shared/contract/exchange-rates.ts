import { z } from 'zod'
import {
  currencyField,
  dateField,
  emptyInput,
  exchangeRateField,
  idField,
  optionalTextField,
  pageInput,
  rowOutput,
  textField,
  versionField,
} from './fields.ts'
import { command, query } from './procedure.ts'

export const exchangeRateSources = ['typed', 'csv', 'fetched'] as const

export const exchangeRateSchema = z.object({
  id: z.string(),
  version: z.int(),
  currency: z.string(),
  baseCurrency: z.string(),
  rateOn: z.string(),
  rateE10: exchangeRateField,
  source: z.enum(exchangeRateSources),
  sourceName: z.string().nullable(),
})
export type ExchangeRateRow = z.output<typeof exchangeRateSchema>

const sourceFields = z.object({
  name: textField(60),
  /** With {base}, {currency} and {date} where they belong. */
  urlTemplate: textField(500),
  format: z.enum(['json', 'ecb-csv']),
  /** Where the rate stands in a JSON answer: `rates.{currency}`. */
  jsonPath: optionalTextField(200),
  /** Whether the answer counts base currency per unit, or units per base currency. */
  direction: z.enum(['base-per-unit', 'units-per-base']),
  isEnabled: z.boolean(),
})

const importResult = z.object({
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  problems: z.array(z.object({ line: z.int(), message: z.string() })),
})

/** Exchange rates by day: typed, from a CSV file, or fetched from where the business says. */
export const exchangeRates = {
  list: query({
    permission: 'organizations.read',
    summary: 'A page of exchange rates, newest first.',
    input: pageInput.extend({ currency: currencyField.nullable().default(null) }),
    output: z.object({
      rows: z.array(exchangeRateSchema),
      nextCursor: z.string().nullable(),
      baseCurrency: z.string(),
      currencies: z.array(z.string()),
    }),
  }),
  find: query({
    permission: 'organizations.read',
    summary: 'The rate of a currency on a day: the newest one dated on it or before; null where there is none.',
    input: z.object({ currency: currencyField, on: dateField }),
    output: exchangeRateSchema.nullable(),
  }),
  set: command({
    permission: 'settings.write',
    summary: 'Enters the rate of a day, in base currency for one unit; replaces the one of that day.',
    changes: ['exchangeRates', 'invoices'],
    input: z.object({ currency: currencyField, rateOn: dateField, rateE10: exchangeRateField }),
    output: rowOutput,
  }),
  delete: command({
    permission: 'settings.write',
    summary: 'Removes the rate of a day; documents keep theirs.',
    changes: ['exchangeRates', 'invoices'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  restore: command({
    permission: 'settings.write',
    summary: 'Takes back a removal.',
    changes: ['exchangeRates', 'invoices'],
    input: z.object({ id: idField }),
    output: rowOutput,
  }),
  importCsv: command({
    permission: 'settings.write',
    summary: 'Reads rates of a CSV text with columns date, currency and rate; `dryRun` only tells what would happen.',
    changes: ['exchangeRates', 'invoices'],
    input: z.object({
      text: z.string().max(2_000_000, 'At most 2 MB.'),
      dryRun: z.boolean().default(false),
      direction: sourceFields.shape.direction.default('base-per-unit'),
    }),
    output: importResult,
  }),
  source: query({
    permission: 'organizations.read',
    summary: 'Where rates are fetched from; null where nothing is set.',
    input: emptyInput,
    output: sourceFields.extend({ id: z.string(), version: z.int() }).nullable(),
  }),
  setSource: command({
    permission: 'organizations.manage',
    summary: 'Sets where rates are fetched from; nothing is fetched before it is enabled.',
    changes: ['exchangeRates'],
    input: sourceFields,
    output: rowOutput,
  }),
  fetch: command({
    permission: 'settings.write',
    summary: 'Fetches the rates of some currencies on a day from the source that is set.',
    changes: ['exchangeRates', 'invoices'],
    input: z.object({ currencies: z.array(currencyField).min(1).max(30), on: dateField }),
    output: importResult,
  }),
}

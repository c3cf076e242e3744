import { z } from 'zod'
import rows from '../../../resources/tax/eu-standard-rates.json' with { type: 'json' }
import { countryField, dateField } from '../../../shared/contract/fields.ts'
import { percentOf } from '../../../shared/money/decimal-string.ts'
import type { TaxTables } from '../../../shared/tax/regimes/regime.ts'

const rowSchema = z.strictObject({
  country: countryField,
  rate: z.string().regex(/^\d{1,2}(\.\d{1,3})?$/),
  from: dateField,
  until: dateField.nullable(),
  /** The law that changed it. */
  source: z.string().optional(),
})

let read: TaxTables | undefined

/** The dated tables that regimes are given, read from `resources/tax` once. */
export const taxTables = (): TaxTables => {
  read ??= {
    standardRates: z
      .array(rowSchema)
      .parse(rows)
      .map(({ rate, source: _, ...row }) => ({ ...row, name: `VAT ${rate}%`, category: 'S', rateE6: percentOf(rate) })),
  }
  return read
}

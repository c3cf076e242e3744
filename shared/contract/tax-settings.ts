import { z } from 'zod'
import { taxSchemes } from '../tax/regimes/regime.ts'
import {
  amountField,
  currencyField,
  dateField,
  emptyInput,
  idField,
  optionalTextField,
  percentField,
  rowOutput,
  versionField,
} from './fields.ts'
import { paymentMethods } from './payments.ts'
import { command, query } from './procedure.ts'
import { taxCategories } from './tax-rates.ts'

export const filingFrequencies = ['monthly', 'quarterly', 'half-yearly', 'yearly'] as const
export const taxBases = ['issue', 'payment'] as const

const registrationFields = z.object({
  effectiveOn: dateField,
  /** Id of a regime of shared/tax/regimes. */
  regime: z.string().max(40),
  scheme: z.enum(taxSchemes),
  number: optionalTextField(60),
  /** Why a number that fails its check is kept. */
  numberKeptReason: optionalTextField(200),
  defaultTaxRateId: idField.nullable(),
  pricesIncludeTax: z.boolean(),
  /** Whether tax is due when a document is issued or when it is paid. */
  basis: z.enum(taxBases),
  filingFrequency: z.enum(filingFrequencies),
  /** A month that a filing period ends with: 3 for quarters to March, June, September and December. */
  periodEndMonth: z.int().min(1).max(12),
  flatPercentE6: percentField.nullable(),
  usesOss: z.boolean(),
  lutNumber: optionalTextField(40),
  isLarge: z.boolean(),
})

export const taxRegistrationSchema = registrationFields.extend({ id: z.string(), version: z.int() })
export type TaxRegistration = z.output<typeof taxRegistrationSchema>

export const taxLockSchema = z.object({
  id: z.string(),
  version: z.int(),
  lockedUntil: z.string(),
  reason: z.string().nullable(),
  createdAt: z.string(),
})

export const cashRoundingSchema = z.object({
  currency: z.string(),
  method: z.enum(paymentMethods),
  stepE4: amountField,
})

const standardRateSchema = z.object({
  country: z.string(),
  name: z.string(),
  category: z.enum(taxCategories),
  rateE6: percentField,
  from: z.string(),
  until: z.string().nullable(),
})

/** How the business is taxed, by date: registrations, cash rounding, and the periods that are locked. */
export const taxSettings = {
  get: query({
    permission: 'organizations.read',
    summary: 'Tax registrations by date, cash rounding, the locked period, and the tables that regimes ask for.',
    input: emptyInput,
    output: z.object({
      /** The one in force today; made of the country where none was entered. */
      current: registrationFields,
      registrations: z.array(taxRegistrationSchema),
      locks: z.array(taxLockSchema),
      lockedUntil: z.string().nullable(),
      /** What the country calls the number of a registration. */
      numberLabel: z.string(),
      cashRoundings: z.array(cashRoundingSchema),
      tables: z.object({ standardRates: z.array(standardRateSchema) }),
    }),
  }),
  saveRegistration: command({
    permission: 'organizations.manage',
    summary: 'Says how the business is taxed from a day on (id and version null), or corrects an entry.',
    changes: ['taxSettings', 'taxRates', 'organizations'],
    input: registrationFields.extend({ id: idField.nullable(), version: versionField.nullable() }),
    output: rowOutput,
  }),
  deleteRegistration: command({
    permission: 'organizations.manage',
    summary: 'Removes an entry; documents keep what they were issued with.',
    changes: ['taxSettings'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  restoreRegistration: command({
    permission: 'organizations.manage',
    summary: 'Takes back the removal of an entry.',
    changes: ['taxSettings'],
    input: z.object({ id: idField }),
    output: rowOutput,
  }),
  setCashRounding: command({
    permission: 'organizations.manage',
    summary: 'Rounds what is paid in a currency by a method to a step (0.05); null stops it.',
    changes: ['taxSettings'],
    input: z.object({
      currency: currencyField,
      method: z.enum(paymentMethods),
      stepE4: amountField.refine((value) => value > 0n, 'The step is above zero.').nullable(),
    }),
    output: z.object({ currency: z.string() }),
  }),
  lockPeriod: command({
    permission: 'organizations.manage',
    summary: 'Locks everything up to a day: no document dated in it is issued, voided or credited any more.',
    changes: ['taxSettings', 'invoices', 'creditNotes'],
    input: z.object({ lockedUntil: dateField, reason: optionalTextField(200).default(null) }),
    output: rowOutput,
  }),
  unlockPeriod: command({
    permission: 'organizations.manage',
    summary: 'Takes a lock away; the reason is kept in the history.',
    changes: ['taxSettings', 'invoices', 'creditNotes'],
    input: z.object({
      id: idField,
      version: versionField,
      reason: z.string().trim().min(3, 'Say why, in a few words.').max(200),
    }),
    output: rowOutput,
  }),
}

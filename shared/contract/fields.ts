import { z } from 'zod'
import { isCivilDate } from '../dates.ts'
import { idSchema } from '../ids.ts'
import { findCurrency } from '../money/currencies.ts'
import type { Amount, ExchangeRate, Percent, Quantity, UnitPrice } from '../money/scaled.ts'

/** Largest scaled integer that the store holds (64 bits, as SQLite and Postgres). */
const limit = 9_223_372_036_854_775_807n

const scaled = (scale: number, kind: string) =>
  z
    .bigint({ error: `Enter ${kind} as a number.` })
    .min(-limit, 'This number is too large.')
    .max(limit, 'This number is too large.')
    .meta({ scale })

// DECIMAL(19,4): fifteen digits before the point, so that sums over everything stay within 64 bits.
const amountLimit = 10n ** 15n * 1000n

// The schema is the boundary where a plain bigint gets its brand, hence the casts in this block.
export const amountField = scaled(4, 'an amount')
  .min(-amountLimit, 'This amount is too large.')
  .max(amountLimit, 'This amount is too large.') as unknown as z.ZodType<Amount, Amount>
export const unitPriceField = scaled(6, 'a price')
  .min(-amountLimit, 'This price is too large.')
  .max(amountLimit, 'This price is too large.') as unknown as z.ZodType<UnitPrice, UnitPrice>
export const quantityField = scaled(6, 'a quantity')
  .min(-amountLimit, 'This quantity is too large.')
  .max(amountLimit, 'This quantity is too large.') as unknown as z.ZodType<Quantity, Quantity>
export const percentField = scaled(6, 'a percentage')
  .min(0n, 'A percentage cannot be negative.')
  .max(1_000_000_000n, 'A percentage cannot be above 1,000.') as unknown as z.ZodType<Percent, Percent>
export const exchangeRateField = scaled(10, 'an exchange rate')
  .min(1n, 'An exchange rate is above zero.')
  .max(10n ** 18n, 'This rate is too large.') as unknown as z.ZodType<ExchangeRate, ExchangeRate>

// Control characters never belong in a text: they break files, mail headers and PDFs.
const isClean = (text: string) => !/\p{Cc}|\p{Cs}/u.test(text.replace(/[\n\r\t]/g, ''))

// A name that nobody sees, or that reads backwards, could stand for anything.
const isSeen = (text: string) => text === '' || (/[\p{L}\p{N}\p{P}\p{S}]/u.test(text) && !/[\u202d\u202e]/.test(text))

/** One line of text, trimmed; empty is refused, and so is what cannot be seen. */
export const textField = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'This is required.')
    .max(max, `At most ${max} characters.`)
    .refine((text) => isClean(text) && !/[\n\r\t]/.test(text), 'Remove line breaks and control characters.')
    .refine(isSeen, 'Write something that can be seen, without marks that turn text around.')

/** One line of text that may be left out: null when empty. */
export const optionalTextField = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .refine((text) => isClean(text) && !/[\n\r\t]/.test(text), 'Remove line breaks and control characters.')
    .nullable()
    .transform((text) => text || null)

/** Text of several lines; null when empty. */
export const longTextField = (max = 10_000) =>
  z
    .string()
    .max(max, `At most ${max} characters.`)
    .refine(isClean, 'Remove control characters.')
    .nullable()
    .transform((text) => text?.trim() || null)

/** A civil date, 'YYYY-MM-DD', that exists; of a year that business is done in, so that terms and fiscal years fit. */
export const dateField = z
  .string()
  .refine(isCivilDate, 'Enter a date that exists, as YYYY-MM-DD.')
  .refine((date) => date >= '1900-01-01' && date <= '2999-12-31', 'Enter a date between 1900 and 2999.')

export const instantField = z.iso.datetime()

/** Three letters of ISO 4217. */
export const currencyField = z
  .string()
  .refine((code) => findCurrency(code) !== null, 'Enter a currency of ISO 4217, such as EUR.')

/** Two letters of ISO 3166-1. */
export const countryField = z.string().regex(/^[A-Z]{2}$/, 'Enter a country as two letters, such as GB.')

export const languageField = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, 'Enter a language, such as en-GB.')

export const emailField = z
  .string()
  .trim()
  .max(254, 'At most 254 characters.')
  .regex(
    /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]{2,}$/,
    'Enter an e-mail address, such as name@example.com.',
  )
  .refine(isClean, 'Remove control characters.')

export const optionalEmailField = z.union([z.literal('').transform(() => null), emailField]).nullable()

export const timezoneField = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}, 'Enter a time zone, such as Europe/London.')

export const idField = idSchema
/** The version of the row that the caller saw; a stale one is a CONFLICT. */
export const versionField = z.int().min(1)

/** A keyset page: `cursor` is what the page before returned. */
export const pageInput = z.object({
  cursor: z.string().max(500).nullable().default(null),
  limit: z.int().min(1).max(200).default(50),
})

export const emptyInput = z.object({}).default({})

export const rowOutput = z.object({ id: z.string(), version: z.int() })

export const addressSchema = z.object({
  line1: optionalTextField(200).default(null),
  line2: optionalTextField(200).default(null),
  city: optionalTextField(100).default(null),
  region: optionalTextField(100).default(null),
  postalCode: optionalTextField(30).default(null),
  country: countryField.nullable().default(null),
})
export type Address = z.output<typeof addressSchema>

/** A tax or registration number with the name that it has where it was issued. */
export const taxIdSchema = z.object({
  label: textField(30),
  value: textField(60),
  /** Why a number that fails its check is kept; see shared/tax/ids. */
  keptReason: textField(200).optional(),
})
export const taxIdsSchema = z.array(taxIdSchema).max(10)
export type TaxId = z.output<typeof taxIdSchema>

/** Bytes of a file. */
export const bytesField = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array, 'Not a file.')
  .meta({ bytes: true })

/** What the rows of a filtered list come to; void, bounced and cancelled ones are counted and not summed. */
export const listTotalsSchema = z.object({
  count: z.int(),
  sums: z.array(
    z.object({
      currency: z.string(),
      totalE4: amountField,
      /** What is still open, left as credit, or left to invoice of it. */
      restE4: amountField,
    }),
  ),
})
export type ListTotals = z.output<typeof listTotalsSchema>

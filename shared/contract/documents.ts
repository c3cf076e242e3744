import { z } from 'zod'
import {
  amountField,
  currencyField,
  dateField,
  exchangeRateField,
  idField,
  languageField,
  longTextField,
  optionalTextField,
  percentField,
  quantityField,
  unitPriceField,
  versionField,
} from './fields.ts'
import { unitField } from './items.ts'
import { taxCategories } from './tax-rates.ts'

/** What invoices, quotes and credit notes have alike. */

const lineText = (max: number) =>
  z
    .string()
    .max(max, `At most ${max} characters.`)
    // Pasted from elsewhere it may hold control characters, which break files, mail headers and PDFs.
    .transform((text) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim())

export const lineTaxSchema = z.object({
  taxRateId: idField.nullable(),
  name: z.string().min(1).max(60),
  category: z.enum(taxCategories),
  rateE6: percentField,
  isCompound: z.boolean(),
  exemptionReason: optionalTextField(300),
})
export type LineTax = z.output<typeof lineTaxSchema>

const adjustmentSchema = z
  .object({
    kind: z.enum(['allowance', 'charge']),
    reason: optionalTextField(200),
    amountE4: amountField.nullable(),
    percentE6: percentField.nullable(),
    baseE4: amountField.nullable(),
  })
  .refine((it) => it.amountE4 !== null || it.percentE6 !== null, {
    path: ['amountE4'],
    error: 'Enter an amount or a percentage.',
  })

export const lineAdjustmentsSchema = z.array(adjustmentSchema).max(20)

export const documentAdjustmentSchema = adjustmentSchema.extend({
  id: idField,
  /** null spreads it over the lines, before tax. */
  taxes: z.array(lineTaxSchema).max(5).nullable(),
})

export const documentLineSchema = z.object({
  /** Made by the editor, so that a draft keeps its lines through every save. */
  id: idField,
  itemId: idField.nullable(),
  code: optionalTextField(50),
  name: lineText(300),
  description: longTextField(4000),
  /** HSN, SAC, CPV or another code of goods and services. */
  classification: optionalTextField(20).default(null),
  quantityE6: quantityField,
  unit: unitField,
  priceE6: unitPriceField,
  baseQuantityE6: quantityField.refine((value) => value > 0n, 'The base quantity is above zero.'),
  adjustments: lineAdjustmentsSchema,
  taxes: z.array(lineTaxSchema).max(5, 'At most 5 taxes on a line.'),
})
export type DocumentLine = z.output<typeof documentLineSchema>

/** Why a document is taxed as it is; what a regime makes of it is in shared/tax. */
export const taxTreatments = [
  'domestic',
  'reverse-charge',
  'intra-community',
  'export',
  'export-with-tax',
  'sez',
  'sez-with-tax',
  'deemed-export',
  'composition',
  'exempt',
  'outside-scope',
  'oss',
] as const
export type TaxTreatment = (typeof taxTreatments)[number]

/** What a person writes on any document. */
export const documentContentSchema = z.object({
  clientId: idField.nullable(),
  /** null is the whole business; left out it is where the caller works. */
  branchId: idField.nullable().optional(),
  currency: currencyField,
  /** Base currency per unit of the document's currency. */
  exchangeRateE10: exchangeRateField,
  language: languageField,
  reference: optionalTextField(100),
  /** BT-13: the buyer's purchase order. */
  orderReference: optionalTextField(100).default(null),
  /** BT-10: what the buyer routes by, such as a Leitweg-ID. */
  buyerReference: optionalTextField(100).default(null),
  issuedOn: dateField,
  supplyFrom: dateField.nullable(),
  supplyTo: dateField.nullable(),
  taxTreatment: z.enum(taxTreatments).default('domestic'),
  /** Code of the state, province or country that taxes the supply; null where the regime does not ask. */
  placeOfSupply: optionalTextField(10).default(null),
  pricesIncludeTax: z.boolean(),
  /** Smallest payable step for cash rounding; null for none. */
  payableStepE4: amountField.nullable().default(null),
  notes: longTextField(4000),
  terms: longTextField(4000),
  /** null takes the client's template, or the organization's. */
  templateId: idField.nullable().default(null),
  /** Added to reach the payable amount (BT-114), as a received document gives it. */
  roundingAmountE4: amountField.nullable().default(null),
  lines: z.array(documentLineSchema).max(2000, 'At most 2,000 lines.'),
  adjustments: z.array(documentAdjustmentSchema).max(50),
})
export type DocumentContent = z.output<typeof documentContentSchema>

export const documentTotalsSchema = z.object({
  lineNetE4: amountField,
  allowanceE4: amountField,
  chargeE4: amountField,
  netE4: amountField,
  taxE4: amountField,
  totalE4: amountField,
  prepaidE4: amountField,
  roundingE4: amountField,
  payableE4: amountField,
  taxes: z.array(
    z.object({
      name: z.string(),
      category: z.enum(taxCategories),
      rateE6: percentField,
      compound: z.boolean(),
      taxableE4: amountField,
      taxE4: amountField,
    }),
  ),
})

export const deliveryStates = ['not-sent', 'queued', 'sent', 'failed', 'bounced'] as const

/** In which other way than by mail a document went to its client. */
export const sentHows = ['post', 'handed-over', 'portal', 'message', 'other'] as const

const sentFields = { on: dateField, how: z.enum(sentHows), note: optionalTextField(200).default(null) }

/** What somebody says of a document that went out in another way than by mail. */
export const markSentInput = z.object({ id: idField, version: versionField, ...sentFields })

const sentByHandSchema = z.object({
  on: z.string(),
  how: z.enum(sentHows),
  note: z.string().nullable(),
  /** Who said so; null for a user without a name. */
  by: z.string().nullable(),
})
export type SentByHand = z.output<typeof sentByHandSchema>

/** What every document answers with beside its own content. */
export const documentFacts = {
  id: z.string(),
  version: z.int(),
  number: z.string().nullable(),
  deliveryState: z.enum(deliveryStates),
  /** The last time that it was marked as sent in another way than by mail. */
  sentByHand: sentByHandSchema.nullable(),
  totals: documentTotalsSchema,
  minorUnits: z.int(),
  clientName: z.string(),
  issuedAt: z.string().nullable(),
  sentAt: z.string().nullable(),
  voidedAt: z.string().nullable(),
  voidReason: z.string().nullable(),
  pdfSha256: z.string().nullable(),
  updatedAt: z.string(),
}

/** The reason that a void document keeps. */
export const voidReasonField = z.string().trim().min(3, 'Say why, in a few words.').max(300)

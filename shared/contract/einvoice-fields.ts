import { z } from 'zod'
import { eInvoiceFormats } from '../documents/einvoice-formats.ts'
import { optionalEmailField, optionalTextField } from './fields.ts'

const schemeField = z
  .string()
  .trim()
  .regex(/^[0-9A-Z]{2,4}$/, 'Choose what kind of number this is.')
  .nullable()

/** What identifies a business beside its tax numbers. */
export const einvoicePartyFields = {
  /** BT-34, BT-49: where it receives e-invoices. */
  electronicAddress: optionalTextField(100),
  /** EAS code of what the address is; ISO 6523 or EM for a mail address. */
  electronicAddressScheme: schemeField,
  /** BT-30, BT-47: its number in a company register. */
  legalId: optionalTextField(60),
  /** ICD code of the register. */
  legalIdScheme: schemeField,
}

/** What is asked of a client on top. */
export const einvoiceClientFields = {
  ...einvoicePartyFields,
  /** BT-10 where a document says none: a Leitweg-ID, a cost centre. */
  buyerReference: optionalTextField(100),
  /** The form that the client takes; null for none. */
  einvoiceFormat: z.enum(eInvoiceFormats).nullable(),
}

/** Whom the buyer may ask (BG-6). */
export const einvoiceSellerFields = {
  ...einvoicePartyFields,
  contactName: optionalTextField(100),
  contactPhone: optionalTextField(40),
  contactEmail: optionalEmailField,
}

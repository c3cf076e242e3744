import { z } from 'zod'
import { addressSchema, taxIdsSchema } from '../../shared/contract/fields.ts'
import { bankDetailsSchema } from '../../shared/contract/organizations.ts'

const identifierSchema = z.object({ id: z.string(), scheme: z.string().nullable() }).nullable().default(null)

/** The seller as a document prints it, kept with the document when it is issued. */
export const sellerSchema = z.object({
  legalName: z.string(),
  tradeName: z.string().nullable(),
  address: addressSchema,
  taxIds: taxIdsSchema,
  email: z.string().nullable(),
  phone: z.string().nullable(),
  website: z.string().nullable(),
  bankDetails: bankDetailsSchema,
  legalText: z.string().nullable(),
  footer: z.string().nullable(),
  accentColor: z.string(),
  logoSha256: z.string().nullable(),
  pageSize: z.enum(['A4', 'LETTER']),
  // What e-invoices ask for; documents of before know nothing of it.
  electronicAddress: identifierSchema,
  legalId: identifierSchema,
  contact: z
    .object({ name: z.string().nullable(), phone: z.string().nullable(), email: z.string().nullable() })
    .default({ name: null, phone: null, email: null }),
  /** The branch that the document is from; its address where it has one of its own. */
  branch: z
    .object({
      name: z.string(),
      address: addressSchema.nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
    })
    .nullable()
    .default(null),
})
export type Seller = z.output<typeof sellerSchema>

/** The buyer as a document prints it. */
export const buyerSchema = z.object({
  name: z.string(),
  kind: z.enum(['person', 'company']),
  contactName: z.string().nullable(),
  address: addressSchema,
  deliveryAddress: addressSchema.nullable(),
  taxIds: taxIdsSchema,
  email: z.string().nullable(),
  phone: z.string().nullable(),
  electronicAddress: identifierSchema,
  legalId: identifierSchema,
  /** BT-10 where the document says none. */
  buyerReference: z.string().nullable().default(null),
})
export type Buyer = z.output<typeof buyerSchema>

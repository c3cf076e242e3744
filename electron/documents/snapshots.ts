import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { readJson } from '../../db/json.ts'
import type { ClientTable } from '../../db/tables/clients.ts'
import type { OrganizationTable } from '../../db/tables/organizations.ts'
import { addressSchema, taxIdsSchema } from '../../shared/contract/fields.ts'
import { bankDetailsSchema } from '../../shared/contract/organizations.ts'
import { addressOf } from '../features/addresses.ts'
import type { Db, Trx } from '../rpc/context.ts'

const identifierSchema = z.object({ id: z.string(), scheme: z.string().nullable() }).nullable().default(null)

const identifierOf = (id: string | null, scheme: string | null) => (id === null ? null : { id, scheme })

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

/** The seller as the organization is now. */
export const sellerOf = async (db: Db | Trx, organization: Selectable<OrganizationTable>): Promise<Seller> => {
  const logo =
    organization.logoAttachmentId === null
      ? undefined
      : await db
          .selectFrom('attachments')
          .select('sha256')
          .where('id', '=', organization.logoAttachmentId)
          .executeTakeFirst()
  return {
    legalName: organization.legalName,
    tradeName: organization.tradeName,
    address: addressOf(organization),
    taxIds: readJson(taxIdsSchema, organization.taxIds),
    email: organization.email,
    phone: organization.phone,
    website: organization.website,
    bankDetails: readJson(bankDetailsSchema, organization.bankDetails),
    legalText: organization.legalText,
    footer: organization.footer,
    accentColor: organization.accentColor,
    logoSha256: logo?.sha256 ?? null,
    pageSize: organization.pageSize,
    electronicAddress: identifierOf(organization.electronicAddress, organization.electronicAddressScheme),
    legalId: identifierOf(organization.legalId, organization.legalIdScheme),
    contact: {
      name: organization.contactName,
      phone: organization.contactPhone,
      email: organization.contactEmail,
    },
  }
}

/** The buyer as the client is now. */
export const buyerOf = async (db: Db | Trx, client: Selectable<ClientTable>): Promise<Buyer> => {
  const contact = await db
    .selectFrom('clientContacts')
    .select('name')
    .where('clientId', '=', client.id)
    .where('isPrimary', '=', sql.lit(1))
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return {
    name: client.name,
    kind: client.kind,
    contactName: contact?.name ?? null,
    address: addressOf(client),
    deliveryAddress: client.deliveryAddress === null ? null : readJson(addressSchema, client.deliveryAddress),
    taxIds: readJson(taxIdsSchema, client.taxIds),
    email: client.email,
    phone: client.phone,
    electronicAddress: identifierOf(client.electronicAddress, client.electronicAddressScheme),
    legalId: identifierOf(client.legalId, client.legalIdScheme),
    buyerReference: client.buyerReference,
  }
}

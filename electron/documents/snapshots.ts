import { type Selectable, sql } from 'kysely'
import { readJson } from '../../db/json.ts'
import type { ClientTable } from '../../db/tables/clients.ts'
import type { OrganizationTable } from '../../db/tables/organizations.ts'
import { addressSchema, taxIdsSchema } from '../../shared/contract/fields.ts'
import { bankDetailsSchema } from '../../shared/contract/organizations.ts'
import { sellerTaxIds } from '../../shared/tax/seller-ids.ts'
import { addressOf } from '../features/addresses.ts'
import { taxIdLabelOf } from '../features/setup/countries.ts'
import { registrationsOf } from '../features/tax-settings/registrations.ts'
import type { Db, Trx } from '../rpc/context.ts'
import { findRow } from '../rpc/rows.ts'
import type { Buyer, Seller } from './parties.ts'

export { type Buyer, buyerSchema, type Seller, sellerSchema } from './parties.ts'

const identifierOf = (id: string | null, scheme: string | null) => (id === null ? null : { id, scheme })

const branchOf = async (db: Db | Trx, organizationId: string, branchId: string): Promise<Seller['branch']> => {
  const branch = await findRow(db, 'branches', organizationId, branchId)
  if (branch === undefined) return null
  const address = branch.addressLine1 === null && branch.city === null ? null : addressOf(branch)
  return { name: branch.name, address, email: branch.email, phone: branch.phone }
}

/** The seller as the organization is now, with the tax number that is in force on a day: the tax point of a document. */
export const sellerOf = async (
  db: Db | Trx,
  organization: Selectable<OrganizationTable>,
  on: string,
  branchId: string | null = null,
): Promise<Seller> => {
  const ownIds = readJson(taxIdsSchema, organization.taxIds)
  const registrations = await registrationsOf(db, organization.id)
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
    taxIds: sellerTaxIds(ownIds, registrations, on, taxIdLabelOf(organization.country)),
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
    branch: branchId === null ? null : await branchOf(db, organization.id, branchId),
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

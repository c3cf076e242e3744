import type { Address } from '../../../shared/contract/fields.ts'
import type { EInvoiceAddress, EInvoiceContact, EInvoiceParty, Identifier } from '../../../shared/documents/einvoice.ts'
import type { Buyer, Seller } from '../../documents/parties.ts'
import { partyIdsOf } from './party-ids.ts'

/** An address of ours in the words of the standard; null where nothing of it is said. */
export const addressFrom = (address: Address): EInvoiceAddress | null => {
  if (Object.values(address).every((part) => part === null)) return null
  const { line1, line2, city, region, postalCode, country } = address
  return { line1, line2, line3: null, city, postcode: postalCode, subdivision: region, country }
}

const contactFrom = (contact: EInvoiceContact): EInvoiceContact | null =>
  Object.values(contact).every((part) => part === null) ? null : contact

export type PartyOptions = {
  /** A document that is not subject to VAT names no VAT numbers (BR-O-02). */
  readonly hasVatIds: boolean
  /** A mail address stands in for an electronic address: on every network but Peppol. */
  readonly takesMail: boolean
  /** The address of today, where the document knows of none. */
  readonly later: Identifier | null
}

type Reach = Pick<PartyOptions, 'takesMail' | 'later'>

// What the document said at its issue goes before what is said today.
const electronicAddress = (own: Identifier | null, email: string | null, { takesMail, later }: Reach) =>
  own ?? (takesMail && email !== null ? { id: email, scheme: 'EM' } : later)

/** The seller as the document keeps it. */
export const sellerFrom = (seller: Seller, { hasVatIds, ...reach }: PartyOptions): EInvoiceParty => {
  const ids = partyIdsOf(seller.taxIds, seller.address.country, seller.legalId)
  const { name, phone, email } = seller.contact
  return {
    name: seller.legalName,
    tradingName: seller.tradeName === seller.legalName ? null : seller.tradeName,
    ids: [],
    legalId: ids.legalId,
    legalInfo: seller.legalText,
    vatId: hasVatIds ? ids.vatId : null,
    taxIds: ids.taxIds,
    electronicAddress: electronicAddress(seller.electronicAddress, seller.email, reach),
    address: addressFrom(seller.address),
    contact: contactFrom({ name, phone: phone ?? seller.phone, email: email ?? seller.email }),
  }
}

/** The buyer as the document keeps it; nobody yet for a draft without a client. */
export const buyerFrom = (buyer: Buyer | null, { hasVatIds, ...reach }: PartyOptions): EInvoiceParty => {
  const ids = partyIdsOf(buyer?.taxIds ?? [], buyer?.address.country ?? null, buyer?.legalId ?? null)
  return {
    name: buyer?.name ?? '',
    tradingName: null,
    ids: [],
    legalId: ids.legalId,
    legalInfo: null,
    vatId: hasVatIds ? ids.vatId : null,
    // BT-48 is all that the standard takes of the buyer's tax numbers.
    taxIds: [],
    electronicAddress: electronicAddress(buyer?.electronicAddress ?? null, buyer?.email ?? null, reach),
    address: buyer === null ? null : addressFrom(buyer.address),
    contact: buyer === null ? null : contactFrom({ name: buyer.contactName, phone: buyer.phone, email: buyer.email }),
  }
}

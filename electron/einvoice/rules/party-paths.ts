/** Where the terms of the four parties stand; the terms are those of seller, buyer, payee and tax representative. */
export const partyNames = ['seller', 'buyer', 'payee', 'taxRepresentative'] as const
export type PartyName = (typeof partyNames)[number]

type PartyPlace = {
  readonly terms: readonly [seller: string, buyer: string, payee: string, taxRepresentative: string]
  /** The part of the field after `seller.`; '' for the party itself. */
  readonly field: string
  readonly ubl: string
  readonly cii: string
}

export const partyRoots: Readonly<Record<PartyName, readonly [ubl: string, cii: string]>> = {
  seller: ['AccountingSupplierParty/Party/', 'agreement.SellerTradeParty'],
  buyer: ['AccountingCustomerParty/Party/', 'agreement.BuyerTradeParty'],
  payee: ['PayeeParty/', 'settlement.PayeeTradeParty'],
  taxRepresentative: ['TaxRepresentativeParty/', 'agreement.SellerTaxRepresentativeTradeParty'],
}

const place = (terms: PartyPlace['terms'], field: string, ubl: string, cii: string): PartyPlace => ({
  terms,
  field,
  ubl,
  cii,
})

export const partyPlaces = {
  legalName: place(['BT-27', 'BT-44', 'BT-59', 'BT-62'], 'name', 'PartyLegalEntity/RegistrationName', 'Name'),
  /** The name of payee and tax representative, the trading name of seller and buyer. */
  partyName: place(['BT-28', 'BT-45', 'BT-59', 'BT-62'], 'name', 'PartyName/Name', 'Name'),
  ids: place(['BT-29', 'BT-46', 'BT-60', ''], 'ids', 'PartyIdentification/ID', 'ID|GlobalID'),
  legalId: place(
    ['BT-30', 'BT-47', 'BT-61', ''],
    'legalId',
    'PartyLegalEntity/CompanyID',
    'SpecifiedLegalOrganization/ID',
  ),
  taxIds: place(['BT-32', 'BT-48', '', 'BT-63'], 'taxIds', 'PartyTaxScheme/CompanyID', 'SpecifiedTaxRegistration/ID'),
  address: place(['BG-5', 'BG-8', '', 'BG-12'], 'address', 'PostalAddress/', 'PostalTradeAddress'),
  city: place(['BT-37', 'BT-52', '', 'BT-66'], 'address.city', 'PostalAddress/CityName', 'PostalTradeAddress/CityName'),
  postcode: place(
    ['BT-38', 'BT-53', '', 'BT-67'],
    'address.postcode',
    'PostalAddress/PostalZone',
    'PostalTradeAddress/PostcodeCode',
  ),
  country: place(
    ['BT-40', 'BT-55', '', 'BT-69'],
    'address.country',
    'PostalAddress/Country/IdentificationCode',
    'PostalTradeAddress/CountryID',
  ),
  electronicAddress: place(
    ['BT-34', 'BT-49', '', ''],
    'electronicAddress',
    'EndpointID',
    'URIUniversalCommunication/URIID',
  ),
  contact: place(['BG-6', 'BG-9', '', ''], 'contact', 'Contact/', 'DefinedTradeContact'),
  contactName: place(
    ['BT-41', 'BT-56', '', ''],
    'contact.name',
    'Contact/Name',
    'DefinedTradeContact/PersonName|DefinedTradeContact/DepartmentName',
  ),
  contactPhone: place(
    ['BT-42', 'BT-57', '', ''],
    'contact.phone',
    'Contact/Telephone',
    'DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber',
  ),
  contactEmail: place(
    ['BT-43', 'BT-58', '', ''],
    'contact.email',
    'Contact/ElectronicMail',
    'DefinedTradeContact/EmailURIUniversalCommunication/URIID',
  ),
} as const satisfies Record<string, PartyPlace>

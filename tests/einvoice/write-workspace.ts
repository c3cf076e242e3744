import type { Workspace } from '../support/workspace.ts'

/** Gives the business of a workspace all that e-invoices ask of a seller. */
export const fillBusiness = async (workspace: Workspace): Promise<void> => {
  const { version } = await workspace.call('organizations.get', {})
  await workspace.call('organizations.update', {
    version,
    currency: 'EUR',
    address: { line1: 'Hafenstraße 12', city: 'Lübeck', postalCode: '23552', country: 'DE' },
    email: 'rechnung@nordwall.example',
    phone: '+49 451 100200',
    taxIds: [
      { label: 'USt-IdNr.', value: 'DE136695976' },
      { label: 'Steuernummer', value: '22/815/0815/4', keptReason: 'As on every letter' },
    ],
    bankDetails: { accountName: 'Linden GmbH', iban: 'DE02120300000000202051', bic: 'BYLADEM1001' },
    electronicAddress: 'DE136695976',
    electronicAddressScheme: '9930',
    contactName: 'Ada Linden',
    legalId: 'HRB 4711 HL',
  })
}

/** A client that takes e-invoices in a form. */
export const makeBuyer = async (
  workspace: Workspace,
  einvoiceFormat: 'xrechnung-ubl' | 'peppol-ubl' | 'facturx' | null = 'xrechnung-ubl',
): Promise<string> => {
  const { id } = await workspace.call('clients.create', {
    name: 'Stadt Husum',
    email: 'eingang@husum.example',
    address: { line1: 'Zingel 10', city: 'Husum', postalCode: '25813', country: 'DE' },
    taxIds: [{ label: 'USt-IdNr.', value: 'DE129273398' }],
    electronicAddress: '01054056-23-28',
    electronicAddressScheme: '0204',
    buyerReference: '01054056-23-28',
    einvoiceFormat,
  })
  return id
}

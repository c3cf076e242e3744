import type { EInvoiceFinding } from '../../../shared/contract/einvoices.ts'
import type { FieldKey, Finding } from '../../einvoice/rules/finding.ts'

type Target = EInvoiceFinding['target']
type Place = Omit<Target, 'needsCorrection'>

/** Labels of the fields that a part of the seller or the buyer is entered in, on the business and on the client. */
const partyLabels: Readonly<Record<string, readonly [business: string, client: string]>> = {
  '': ['Legal name', 'Name'],
  name: ['Legal name', 'Name'],
  tradingName: ['Trade name', 'Name'],
  ids: ['Registration number', 'Registration number'],
  legalId: ['Registration number', 'Registration number'],
  vatId: ['Tax numbers', 'Tax numbers'],
  taxIds: ['Tax numbers', 'Tax numbers'],
  electronicAddress: ['Electronic address', 'Electronic address'],
  address: ['Street address', 'Street address'],
  'address.city': ['Town or city', 'Town or city'],
  'address.postcode': ['Postal code', 'Postal code'],
  'address.country': ['Country', 'Country'],
  contact: ['Contact person', 'E-mail'],
  'contact.name': ['Contact person', 'Name'],
  'contact.phone': ['Contact phone', 'Phone'],
  'contact.email': ['Contact e-mail', 'E-mail'],
}

/** What an issued document does not print: such a part is as it is now, see `findSource`. */
const unprinted = /^(seller|buyer)\.(electronicAddress|legalId|ids|contact)/

const ofParty = (field: string): Place | null => {
  const [, who, part = ''] = /^(seller|buyer)(?:\.(.*))?$/.exec(field) ?? []
  if (who === undefined) return null
  const [business, client] = partyLabels[part] ?? ['Legal name', 'Name']
  return who === 'seller' ? { screen: 'business', field: business } : { screen: 'client', field: client }
}

const lineFields: Readonly<Record<string, string>> = {
  name: 'name',
  description: 'description',
  quantity: 'quantity',
  unit: 'unit',
  price: 'price',
  grossPrice: 'price',
  net: 'price',
  baseQuantity: 'price',
  taxes: 'taxes',
  'taxes.rate': 'taxes',
  classifications: 'classification',
  adjustments: 'price',
}

const documentFields: Readonly<Record<string, string>> = {
  issuedOn: 'issuedOn',
  dueOn: 'dueOn',
  currency: 'currency',
  taxCurrency: 'currency',
  notes: 'notes',
  terms: 'terms',
  buyerReference: 'buyerReference',
  reference: 'reference',
  period: 'supplyFrom',
  'delivery.date': 'supplyFrom',
}

const ofDocument = (field: string): Place => {
  const [, line, part = ''] = /^lines\[(\d+)\](?:\.(.*))?$/.exec(field) ?? []
  if (line !== undefined) return { screen: 'document', field: `lines.${line}.${lineFields[part] ?? 'name'}` }
  const [, adjustment] = /^adjustments\[(\d+)\]/.exec(field) ?? []
  if (adjustment !== undefined) return { screen: 'document', field: `adjustments.${adjustment}` }
  if (/^delivery\.(address|locationId)/.test(field)) return { screen: 'client', field: 'Goods go to another address' }
  if (field.startsWith('payment')) return { screen: 'business', field: 'IBAN' }
  // Taxes and sums follow from the lines.
  return { screen: 'document', field: documentFields[field] ?? 'lines' }
}

/** Where to put a finding right; once issued, what the document prints can only be corrected by another one. */
export const targetOf = (field: FieldKey, isIssued: boolean): Target => {
  const place = ofParty(field) ?? ofDocument(field)
  if (!isIssued || unprinted.test(field)) return { ...place, needsCorrection: false }
  if (field === 'buyerReference') return { screen: 'client', field: 'Buyer reference', needsCorrection: false }
  const screen = place.screen === 'document' ? 'correct' : place.screen
  return { ...place, screen, needsCorrection: true }
}

/** A finding as screens take it. */
export const shownFinding = (
  { rule, severity, message, term, field }: Finding,
  isIssued: boolean,
): EInvoiceFinding => ({
  rule,
  severity,
  message,
  term,
  field,
  target: targetOf(field, isIssued),
})

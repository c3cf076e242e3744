import type { Template } from './template.ts'

const product = 'Xero'

/** Xero's own CSV shape for sales invoices and contacts; an asterisk marks what Xero requires. */
export const xero: readonly Template[] = [
  {
    id: 'xero-invoices',
    product,
    label: 'Sales invoices',
    holds: 'invoices',
    entity: 'invoices',
    signature: [
      'contact name',
      'invoice number',
      'invoice date',
      'due date',
      'description',
      'unit amount',
      'account code',
    ],
    columns: {
      'contact name': 'client',
      'email address': 'clientEmail',
      'poaddress line1': 'clientLine1',
      'poaddress line2': 'clientLine2',
      pocity: 'clientCity',
      poregion: 'clientRegion',
      'popostal code': 'clientPostalCode',
      pocountry: 'clientCountry',
      'invoice number': 'number',
      reference: 'reference',
      'invoice date': 'date',
      'due date': 'dueDate',
      total: 'total',
      'invoice amount paid': 'paid',
      'invoice amount due': 'balance',
      'inventory item code': 'itemCode',
      description: 'itemName',
      quantity: 'quantity',
      'unit amount': 'price',
      discount: 'lineDiscountPercent',
      'tax type': 'tax1Name',
      'tax amount': 'tax1Amount',
      currency: 'currency',
      type: 'type',
      status: 'status',
    },
    leaveOut: (look) => {
      if (/bill/i.test(look('type'))) return 'It is a bill to pay, not an invoice.'
      return /^(draft|voided|deleted)$/i.test(look('status')) ? `It is ${look('status').toLowerCase()} in Xero.` : null
    },
  },
  {
    id: 'xero-contacts',
    product,
    label: 'Contacts',
    holds: 'contacts',
    entity: 'clients',
    signature: ['contact name', 'email address', 'poattention to', 'pocity'],
    columns: {
      'contact name': 'name',
      'account number': 'code',
      'email address': 'email',
      'first name': 'firstName',
      'last name': 'lastName',
      'poaddress line1': 'addressLine1',
      'poaddress line2': 'addressLine2',
      pocity: 'addressCity',
      poregion: 'addressRegion',
      'popostal code': 'addressPostalCode',
      pocountry: 'addressCountry',
      'phone number': 'phone',
      website: 'website',
      'tax number': 'vatId',
    },
  },
]

import type { Look, Template } from './template.ts'

const product = 'Akaunting'

const document = {
  'contact name': 'client',
  'contact email': 'clientEmail',
  'contact tax number': 'clientVatId',
  'contact address': 'clientLine1',
  'order number': 'reference',
  status: 'status',
  type: 'type',
  'due at': 'dueDate',
  amount: 'total',
  'currency code': 'currency',
  'currency rate': 'exchangeRate',
  notes: 'notes',
}

const unissued = (look: Look) =>
  /^(draft|cancelled)$/i.test(look('status')) ? `It is ${look('status').toLowerCase()} in Akaunting.` : null

/** Akaunting's workbooks, with the names of its database as columns. */
export const akaunting: readonly Template[] = [
  {
    id: 'akaunting-customers',
    product,
    label: 'Customers',
    holds: 'customers',
    entity: 'clients',
    signature: ['name', 'email', 'tax number', 'zip code', 'currency code', 'enabled'],
    columns: {
      name: 'name',
      email: 'email',
      'tax number': 'vatId',
      phone: 'phone',
      address: 'addressLine1',
      country: 'addressCountry',
      state: 'addressRegion',
      'zip code': 'addressPostalCode',
      city: 'addressCity',
      website: 'website',
      'currency code': 'currency',
      reference: 'code',
      enabled: 'status',
    },
  },
  {
    id: 'akaunting-items',
    product,
    label: 'Items',
    holds: 'items',
    entity: 'items',
    signature: ['name', 'sale price', 'purchase price', 'enabled'],
    columns: {
      name: 'name',
      sku: 'code',
      description: 'description',
      'sale price': 'price',
      type: 'kind',
      'item type': 'kind',
      enabled: 'status',
    },
  },
  {
    id: 'akaunting-invoices',
    product,
    label: 'Invoices',
    holds: 'invoices',
    entity: 'invoices',
    signature: ['invoice number', 'invoiced at', 'contact name', 'currency code', 'amount'],
    columns: { ...document, 'invoice number': 'number', 'invoiced at': 'date' },
    leaveOut: unissued,
    note: 'Akaunting keeps lines on a sheet of their own: each invoice comes in with one line.',
  },
  {
    id: 'akaunting-credit-notes',
    product,
    label: 'Credit notes',
    holds: 'credit notes',
    entity: 'invoices',
    credits: true,
    signature: ['credit note number', 'issued at', 'contact name', 'currency code', 'amount'],
    columns: { ...document, 'credit note number': 'number', 'invoice number': 'credits', 'issued at': 'date' },
    leaveOut: unissued,
    note: 'Akaunting keeps lines on a sheet of their own: each credit note comes in with one line.',
  },
  {
    id: 'akaunting-taxes',
    product,
    label: 'Taxes',
    holds: 'tax rates',
    entity: null,
    signature: ['name', 'type', 'rate', 'enabled'],
    exact: true,
    columns: {},
    note: 'Tax rates are few and decide what you owe, so they are not imported: add them under Settings, Tax rates.',
  },
]

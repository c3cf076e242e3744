import type { Template } from './template.ts'

const product = 'Akaunting'

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

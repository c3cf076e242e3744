import type { Template } from './template.ts'

const product = 'Frappe Books'

/** Frappe Books: names for people in the first row, keys for the program in the second. */
export const frappeBooks: readonly Template[] = [
  {
    id: 'frappe-books-parties',
    product,
    label: 'Parties',
    holds: 'parties',
    entity: 'clients',
    signature: ['name', 'role', 'default account', 'outstanding amount'],
    columns: {
      name: 'name',
      currency: 'currency',
      email: 'email',
      phone: 'phone',
      address: 'addressLine1',
      'gstin no': 'vatId',
    },
    leaveOut: (look) =>
      /^supplier$/i.test(look('role')) ? 'It is a supplier, which Counterfoil does not keep yet.' : null,
  },
  {
    id: 'frappe-books-items',
    product,
    label: 'Items',
    holds: 'items',
    entity: 'items',
    signature: ['item name', 'unit type', 'type', 'for', 'sales acc', 'rate'],
    columns: {
      'item name': 'name',
      description: 'description',
      'unit type': 'unit',
      type: 'kind',
      tax: 'taxName',
      rate: 'price',
      barcode: 'code',
    },
    leaveOut: (look) => (/^purchases$/i.test(look('for')) ? 'It is only bought, never sold.' : null),
  },
  {
    id: 'frappe-books-invoices',
    product,
    label: 'Sales invoices',
    holds: 'invoices',
    entity: 'invoices',
    signature: ['invoice no', 'party', 'customer currency', 'grand total', 'outstanding amount'],
    columns: {
      'invoice no': 'number',
      date: 'date',
      party: 'client',
      'customer currency': 'currency',
      'exchange rate': 'exchangeRate',
      'grand total': 'total',
      'outstanding amount': 'balance',
      notes: 'notes',
      item: 'itemName',
      description: 'itemDescription',
      quantity: 'quantity',
      'rate#2': 'price',
      tax: 'tax1Name',
      'amount#2': 'lineAmount',
    },
    leaveOut: (look) => {
      if (/^(1|true|yes)$/i.test(look('cancelled'))) return 'It is cancelled in Frappe Books.'
      return /^(0|false|no)$/i.test(look('submitted')) ? 'It is a draft, which was never issued.' : null
    },
    polish: (field, text) => (field === 'exchangeRate' && /^1(\.0+)?$/.test(text) ? '' : text),
  },
]

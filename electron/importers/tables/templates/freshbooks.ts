import type { Template } from './template.ts'

const product = 'FreshBooks'

/** FreshBooks: a row for each line of an invoice, taxes as amounts without their rate. */
export const freshbooks: readonly Template[] = [
  {
    id: 'freshbooks-clients',
    product,
    label: 'Clients',
    holds: 'clients',
    entity: 'clients',
    signature: ['organization', 'first name', 'last name', 'street', 'province state', 'postal code'],
    columns: {
      organization: 'name',
      'first name': 'firstName',
      'last name': 'lastName',
      email: 'email',
      phone: 'phone',
      street: 'addressLine1',
      city: 'addressCity',
      'province state': 'addressRegion',
      country: 'addressCountry',
      'postal code': 'addressPostalCode',
      notes: 'notes',
    },
  },
  {
    id: 'freshbooks-invoices',
    product,
    label: 'Invoices',
    holds: 'invoices',
    entity: 'invoices',
    signature: ['client name', 'invoice', 'date issued', 'line subtotal', 'tax 1 type', 'tax 1 amount'],
    columns: {
      'client name': 'client',
      invoice: 'number',
      'date issued': 'date',
      'invoice status': 'status',
      'date paid': 'paidOn',
      'item name': 'itemName',
      'item description': 'itemDescription',
      rate: 'price',
      quantity: 'quantity',
      'discount percentage': 'lineDiscountPercent',
      'line subtotal': 'lineAmount',
      'tax 1 type': 'tax1Name',
      'tax 1 amount': 'tax1Amount',
      'tax 2 type': 'tax2Name',
      'tax 2 amount': 'tax2Amount',
      'line total': 'lineTotal',
      currency: 'currency',
    },
    leaveOut: (look) => (/^draft$/i.test(look('invoice status')) ? 'It is a draft, which was never issued.' : null),
  },
]

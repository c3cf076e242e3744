import type { Look, RowRole, Template } from './template.ts'

const product = 'Wave'

const contact = {
  email: 'email',
  'contact first name': 'firstName',
  'contact last name': 'lastName',
  phone: 'phone',
  mobile: 'contactPhone',
  website: 'website',
  country: 'addressCountry',
  'province state': 'addressRegion',
  'address line 1': 'addressLine1',
  'address line 2': 'addressLine2',
  city: 'addressCity',
  'postal code zip code': 'addressPostalCode',
}

// Wave exports the ledger. A sale is its income rows and one debit of the receivable; what is credited there later pays it.
const roleOf = (look: Look): RowRole => {
  const type = look('account type').toLowerCase()
  if (look('invoice number') === '') return 'ignore'
  if (type === 'income') return 'line'
  if (!type.startsWith('system receivable')) return 'ignore'
  return /^[-(]/.test(look('amount one column').trim()) ? 'payment' : 'total'
}

// "Mark Smith - 2 - Lawn service": the client and the number stand on the invoice already.
const withoutPrefix = (text: string, look: Look): string => {
  const prefix = `${look('customer')} - ${look('invoice number')} - `
  return text.startsWith(prefix) ? text.slice(prefix.length) : text
}

/** Wave: customers, and invoices derived from the accounting transactions. */
export const wave: readonly Template[] = [
  {
    id: 'wave-customers',
    product,
    label: 'Customers',
    holds: 'customers',
    entity: 'clients',
    signature: ['customer name', 'customer currency', 'contact first name', 'toll free'],
    columns: {
      ...contact,
      'customer name': 'name',
      'customer currency': 'currency',
      'account number': 'code',
      'ship to country': 'deliveryCountry',
      'ship to province state': 'deliveryRegion',
      'ship to address line 1': 'deliveryLine1',
      'ship to address line 2': 'deliveryLine2',
      'ship to city': 'deliveryCity',
      'ship to postal code zip code': 'deliveryPostalCode',
    },
  },
  {
    id: 'wave-vendors',
    product,
    label: 'Vendors',
    holds: 'vendors',
    entity: null,
    also: ['clients'],
    signature: ['vendor name', 'vendor currency', 'contact first name', 'toll free'],
    columns: { ...contact, 'vendor name': 'name', 'vendor currency': 'currency', 'account number': 'code' },
    note: 'Counterfoil does not keep vendors yet. They can come in as clients if that helps.',
  },
  {
    id: 'wave-transactions',
    product,
    label: 'Accounting transactions',
    holds: 'accounting transactions',
    entity: 'invoices',
    signature: [
      'transaction id',
      'transaction date',
      'transaction line description',
      'amount one column',
      'account type',
    ],
    columns: {
      'transaction date': 'date',
      'transaction line description': 'itemName',
      'amount one column': 'total',
      'amount before sales tax': 'lineAmount',
      'sales tax amount': 'tax1Amount',
      'sales tax name': 'tax1Name',
      customer: 'client',
      'invoice number': 'number',
      'notes memo': 'notes',
    },
    note: 'Invoices are put together from the income rows of each invoice number, payments from what is credited to the receivable.',
    totalRows: true,
    roleOf,
    polish: (field, text, look) => (field === 'itemName' ? withoutPrefix(text, look) : text),
  },
]

import type { Look, RowRole, Template } from './template.ts'

const product = 'QuickBooks'

const roleOf = (look: Look): RowRole => {
  if (!/^(INVOICE|CASH SALE|CREDIT MEMO|CASH REFUND)$/.test(look('type'))) return 'ignore'
  return look('extra') === 'AUTOSTAX' ? 'tax' : 'line'
}

/** QuickBooks Online (CSV) and QuickBooks Desktop (IIF, laid flat before it comes here). */
export const quickbooks: readonly Template[] = [
  {
    id: 'quickbooks-online-invoices',
    product,
    label: 'Online invoices',
    holds: 'invoices',
    entity: 'invoices',
    signature: ['invoice no', 'customer', 'invoice date', 'due date', 'item amount'],
    columns: {
      'invoice no': 'number',
      customer: 'client',
      'invoice date': 'date',
      'due date': 'dueDate',
      memo: 'notes',
      'item product service': 'itemName',
      'item description': 'itemDescription',
      'item quantity': 'quantity',
      'item rate': 'price',
      'item amount': 'lineAmount',
      'item tax code': 'tax1Name',
      'item tax amount': 'tax1Amount',
      'tax rate': 'tax1Rate',
      currency: 'currency',
      'transaction type': 'type',
      type: 'type',
      sku: 'itemCode',
    },
  },
  {
    id: 'quickbooks-iif-transactions',
    product,
    label: 'Desktop transactions (IIF)',
    holds: 'transactions',
    entity: 'invoices',
    signature: ['transaction', 'type', 'number', 'customer', 'extra', 'paid'],
    columns: {
      type: 'type',
      date: 'date',
      number: 'number',
      customer: 'client',
      total: 'total',
      'due date': 'dueDate',
      memo: 'notes',
      'address 1': 'clientLine1',
      'address 2': 'clientLine2',
      item: 'itemName',
      description: 'itemDescription',
      quantity: 'quantity',
      price: 'price',
      amount: 'lineAmount',
      paid: 'status',
    },
    roleOf,
    // Sold and given back for cash, it was settled at once.
    polish: (field, text, look) =>
      field === 'status' ? (/^y/i.test(text) || /^CASH /.test(look('type')) ? 'paid' : '') : text,
    note: 'Payments of the same file, if there are any, are its sheet "Payments": import them after these.',
  },
  {
    id: 'quickbooks-iif-payments',
    product,
    label: 'Desktop payments (IIF)',
    holds: 'payments',
    entity: 'payments',
    signature: ['payment', 'date', 'customer', 'received', 'pays', 'number'],
    columns: {
      date: 'date',
      customer: 'client',
      received: 'amount',
      pays: 'invoiceNumber',
      number: 'reference',
      method: 'method',
      memo: 'notes',
    },
    note: 'Each pays the invoice of its document number; what names none stays as the client’s credit.',
  },
  {
    id: 'quickbooks-iif-customers',
    product,
    label: 'Desktop customers (IIF)',
    holds: 'customers',
    entity: 'clients',
    signature: ['name', 'bill to 1', 'bill to 2', 'resale number'],
    columns: {
      name: 'name',
      company: 'company',
      'first name': 'firstName',
      'last name': 'lastName',
      email: 'email',
      phone: 'phone',
      'bill to 2': 'addressLine1',
      'bill to 3': 'addressLine2',
      terms: 'terms',
      notes: 'notes',
      'resale number': 'vatId',
    },
  },
  {
    id: 'quickbooks-iif-items',
    product,
    label: 'Desktop items (IIF)',
    holds: 'items',
    entity: 'items',
    signature: ['name', 'item type', 'description', 'price', 'taxable'],
    columns: { name: 'name', 'item type': 'kind', description: 'description', price: 'price' },
    leaveOut: (look) =>
      /^(COMPTAX|TAXGRP|STAX|SUBT|PMT|DISC|GRP)$/i.test(look('item type'))
        ? 'It is a tax, discount or subtotal of QuickBooks, not an item that is sold.'
        : null,
  },
]

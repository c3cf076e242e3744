import type { Template } from './template.ts'

const clientColumns = { 'client name': 'name', email: 'email', phone: 'phone', country: 'addressCountry' }

/** Products with a single small export, and shapes that several of them share. */
export const others: readonly Template[] = [
  {
    id: 'invoice2go-clients',
    product: 'Invoice2go or Invoicely',
    label: 'Clients',
    holds: 'clients',
    entity: 'clients',
    signature: ['client name', 'email', 'phone', 'country'],
    exact: true,
    columns: clientColumns,
  },
  {
    id: 'invoicely-invoices',
    product: 'Invoicely',
    label: 'Invoices',
    holds: 'invoices',
    entity: 'invoices',
    signature: ['date', 'due', 'details', 'client', 'status', 'total'],
    exact: true,
    columns: {
      date: 'date',
      due: 'dueDate',
      details: 'number',
      client: 'client',
      status: 'status',
      total: 'total',
    },
    note: 'Invoicely exports totals without lines: each invoice comes in with one line.',
    leaveOut: (look) => (/^draft$/i.test(look('status')) ? 'It is a draft, which was never issued.' : null),
  },
]

import type { Permission } from '../../shared/permissions.ts'
import type { Caller } from '../rpc/context.ts'

/** What must be allowed to see things of a kind, wherever they turn up beside others. */
const neededFor: Readonly<Record<string, Permission>> = {
  client: 'clients.read',
  item: 'items.read',
  invoice: 'invoices.read',
  quote: 'quotes.read',
  'credit-note': 'creditNotes.read',
  payment: 'payments.read',
  refund: 'payments.read',
  'recurring-invoice': 'recurring.read',
  'bank-account': 'bank.read',
  message: 'mail.read',
}

/** The kinds of things that the caller may not see; none for the app itself. */
export const hiddenKinds = ({ permissions }: Pick<Caller, 'permissions'>): readonly string[] =>
  permissions === undefined
    ? []
    : Object.entries(neededFor).flatMap(([kind, needed]) => (permissions.has(needed) ? [] : [kind]))

import type { Permission } from '../../shared/permissions.ts'
import type { Caller } from '../rpc/context.ts'

/**
 * What must be allowed to see things of a kind, wherever they turn up beside others. A line of a timeline is of two: of
 * what it happened to, and of what happened, which its kind begins with. A message about an invoice is `mail.queued`.
 */
export const shownTo: Readonly<Record<string, Permission>> = {
  organization: 'organizations.read',
  tax: 'organizations.read',
  'number-series': 'organizations.read',
  client: 'clients.read',
  note: 'clients.read',
  attachment: 'clients.read',
  item: 'items.read',
  invoice: 'invoices.read',
  quote: 'quotes.read',
  'credit-note': 'creditNotes.read',
  payment: 'payments.read',
  refund: 'payments.read',
  'recurring-invoice': 'recurring.read',
  'bank-account': 'bank.read',
  bank: 'bank.read',
  mail: 'mail.read',
  import: 'imports.run',
  backup: 'backups.manage',
}

type Seeing = Pick<Caller, 'permissions'>

/** Whether the caller may see what needs a permission; everything, for the app itself. */
export const maySee = ({ permissions }: Seeing, needed: Permission): boolean => permissions?.has(needed) ?? true

/** The kinds of things that the caller may not see; none for the app itself. */
export const hiddenKinds = (caller: Seeing): readonly string[] =>
  Object.entries(shownTo).flatMap(([kind, needed]) => (maySee(caller, needed) ? [] : [kind]))

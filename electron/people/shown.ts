import { AppError } from '../../shared/errors.ts'
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
  people: 'users.read',
}

type Seeing = Pick<Caller, 'permissions'>

/** Whether the caller may see what needs a permission; everything, for the app itself. */
export const maySee = ({ permissions }: Seeing, needed: Permission): boolean => permissions?.has(needed) ?? true

/** AppError FORBIDDEN where the caller may not see things of a kind. */
export const assertSees = (caller: Seeing, kind: string): void => {
  const needed = shownTo[kind]
  if (needed === undefined || maySee(caller, needed)) return
  throw new AppError('FORBIDDEN', 'This is about something that is not part of your role.', { details: { needed } })
}

// What a notice names beside what it is about.
const namedBeside: Readonly<Record<string, Readonly<Record<string, Permission>>>> = {
  'recurring-made': { name: 'recurring.read' },
}

/** The data of a notice as far as the caller may see it. */
export const noticeFor = <T>(caller: Seeing, kind: string, data: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(
    Object.entries(data).filter(([field]) => {
      const needed = namedBeside[kind]?.[field]
      return needed === undefined || maySee(caller, needed)
    }),
  )

/** The kinds of things that the caller may not see; none for the app itself. */
export const hiddenKinds = (caller: Seeing): readonly string[] =>
  Object.entries(shownTo).flatMap(([kind, needed]) => (maySee(caller, needed) ? [] : [kind]))

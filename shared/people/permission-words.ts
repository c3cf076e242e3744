import type { Permission, Role } from '../permissions.ts'

/** What the built-in roles are called. */
export const roleNames: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  admin: 'Admin',
  manager: 'Manager',
  staff: 'Staff',
  accountant: 'Accountant',
  cashier: 'Cashier',
}

/** What each built-in role is for, in one sentence. */
export const rolePurposes: Readonly<Record<Role, string>> = {
  owner: 'Everything, and the only one who makes and changes owners.',
  admin: 'Everything but owners.',
  manager: 'Runs the day: writes, issues, sends, records money, brings data in.',
  staff: 'Prepares documents, clients and items; issues and sends nothing.',
  accountant: 'Reads everything, reconciles the bank, takes exports.',
  cashier: 'Takes payments and sees what they are for.',
}

export const permissionGroups = ['Sales', 'Money', 'Clients and items', 'Mail', 'Books', 'Business', 'People'] as const

type Words = {
  readonly group: (typeof permissionGroups)[number]
  /** What one may do, as a verb. */
  readonly label: string
}

/** Each permission in plain words; one that has none does not compile. `workspace` is what everybody has. */
export const permissionWords: Readonly<Record<Exclude<Permission, 'workspace'>, Words>> = {
  'invoices.read': { group: 'Sales', label: 'See invoices' },
  'invoices.write': { group: 'Sales', label: 'Write invoice drafts' },
  'invoices.issue': { group: 'Sales', label: 'Issue and void invoices' },
  'quotes.read': { group: 'Sales', label: 'See quotes' },
  'quotes.write': { group: 'Sales', label: 'Write and issue quotes' },
  'creditNotes.read': { group: 'Sales', label: 'See credit notes' },
  'creditNotes.write': { group: 'Sales', label: 'Write credit note drafts' },
  'creditNotes.issue': { group: 'Sales', label: 'Issue credit notes' },
  'recurring.read': { group: 'Sales', label: 'See recurring invoices' },
  'recurring.write': { group: 'Sales', label: 'Set up recurring invoices' },
  'payments.read': { group: 'Money', label: 'See payments' },
  'payments.write': { group: 'Money', label: 'Record payments and refunds' },
  'bank.read': { group: 'Money', label: 'See bank statements' },
  'bank.write': { group: 'Money', label: 'Import and match bank statements' },
  'clients.read': { group: 'Clients and items', label: 'See clients' },
  'clients.write': { group: 'Clients and items', label: 'Add and change clients' },
  'items.read': { group: 'Clients and items', label: 'See items and prices' },
  'items.write': { group: 'Clients and items', label: 'Add and change items and prices' },
  'mail.read': { group: 'Mail', label: 'See what was sent' },
  'mail.send': { group: 'Mail', label: 'Send documents by e-mail' },
  'mail.manage': { group: 'Mail', label: 'Set up the mail account' },
  'reports.read': { group: 'Books', label: 'See reports and tax figures' },
  'exports.run': { group: 'Books', label: 'Export data' },
  'imports.run': { group: 'Books', label: 'Import data' },
  'audit.read': { group: 'Books', label: 'See who changed what' },
  'organizations.read': { group: 'Business', label: 'See the business details' },
  'organizations.manage': { group: 'Business', label: 'Change the business, its numbers and bank details' },
  'settings.write': { group: 'Business', label: 'Keep own views and settings' },
  'users.read': { group: 'People', label: 'See people and roles' },
  'users.manage': { group: 'People', label: 'Invite people and give roles' },
  'roles.manage': { group: 'People', label: 'Make roles of their own' },
  'security.read': { group: 'People', label: 'See security events' },
  'security.manage': { group: 'People', label: 'Set the rules of signing in' },
  'backups.manage': { group: 'Business', label: 'Make, check and restore backups' },
}

/** Every right that a procedure can ask for; `workspace` needs no organization yet (first run, switching). */
export const permissions = [
  'workspace',
  'organizations.read',
  'organizations.manage',
  'clients.read',
  'clients.write',
  'items.read',
  'items.write',
  'invoices.read',
  'invoices.write',
  'invoices.issue',
  'quotes.read',
  'quotes.write',
  'creditNotes.read',
  'creditNotes.write',
  'creditNotes.issue',
  'payments.read',
  'payments.write',
  'bank.read',
  'bank.write',
  'recurring.read',
  'recurring.write',
  'exports.run',
  'mail.read',
  'mail.send',
  'mail.manage',
  'settings.write',
  'reports.read',
  'audit.read',
  'imports.run',
  'users.read',
  'users.manage',
  'roles.manage',
  'security.read',
  'security.manage',
  'backups.manage',
] as const

export type Permission = (typeof permissions)[number]

export const roles = ['owner', 'admin', 'manager', 'staff', 'accountant', 'cashier'] as const
export type Role = (typeof roles)[number]

const readAll: readonly Permission[] = [
  'workspace',
  'organizations.read',
  'clients.read',
  'items.read',
  'invoices.read',
  'quotes.read',
  'creditNotes.read',
  'payments.read',
  'recurring.read',
  'mail.read',
  'reports.read',
]
const daily: readonly Permission[] = [
  'clients.write',
  'items.write',
  'invoices.write',
  'quotes.write',
  'creditNotes.write',
  'recurring.write',
  'settings.write',
]

/** What each built-in role may do; anything not listed is denied. */
export const rolePermissions: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(permissions),
  admin: new Set(permissions),
  manager: new Set([
    ...readAll,
    ...daily,
    'invoices.issue',
    'creditNotes.issue',
    'payments.write',
    'bank.read',
    'bank.write',
    'exports.run',
    'mail.send',
    'imports.run',
    'audit.read',
    'users.read',
  ] as const),
  staff: new Set([...readAll, ...daily] as const),
  accountant: new Set([...readAll, 'bank.read', 'bank.write', 'exports.run', 'audit.read', 'settings.write'] as const),
  cashier: new Set(['workspace', 'clients.read', 'items.read', 'invoices.read', 'payments.read', 'payments.write']),
}

/**
 * What a window that looks back still gets from the present: who is there and what they may do, what guards the data,
 * and how this person has arranged their screens. Everything else is answered from the past.
 */
const ofThePresent: ReadonlySet<string> = new Set([
  'access',
  'backups',
  'changes',
  'mfa',
  'notifications',
  'pointInTime',
  'recovery',
  'roles',
  'savedViews',
  'security',
  'sessions',
  'settings',
  'setup',
  'updates',
  'users',
])

/** Proofs are about the whole record, whatever moment is shown. */
const proofs: ReadonlySet<string> = new Set([
  'audit.choices',
  'audit.verify',
  'audit.roots',
  'audit.rootPdf',
  'audit.exportRecord',
])

/** What begins work of today, though nothing is written: trying the mail account, reading a file to import. */
const refused: ReadonlySet<string> = new Set([
  'mail.testAccount',
  'dataImports.inspect',
  'dataImports.dryRun',
  'dataImports.progress',
  'bankStatements.preview',
  'history.list',
])

/** Commands that arrange a screen or guard the data, and change nothing of the books. */
const alwaysAllowed: ReadonlySet<string> = new Set([
  'settings.set',
  'notifications.setRead',
  'notifications.readAll',
  'sessions.revoke',
  'sessions.revokeOthers',
  'backups.create',
  'backups.verify',
])

/** Whether the present answers a procedure, also for a window that looks back. */
export const isOfThePresent = (name: string): boolean =>
  proofs.has(name) || ofThePresent.has(name.slice(0, name.indexOf('.')))

/** Whether a window that looks back may not call a procedure: it would change something, or begin to. */
export const isRefusedInThePast = (name: string, kind: 'query' | 'command' | 'stream'): boolean =>
  refused.has(name) || (kind === 'command' && !alwaysAllowed.has(name))

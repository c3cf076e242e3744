const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const spaced = (name: string) =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-.]/g, ' ')
    .toLowerCase()

const nouns: Readonly<Record<string, string>> = {
  access: 'Front door',
  accountManagers: 'Account managers',
  audit: 'Record',
  branches: 'Branch',
  creditNotes: 'Credit note',
  dataExports: 'Export',
  dataImports: 'Import',
  mfa: 'Second factor',
  numberSeries: 'Number series',
  organizations: 'Business',
  security: 'Security',
  setup: 'Setup',
  taxSettings: 'Tax settings',
  users: 'Person',
}

const verbs: Readonly<Record<string, string>> = {
  beginAnew: 'begun anew',
  accept: 'accepted',
  acceptAll: 'matches accepted',
  acceptSalvage: 'of what was salvaged accepted',
  activate: 'made active',
  add: 'added',
  addVersion: 'given a new rate',
  allocate: 'used',
  apply: 'used',
  assign: 'put on or taken off',
  beginEmail: 'by e-mail begun',
  beginTotp: 'by an app begun',
  cancel: 'cancelled',
  catchUp: 'caught up',
  close: 'closed',
  confirmEmail: 'by e-mail set up',
  confirmTotp: 'by an app set up',
  correctInvoice: 'made to correct an invoice',
  create: 'added',
  creditInvoice: 'made for an invoice',
  deactivate: 'made inactive',
  decline: 'declined',
  delete: 'deleted',
  deleteDraft: 'draft deleted',
  deletePlan: 'plan deleted',
  deleteRegistration: 'registration deleted',
  deleteVersion: 'version deleted',
  distrustDevices: 'asked again on every device',
  download: 'downloaded',
  drill: 'tried out',
  duplicate: 'copied',
  fetch: 'fetched',
  ignore: 'set aside',
  import: 'imported',
  importCsv: 'imported',
  importEverything: 'of everything brought in',
  install: 'installed',
  invite: 'invited',
  issue: 'issued',
  lockPeriod: 'period locked',
  mailCode: 'sent a code',
  mailRoot: 'root mailed',
  makeCode: 'given a code',
  makeNow: 'made at once',
  markBounced: 'marked as bounced',
  markSeen: 'marked as seen',
  markSent: 'marked as sent',
  merge: 'merged',
  mute: 'muted',
  newRecoveryCodes: 'codes made anew',
  readAll: 'all read',
  rebuild: 'sums computed anew',
  remove: 'removed',
  removeAccount: 'account removed',
  removeDemo: 'demo removed',
  reopen: 'reopened',
  resetTemplate: 'template reset',
  restore: 'brought back',
  restoreDraft: 'draft brought back',
  restorePlan: 'plan brought back',
  restoreRegistration: 'registration brought back',
  retry: 'tried again',
  reverse: 'taken back',
  revoke: 'ended',
  revokeOfPerson: 'of a person ended',
  revokeOthers: 'of all other devices ended',
  run: 'run',
  salvage: 'salvaged',
  save: 'saved',
  saveAccount: 'account saved',
  saveDraft: 'draft saved',
  savePlan: 'plan saved',
  saveRegistration: 'registration saved',
  saveTemplate: 'template saved',
  send: 'sent',
  set: 'changed',
  setCashRounding: 'cash rounding changed',
  setDefault: 'made the default',
  setDefaults: 'made the default',
  setDone: 'marked as done',
  setFigure: 'figure changed',
  setLogo: 'logo changed',
  setPassword: 'password set',
  setPicture: 'picture changed',
  setPin: 'PIN set',
  setRead: 'read',
  setRetention: 'time of keeping changed',
  confirmKeyLoss: 'loss of a key confirmed',
  setRole: 'given a role',
  setSettings: 'settings changed',
  setSource: 'source changed',
  setState: 'paused, resumed or ended',
  setStatus: 'status changed',
  share: 'shared',
  skip: 'skipped',
  split: 'split',
  stop: 'stopped',
  takeBackSent: 'no longer marked as sent',
  takeOver: 'taken over',
  toInvoice: 'invoiced',
  turnOff: 'turned off',
  turnOffSecondFactor: 'second factor turned off',
  unallocate: 'taken back',
  unapply: 'taken back',
  undo: 'taken back',
  unignore: 'looked at again',
  unlockPeriod: 'period unlocked',
  update: 'changed',
  updateMe: 'changed by themselves',
  verify: 'checked',
  void: 'voided',
}

const known: Readonly<Record<string, string>> = {
  'branches.setMember': 'Branches of a person changed',
  'audit.noteExport': 'Rows of a list exported',
  'dataRights.erase': 'Client erased',
  'users.erase': 'Person erased',
  'access.looked': 'Sensitive data looked at',
  'device.first-opening': 'First opening on this device',
  'device.new-key': 'New key of this device',
  'history.undo': 'A command taken back',
  'importers.einvoice': 'E-invoice imported',
  'integrity.rebuild': 'Sums computed anew',
  'jobs.credit-note.pdf': 'PDF of the credit note kept',
  'jobs.invoice.pdf': 'PDF of the invoice kept',
  'jobs.mail.send': 'Mail sent',
  'jobs.quote.pdf': 'PDF of the quote kept',
  'notifications.scan': 'Notifications looked for',
  'recovery.keep-first': 'First business of the workstation noted',
  'record.retention': 'Past part of the record removed',
  'setup.createOrganization': 'Business added',
  'setup.loadDemo': 'Demo loaded',
  'setup.removeDemo': 'Demo removed',
  'updates.cancel': 'Update cancelled',
  'updates.check': 'Looked for an update',
}

const nounOf = (feature: string): string =>
  nouns[feature] ??
  upper(
    spaced(feature)
      .replace(/ies$/, 'y')
      .replace(/([^s])s$/, '$1'),
  )

/** Whether a command has words of its own; a new one gets some here. */
export const hasCommandWords = (procedure: string): boolean =>
  known[procedure] !== undefined || verbs[procedure.slice(procedure.indexOf('.') + 1)] !== undefined

/** What a command did, in plain words: `invoices.saveDraft` is "Invoice draft saved". */
export const commandWords = (procedure: string): string => {
  const fixed = known[procedure]
  if (fixed !== undefined) return fixed
  if (procedure.startsWith('jobs.')) return `By itself: ${spaced(procedure.slice(5))}`
  const at = procedure.indexOf('.')
  const verb = procedure.slice(at + 1)
  return `${nounOf(procedure.slice(0, at))} ${verbs[verb] ?? spaced(verb)}`
}

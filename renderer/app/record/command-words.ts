const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const spaced = (name: string) =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-.]/g, ' ')
    .toLowerCase()
const singular = (noun: string) =>
  noun
    .replace(/ies$/, 'y')
    .replace(/(ss|x)es$/, '$1')
    .replace(/([^s])s$/, '$1')

const nouns: Readonly<Record<string, string>> = {
  accountManagers: 'Account managers',
  audit: 'Record',
  dataExports: 'Export',
  dataImports: 'Import',
  dataRights: 'Data rights',
  eInvoices: 'E-invoice',
  history: 'Undo',
  mail: 'Mail',
  mfa: 'Second factor',
  organizations: 'Business',
  security: 'Security',
  setup: 'Setup',
  taxSettings: 'Tax settings',
}

const verbs: Readonly<Record<string, string>> = {
  accept: 'accepted',
  allocate: 'used',
  cancel: 'cancelled',
  create: 'added',
  createOrganization: 'business added',
  decide: 'decided',
  decline: 'declined',
  delete: 'deleted',
  deleteDraft: 'draft deleted',
  erase: 'person erased',
  issue: 'issued',
  loadDemo: 'demo loaded',
  markSent: 'marked as sent',
  merge: 'merged',
  remove: 'removed',
  restore: 'brought back',
  retire: 'retired',
  revise: 'revised',
  save: 'saved',
  saveAccount: 'account saved',
  saveDraft: 'draft saved',
  send: 'sent',
  setLogo: 'logo changed',
  setRetention: 'time of keeping changed',
  setSettings: 'settings changed',
  setStatus: 'status changed',
  unallocate: 'taken back',
  undo: 'a command taken back',
  update: 'changed',
  void: 'voided',
}

const known: Readonly<Record<string, string>> = {
  'device.first-opening': 'First opening on this device',
  'device.new-key': 'New key of this device',
  'history.undo': 'Taken back',
  'notifications.scan': 'Notifications looked for',
  'record.retention': 'Past part of the record removed',
}

/** What a command did, in plain words: `invoices.saveDraft` is "Invoice draft saved". */
export const commandWords = (procedure: string): string => {
  const fixed = known[procedure]
  if (fixed !== undefined) return fixed
  if (procedure.startsWith('jobs.')) return `By itself: ${spaced(procedure.slice(5))}`
  const [feature = '', ...rest] = procedure.split('.')
  const verb = rest.join('.')
  const noun = nouns[feature] ?? upper(singular(spaced(feature)))
  return `${noun} ${verbs[verb] ?? spaced(verb)}`.trim()
}

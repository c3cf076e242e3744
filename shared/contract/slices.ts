import type { Contract, FeatureName } from './index.ts'
import type { Feature, Procedure } from './procedure.ts'

type Slices = { readonly [F in FeatureName]: () => Promise<{ readonly [K in F]: Contract[F] }> }

// Where the slice of each feature lies. The schemas of all of them are most of what an idle app would hold: whoever
// answers calls reads a slice when its feature is first called.
const slices: Slices = {
  access: () => import('./access.ts'),
  accountManagers: () => import('./account-managers.ts'),
  attachments: () => import('./attachments.ts'),
  audit: () => import('./audit.ts'),
  backups: () => import('./backups.ts'),
  bankAccounts: () => import('./bank.ts'),
  bankStatements: () => import('./bank.ts'),
  bankTransactions: () => import('./bank-transactions.ts'),
  branches: () => import('./branches.ts'),
  clientTypes: () => import('./client-types.ts'),
  clientContacts: () => import('./clients.ts'),
  clientNotes: () => import('./clients.ts'),
  clients: () => import('./clients.ts'),
  creditNotes: () => import('./credit-notes.ts'),
  dataExports: () => import('./data-exports.ts'),
  dataImports: () => import('./data-imports.ts'),
  dataRights: () => import('./data-rights.ts'),
  documentTemplates: () => import('./document-templates.ts'),
  eInvoices: () => import('./einvoices.ts'),
  exchangeRates: () => import('./exchange-rates.ts'),
  history: () => import('./history.ts'),
  importers: () => import('./importers.ts'),
  invoices: () => import('./invoices.ts'),
  items: () => import('./items.ts'),
  mail: () => import('./mail.ts'),
  mfa: () => import('./mfa.ts'),
  notifications: () => import('./notifications.ts'),
  numberSeries: () => import('./number-series.ts'),
  organizations: () => import('./organizations.ts'),
  paymentAccounts: () => import('./payment-accounts.ts'),
  payments: () => import('./payments.ts'),
  pointInTime: () => import('./point-in-time.ts'),
  quotes: () => import('./quotes.ts'),
  recovery: () => import('./recovery.ts'),
  recurringInvoices: () => import('./recurring-invoices.ts'),
  refunds: () => import('./refunds.ts'),
  reminders: () => import('./reminders.ts'),
  reports: () => import('./reports.ts'),
  roles: () => import('./roles.ts'),
  security: () => import('./security.ts'),
  sessions: () => import('./sessions.ts'),
  setup: () => import('./setup.ts'),
  statements: () => import('./statements.ts'),
  tags: () => import('./tags.ts'),
  taxRates: () => import('./tax-rates.ts'),
  taxReports: () => import('./tax-reports.ts'),
  taxSettings: () => import('./tax-settings.ts'),
  updates: () => import('./updates.ts'),
  users: () => import('./users.ts'),
  activity: () => import('./workspace.ts'),
  changes: () => import('./workspace.ts'),
  home: () => import('./workspace.ts'),
  integrity: () => import('./workspace.ts'),
  savedViews: () => import('./workspace.ts'),
  search: () => import('./workspace.ts'),
  settings: () => import('./workspace.ts'),
  writeOffs: () => import('./write-offs.ts'),
}

const places: ReadonlyMap<string, () => Promise<Readonly<Record<string, Feature>>>> = new Map(Object.entries(slices))

const read = new Map<string, Procedure>()

/** The names of all features. */
export const featureNames: readonly string[] = [...places.keys()]

/** The names of a feature's procedures; none for a feature that there is not. */
export const readSlice = async (feature: string): Promise<readonly string[]> => {
  const slice = (await places.get(feature)?.())?.[feature] ?? {}
  for (const [name, procedure] of Object.entries(slice)) read.set(`${feature}.${name}`, procedure)
  return Object.keys(slice)
}

/** A procedure by its wire name, such as `invoices.issue`, if its feature was called before. */
export const knownProcedure = (name: string): Procedure | undefined => read.get(name)

/** A procedure by its wire name, whose slice is read first where nobody has called it; undefined where there is none. */
export const findProcedure = async (name: string): Promise<Procedure | undefined> => {
  if (!read.has(name)) await readSlice(name.split('.', 1)[0] ?? '')
  return read.get(name)
}

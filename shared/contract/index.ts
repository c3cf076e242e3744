import { access } from './access.ts'
import { accountManagers } from './account-managers.ts'
import { attachments } from './attachments.ts'
import { audit } from './audit.ts'
import { backups } from './backups.ts'
import { bankAccounts, bankStatements } from './bank.ts'
import { bankTransactions } from './bank-transactions.ts'
import { branches } from './branches.ts'
import { clientTypes } from './client-types.ts'
import { clientContacts, clientNotes, clients } from './clients.ts'
import { creditNotes } from './credit-notes.ts'
import { dataExports } from './data-exports.ts'
import { dataImports } from './data-imports.ts'
import { dataRights } from './data-rights.ts'
import { documentTemplates } from './document-templates.ts'
import { eInvoices } from './einvoices.ts'
import { exchangeRates } from './exchange-rates.ts'
import { history } from './history.ts'
import { importers } from './importers.ts'
import { invoices } from './invoices.ts'
import { items } from './items.ts'
import { mail } from './mail.ts'
import { mfa } from './mfa.ts'
import { notifications } from './notifications.ts'
import { numberSeries } from './number-series.ts'
import { organizations } from './organizations.ts'
import { paymentAccounts } from './payment-accounts.ts'
import { payments } from './payments.ts'
import { pointInTime } from './point-in-time.ts'
import type { Feature, Input, Needs, Output, Procedure } from './procedure.ts'
import { quotes } from './quotes.ts'
import { recovery } from './recovery.ts'
import { recurringInvoices } from './recurring-invoices.ts'
import { refunds } from './refunds.ts'
import { reminders } from './reminders.ts'
import { reports } from './reports.ts'
import { roles } from './roles.ts'
import { security } from './security.ts'
import { sessions } from './sessions.ts'
import { setup } from './setup.ts'
import { statements } from './statements.ts'
import { tags } from './tags.ts'
import { taxRates } from './tax-rates.ts'
import { taxReports } from './tax-reports.ts'
import { taxSettings } from './tax-settings.ts'
import { updates } from './updates.ts'
import { users } from './users.ts'
import { activity, changes, home, integrity, savedViews, search, settings } from './workspace.ts'
import { writeOffs } from './write-offs.ts'

/** The whole API: every procedure of the product, by feature. */
export const contract = {
  access,
  accountManagers,
  activity,
  attachments,
  audit,
  bankAccounts,
  bankStatements,
  bankTransactions,
  backups,
  changes,
  clientContacts,
  clientNotes,
  clients,
  clientTypes,
  eInvoices,
  exchangeRates,
  creditNotes,
  dataImports,
  dataExports,
  dataRights,
  documentTemplates,
  history,
  home,
  importers,
  integrity,
  invoices,
  items,
  mail,
  notifications,
  numberSeries,
  organizations,
  paymentAccounts,
  payments,
  pointInTime,
  recovery,
  recurringInvoices,
  quotes,
  refunds,
  reminders,
  reports,
  savedViews,
  search,
  settings,
  setup,
  statements,
  tags,
  taxRates,
  taxReports,
  taxSettings,
  updates,
  branches,
  mfa,
  roles,
  security,
  sessions,
  users,
  writeOffs,
} as const satisfies Readonly<Record<string, Feature>>

export type Contract = typeof contract
export type FeatureName = keyof Contract

/** What a caller sees: each procedure as a function of its input. */
export type Client = {
  readonly [F in FeatureName]: {
    readonly [P in keyof Contract[F]]: Contract[F][P] extends Procedure ? Call<Contract[F][P]> : never
  }
}

/** The part of an AbortSignal that this side knows without the DOM's types. */
export type CancelSignal = {
  readonly aborted: boolean
  readonly addEventListener: (type: 'abort', listener: () => void) => void
}

export type CallOptions = { readonly signal?: CancelSignal; readonly idempotencyKey?: string }

/** What travels for a call: where it acts, the key that makes a retry harmless, and the procedure's own input. */
export type Envelope = {
  readonly organizationId: string | null
  /** The branch that somebody works at: what they make belongs to it, and they see what does. */
  readonly branchId?: string | null
  readonly idempotencyKey: string | null
  /** The view into the past that a query is to be answered from; the present where it is left out. */
  readonly asOf?: string | null | undefined
  readonly input: unknown
}

export type Call<P extends Procedure> = (
  input: InputOf<P>,
  options?: CallOptions,
) => Promise<P extends { readonly kind: 'stream' } ? AsyncIterableIterator<Output<P>> : Output<P>>

// What the caller writes: fields with a default may be left out.
type InputOf<P extends Procedure> = import('zod').input<P['input']>

/** Every procedure with its wire name, such as `invoices.issue`. */
export const procedures: ReadonlyMap<string, Procedure> = new Map(
  Object.entries(contract).flatMap(([feature, members]) =>
    Object.entries(members).map(([name, procedure]): [string, Procedure] => [`${feature}.${name}`, procedure]),
  ),
)

export type CoreProcedure = Procedure & { readonly permission: Exclude<Needs, 'anyone'> }

const isForCore = (entry: [string, Procedure]): entry is [string, CoreProcedure] => entry[1].permission !== 'anyone'

/** Those that the core answers to whoever has the permission; the front door answers the others. */
export const coreProcedures: ReadonlyMap<string, CoreProcedure> = new Map([...procedures].filter(isForCore))

export type { Input, Output, Procedure }

import type { AllHandlers } from '../rpc/context.ts'
import { accountManagers } from './account-managers.ts'
import { activity } from './activity.ts'
import { attachments } from './attachments.ts'
import { audit } from './audit.ts'
import { backups } from './backups.ts'
import { bankAccounts } from './bank-accounts.ts'
import { bankStatements } from './bank-statements.ts'
import { bankTransactions } from './bank-transactions.ts'
import { branches } from './branches.ts'
import { changes } from './changes.ts'
import { clientContacts, clientNotes } from './client-people.ts'
import { clientTypes } from './client-types.ts'
import { clients } from './clients.ts'
import { creditNotes } from './credit-notes.ts'
import { dataExports } from './data-exports.ts'
import { dataImports } from './data-imports.ts'
import { dataRights } from './data-rights.ts'
import { documentTemplates } from './document-templates.ts'
import { eInvoices } from './einvoices.ts'
import { exchangeRates } from './exchange-rates.ts'
import { history } from './history.ts'
import { home } from './home.ts'
import { importers } from './importers.ts'
import { integrity } from './integrity.ts'
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
import { quotes } from './quotes.ts'
import { recurringInvoices } from './recurring-invoices.ts'
import { refunds } from './refunds.ts'
import { reminders } from './reminders.ts'
import { reports } from './reports.ts'
import { roles } from './roles.ts'
import { savedViews } from './saved-views.ts'
import { search } from './search.ts'
import { security } from './security.ts'
import { sessions } from './sessions.ts'
import { settings } from './settings.ts'
import { setup } from './setup.ts'
import { statements } from './statements.ts'
import { tags } from './tags.ts'
import { taxRates } from './tax-rates.ts'
import { taxReports } from './tax-reports.ts'
import { taxSettings } from './tax-settings.ts'
import { updates } from './updates.ts'
import { users } from './users.ts'
import { writeOffs } from './write-offs.ts'

/** Every feature's handlers; one that is missing does not compile. */
export const handlers: AllHandlers = {
  accountManagers,
  activity,
  attachments,
  audit,
  backups,
  bankAccounts,
  bankStatements,
  bankTransactions,
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
}

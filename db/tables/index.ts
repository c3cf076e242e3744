import type { AccessTokenTable } from './access-tokens.ts'
import type { AccessTable } from './accesses.ts'
import type { AccountManagerTable } from './account-managers.ts'
import type { ActivityTable } from './activity.ts'
import type { AttachmentTable } from './attachments.ts'
import type { AuditEntryTable } from './audit-log.ts'
import type { BankAccountTable } from './bank-accounts.ts'
import type { BankMatchRuleTable } from './bank-match-rules.ts'
import type { BankStatementTable } from './bank-statements.ts'
import type { BankTransactionTable } from './bank-transactions.ts'
import type { BranchTable } from './branches.ts'
import type { CashRoundingTable } from './cash-roundings.ts'
import type { ChainDocumentTable } from './chain-documents.ts'
import type { ChainEntryTable } from './chain-entries.ts'
import type { ChangeContextTable } from './change-context.ts'
import type { ClientBalanceTable } from './client-balances.ts'
import type { ClientContactTable } from './client-contacts.ts'
import type { ClientNoteTable } from './client-notes.ts'
import type { ClientTypeTable } from './client-types.ts'
import type { ClientTable } from './clients.ts'
import type { CommandTable } from './commands.ts'
import type { CreditAllocationTable } from './credit-allocations.ts'
import type { CreditNoteAdjustmentTable } from './credit-note-adjustments.ts'
import type { CreditNoteLineTable } from './credit-note-lines.ts'
import type { CreditNoteTaxTable } from './credit-note-taxes.ts'
import type { CreditNoteTable } from './credit-notes.ts'
import type { DeviceTable } from './devices.ts'
import type { DocumentTemplateTable } from './document-templates.ts'
import type { ErasureRowTable } from './erasure-rows.ts'
import type { ErasureTable } from './erasures.ts'
import type { ExchangeRateSourceTable } from './exchange-rate-sources.ts'
import type { ExchangeRateTable } from './exchange-rates.ts'
import type { ImportTable } from './imports.ts'
import type { InvoiceAdjustmentTable } from './invoice-adjustments.ts'
import type { InvoiceLineTable } from './invoice-lines.ts'
import type { InvoiceReminderTable } from './invoice-reminders.ts'
import type { InvoiceTaxTable } from './invoice-taxes.ts'
import type { InvoiceTable } from './invoices.ts'
import type { ItemTable } from './items.ts'
import type { JobTable } from './jobs.ts'
import type { MailAccountTable } from './mail-accounts.ts'
import type { MailLogEntryTable } from './mail-log.ts'
import type { MembershipTable } from './memberships.ts'
import type { MessageTemplateTable } from './message-templates.ts'
import type { MfaMethodTable } from './mfa-methods.ts'
import type { MonthlyTotalTable } from './monthly-totals.ts'
import type { NotificationTable } from './notifications.ts'
import type { NumberCounterTable } from './number-counters.ts'
import type { NumberSeriesTable } from './number-series.ts'
import type { OrganizationTable } from './organizations.ts'
import type { OutboxMessageTable } from './outbox-messages.ts'
import type { PaymentAccountTable } from './payment-accounts.ts'
import type { PaymentAllocationTable } from './payment-allocations.ts'
import type { PaymentTable } from './payments.ts'
import type { PersonErasureTable } from './person-erasures.ts'
import type { QuoteAdjustmentTable } from './quote-adjustments.ts'
import type { QuoteInvoiceTable } from './quote-invoices.ts'
import type { QuoteLineTable } from './quote-lines.ts'
import type { QuoteTaxTable } from './quote-taxes.ts'
import type { QuoteTable } from './quotes.ts'
import type { RecordCheckpointTable } from './record-checkpoints.ts'
import type { RecoveryCodeTable } from './recovery-codes.ts'
import type { RecurringInvoiceTable } from './recurring-invoices.ts'
import type { RecurringRunTable } from './recurring-runs.ts'
import type { RefundTable } from './refunds.ts'
import type { ReminderPlanTable } from './reminder-plans.ts'
import type { ReminderStepTable } from './reminder-steps.ts'
import type { RoleTable } from './roles.ts'
import type { SavedViewTable } from './saved-views.ts'
import type { SearchEntryTable } from './search-entries.ts'
import type { SecurityEventTable } from './security-events.ts'
import type { SessionTable } from './sessions.ts'
import type { SettingTable } from './settings.ts'
import type { SignInAttemptTable } from './sign-in-attempts.ts'
import type { SyncEntryTable } from './sync-log.ts'
import type { TaggingTable } from './taggings.ts'
import type { TagTable } from './tags.ts'
import type { TaxLockTable } from './tax-locks.ts'
import type { TaxRateVersionTable } from './tax-rate-versions.ts'
import type { TaxRateTable } from './tax-rates.ts'
import type { TaxRegistrationTable } from './tax-registrations.ts'
import type { TaxReturnFigureTable } from './tax-return-figures.ts'
import type { TaxTotalTable } from './tax-totals.ts'
import type { TrustedDeviceTable } from './trusted-devices.ts'
import type { UserTable } from './users.ts'
import type { WriteOffTable } from './write-offs.ts'

/** Every table by its camelCase name; compared with the migrated schema by a test. */
export type Database = {
  organizations: OrganizationTable
  branches: BranchTable
  users: UserTable
  memberships: MembershipTable
  roles: RoleTable
  accessTokens: AccessTokenTable
  mfaMethods: MfaMethodTable
  recoveryCodes: RecoveryCodeTable
  trustedDevices: TrustedDeviceTable
  sessions: SessionTable
  signInAttempts: SignInAttemptTable
  securityEvents: SecurityEventTable
  devices: DeviceTable
  settings: SettingTable
  savedViews: SavedViewTable
  commands: CommandTable
  changeContext: ChangeContextTable
  auditLog: AuditEntryTable
  chainEntries: ChainEntryTable
  chainDocuments: ChainDocumentTable
  recordCheckpoints: RecordCheckpointTable
  accesses: AccessTable
  syncLog: SyncEntryTable
  activity: ActivityTable
  jobs: JobTable
  clients: ClientTable
  clientTypes: ClientTypeTable
  accountManagers: AccountManagerTable
  clientContacts: ClientContactTable
  clientNotes: ClientNoteTable
  taxRates: TaxRateTable
  taxRateVersions: TaxRateVersionTable
  taxRegistrations: TaxRegistrationTable
  taxReturnFigures: TaxReturnFigureTable
  taxLocks: TaxLockTable
  taxTotals: TaxTotalTable
  exchangeRates: ExchangeRateTable
  exchangeRateSources: ExchangeRateSourceTable
  cashRoundings: CashRoundingTable
  items: ItemTable
  numberSeries: NumberSeriesTable
  numberCounters: NumberCounterTable
  imports: ImportTable
  invoices: InvoiceTable
  invoiceLines: InvoiceLineTable
  invoiceAdjustments: InvoiceAdjustmentTable
  invoiceTaxes: InvoiceTaxTable
  payments: PaymentTable
  paymentAllocations: PaymentAllocationTable
  creditAllocations: CreditAllocationTable
  creditNotes: CreditNoteTable
  creditNoteLines: CreditNoteLineTable
  creditNoteAdjustments: CreditNoteAdjustmentTable
  creditNoteTaxes: CreditNoteTaxTable
  quotes: QuoteTable
  quoteLines: QuoteLineTable
  quoteAdjustments: QuoteAdjustmentTable
  quoteTaxes: QuoteTaxTable
  quoteInvoices: QuoteInvoiceTable
  writeOffs: WriteOffTable
  refunds: RefundTable
  recurringInvoices: RecurringInvoiceTable
  reminderPlans: ReminderPlanTable
  reminderSteps: ReminderStepTable
  invoiceReminders: InvoiceReminderTable
  tags: TagTable
  taggings: TaggingTable
  notifications: NotificationTable
  recurringRuns: RecurringRunTable
  clientBalances: ClientBalanceTable
  monthlyTotals: MonthlyTotalTable
  bankAccounts: BankAccountTable
  bankStatements: BankStatementTable
  bankTransactions: BankTransactionTable
  bankMatchRules: BankMatchRuleTable
  documentTemplates: DocumentTemplateTable
  paymentAccounts: PaymentAccountTable
  erasures: ErasureTable
  erasureRows: ErasureRowTable
  personErasures: PersonErasureTable
  attachments: AttachmentTable
  mailAccounts: MailAccountTable
  messageTemplates: MessageTemplateTable
  outboxMessages: OutboxMessageTable
  mailLog: MailLogEntryTable
  searchEntries: SearchEntryTable
}

import { platform } from './0001-platform.ts'
import { clientsAndItems } from './0002-clients-and-items.ts'
import { invoices } from './0003-invoices.ts'
import { payments } from './0004-payments.ts'
import { mailFilesSearch } from './0005-mail-files-search.ts'
import { quotesAndCredits } from './0006-quotes-and-credits.ts'
import { tax } from './0007-tax.ts'
import { templates } from './0008-templates.ts'
import { creditLedger } from './0009-credit-ledger.ts'
import { bank } from './0010-bank.ts'
import { imports } from './0011-imports.ts'
import { recurring } from './0012-recurring.ts'
import { ledgerDates } from './0013-ledger-dates.ts'
import { reminders } from './0014-reminders.ts'
import { clientGroups } from './0015-client-groups.ts'
import { tagsAndNotifications } from './0016-tags-and-notifications.ts'
import { einvoicing } from './0017-einvoicing.ts'
import { dataRights } from './0018-data-rights.ts'
import { recurringTags } from './0019-recurring-tags.ts'
import { taxPurchases } from './0020-tax-purchases.ts'
import { bankLines } from './0021-bank-lines.ts'
import { people } from './0022-people.ts'
import { record } from './0023-record.ts'
import { branchesOfDocuments } from './0024-branches.ts'
import { recordRetention } from './0025-record-retention.ts'
import { accessSubjects } from './0026-access-subjects.ts'
import { clientSearch } from './0027-client-search.ts'
import { personErasures } from './0028-person-erasures.ts'
import type { Migration } from './migration.ts'

/** Every step of the schema, in order; a landed one is never edited. */
export const migrations: readonly Migration[] = [
  platform,
  clientsAndItems,
  invoices,
  payments,
  mailFilesSearch,
  quotesAndCredits,
  tax,
  templates,
  creditLedger,
  bank,
  imports,
  recurring,
  ledgerDates,
  reminders,
  clientGroups,
  tagsAndNotifications,
  einvoicing,
  dataRights,
  recurringTags,
  taxPurchases,
  bankLines,
  people,
  record,
  branchesOfDocuments,
  recordRetention,
  accessSubjects,
  clientSearch,
  personErasures,
]

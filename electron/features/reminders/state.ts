import type { Selectable } from 'kysely'
import type { InvoiceTable } from '../../../db/tables/invoices.ts'
import { lateFeeOf, type NextReminder, nextReminder } from '../../../shared/documents/reminders.ts'
import type { Db, Trx } from '../../rpc/context.ts'
import { findRow } from '../../rpc/rows.ts'
import { findAccount } from '../mail/account.ts'
import { peopleOf } from '../mail/compose.ts'
import { type Plan, planOf } from './plans.ts'

type Invoice = Selectable<InvoiceTable>

export type ReminderState = {
  readonly plan: Plan | null
  readonly next: NextReminder
  readonly address: string | null
  readonly contactName: string | null
}

/** The steps of an invoice that had their turn. */
export const doneSteps = async (db: Db | Trx, invoiceId: string): Promise<ReadonlySet<string>> => {
  const rows = await db.selectFrom('invoiceReminders').select('stepId').where('invoiceId', '=', invoiceId).execute()
  return new Set(rows.map((row) => row.stepId))
}

/** Where an invoice stands with its reminders: its plan, the next step or why there is none, and whom it goes to. */
export const reminderStateOf = async (db: Db | Trx, invoice: Invoice): Promise<ReminderState> => {
  const { organizationId, clientId } = invoice
  const plan = await planOf(db, organizationId, clientId)
  const client = clientId === null ? undefined : await findRow(db, 'clients', organizationId, clientId)
  const { address, contactName } = await peopleOf(db, client)
  const account = await findAccount(db, organizationId)
  const next = nextReminder(
    {
      state: invoice.state,
      dueOn: invoice.dueOn,
      openE4: invoice.openE4,
      isStopped: invoice.remindersStoppedAt !== null,
      hasAddress: address !== null,
      hasMailAccount: account !== undefined,
    },
    plan,
    await doneSteps(db, invoice.id),
  )
  return { plan, next, address, contactName }
}

/** The fee that a step would charge on what is open of an invoice now. */
export const feeOf = (step: Extract<NextReminder, { kind: 'planned' }>['step'], invoice: Invoice) =>
  lateFeeOf(step, invoice.openE4, invoice.minorUnits, invoice.roundingMode)

import type { Selectable } from 'kysely'
import type { InvoiceTable } from '../../../db/tables/invoices.ts'
import { addDays, daysBetween } from '../../../shared/dates.ts'
import type { ReminderStep } from '../../../shared/documents/reminders.ts'
import { type Amount, percent, quantity, unitPrice, zero } from '../../../shared/money/scaled.ts'
import { figuresFor } from '../../pdf/figures.ts'
import type { CommandContext, Db, Trx } from '../../rpc/context.ts'
import { todayAt } from '../../rpc/days.ts'
import { findRow, getRow } from '../../rpc/rows.ts'
import { contentOf } from '../invoices/content.ts'
import { saveDraft } from '../invoices/drafts.ts'
import { issueInvoice } from '../invoices/issue.ts'
import { mailedDocument } from '../mail/documents.ts'
import { queueMessage } from '../mail/sending.ts'
import { templateFor } from '../mail/templates.ts'
import { variablesOf } from '../mail/variables.ts'
import { feeOf, type ReminderState } from './state.ts'

type Invoice = Selectable<InvoiceTable>

// Damages for late payment are no consideration for a supply (CJEU C-222/81, BAZ Bausystem).
const outsideScope = 'Compensation for late payment, outside the scope of tax'

/** Issues the invoice that asks for a late fee; the overdue one is issued and stays as it is. */
const issueFee = async (context: CommandContext, invoice: Invoice, feeE4: Amount) => {
  const { trx } = context
  const content = await contentOf(trx, invoice)
  const id = context.ids.next()
  const today = todayAt(context.zones, invoice.branchId, context.now)
  const draft = await saveDraft(context, {
    id,
    version: null,
    content: {
      ...content,
      reference: invoice.number,
      issuedOn: today,
      dueOn: null,
      supplyFrom: null,
      supplyTo: null,
      notes: null,
      taxTreatment: 'outside-scope',
      pricesIncludeTax: false,
      prepaidE4: zero,
      roundingAmountE4: null,
      adjustments: [],
      lines: [
        {
          id: context.ids.next(),
          itemId: null,
          code: null,
          name: `Late fee for invoice ${invoice.number ?? ''}`,
          description: null,
          classification: null,
          quantityE6: quantity(1_000_000n),
          unit: 'C62',
          // From ten-thousandths to millionths.
          priceE6: unitPrice(feeE4 * 100n),
          baseQuantityE6: quantity(1_000_000n),
          adjustments: [],
          taxes: [
            {
              taxRateId: null,
              name: 'No tax',
              category: 'O',
              rateE6: percent(0n),
              isCompound: false,
              exemptionReason: outsideScope,
            },
          ],
        },
      ],
    },
  })
  await trx.updateTable('invoices').set({ lateFeeForId: invoice.id }).where('id', '=', id).execute()
  const { number } = await issueInvoice(context, { id, version: draft.version })
  return { id, number }
}

/** The message of a step as it goes out, in the language of the invoice. */
export const reminderMessage = async (
  db: Db | Trx,
  invoice: Invoice,
  step: ReminderStep,
  {
    contactName,
    feeE4,
    today,
  }: { readonly contactName: string | null; readonly feeE4: Amount; readonly today: string },
) => {
  const { organizationId } = invoice
  const kind = `reminder-${step.tone}` as const
  const { head, values } = await mailedDocument(db, organizationId, 'invoice', invoice.id)
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const client = head.clientId === null ? undefined : await findRow(db, 'clients', organizationId, head.clientId)
  const figures = figuresFor(head.language, head.currency, head.minorUnits)
  const { renderMessage } = await import('../../mail/template.ts')
  const message = renderMessage(
    await templateFor(db, organizationId, kind, head.language),
    {
      ...variablesOf({ head, client, contactName, organization, senderName: null }),
      ...values,
      'reminder.fee': feeE4 === zero ? '' : figures.money(feeE4),
      'reminder.daysOverdue': invoice.dueOn === null ? '' : String(Math.max(0, daysBetween(invoice.dueOn, today))),
    },
    kind,
  )
  return { kind, subject: message.subject, body: message.body.trim() }
}

type Taken = { readonly step: ReminderStep; readonly skip: readonly ReminderStep[]; readonly byHand: boolean }

const note = (
  context: CommandContext,
  invoice: Invoice,
  step: ReminderStep,
  row: {
    readonly outcome: 'sent' | 'by-hand' | 'skipped'
    readonly outboxMessageId?: string | null
    readonly feeInvoiceId?: string | null
  },
) =>
  context.trx
    .insertInto('invoiceReminders')
    .values({
      ...context.newRow(),
      outboxMessageId: null,
      feeInvoiceId: null,
      ...row,
      invoiceId: invoice.id,
      stepId: step.id,
      plannedOn: addDays(invoice.dueOn ?? invoice.issuedOn, step.days),
      doneOn: todayAt(context.zones, invoice.branchId, context.now),
    })
    .execute()

/** Notes that a step is left out for good. */
export const skipStep = (context: CommandContext, invoice: Invoice, step: ReminderStep): Promise<unknown> =>
  note(context, invoice, step, { outcome: 'skipped' })

/**
 * Takes a step of an invoice in the command's one transaction: its fee is issued, its message queued, both noted under
 * the step, which the store takes only once. The steps that it stands in for are left out.
 */
export const takeStep = async (
  context: CommandContext,
  invoice: Invoice,
  state: Pick<ReminderState, 'address' | 'contactName'>,
  { step, skip, byHand }: Taken,
) => {
  const { trx } = context
  for (const skipped of skip) await skipStep(context, invoice, skipped)
  const feeE4 = feeOf(step, invoice)
  const fee = feeE4 === zero ? null : await issueFee(context, invoice, feeE4)
  const today = todayAt(context.zones, invoice.branchId, context.now)
  let messageId: string | null = null
  if (!byHand && state.address !== null) {
    const message = await reminderMessage(trx, invoice, step, { contactName: state.contactName, feeE4, today })
    const { clientId } = invoice
    const recipients = { to: [state.address], cc: [] }
    messageId = (
      await queueMessage(context, { ...message, ...recipients, entity: 'invoice', entityId: invoice.id, clientId })
    ).id
  }
  await note(context, invoice, step, {
    outcome: byHand ? 'by-hand' : 'sent',
    outboxMessageId: messageId,
    feeInvoiceId: fee?.id ?? null,
  })
  await context.record({
    kind: 'invoice.reminded',
    entity: 'invoice',
    entityId: invoice.id,
    clientId: invoice.clientId,
    data: {
      number: invoice.number,
      tone: step.tone,
      feeNumber: fee?.number ?? null,
      currency: invoice.currency,
      feeE4,
    },
  })
  return { invoiceId: invoice.id, messageId, feeInvoiceId: fee?.id ?? null, feeInvoiceNumber: fee?.number ?? null }
}

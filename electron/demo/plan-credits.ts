import { addDays } from '../../shared/dates.ts'
import { quantityOf } from '../../shared/money/decimal-string.ts'
import type { PlannedInvoice } from './plan-invoices.ts'
import { known, type Stage } from './stage.ts'
import { instantOf, type Step, workday } from './steps.ts'

const day = quantityOf('1')

/** Gives one unit of the first line back; the id of the credit note. */
const creditOne = async (stage: Stage, plan: PlannedInvoice, on: string, reason: string): Promise<string> => {
  const { id: invoiceId } = known(stage.invoices, plan.place)
  const { version, content } = await stage.call('invoices', 'get', { id: invoiceId })
  const credit = await stage.call('creditNotes', 'creditInvoice', {
    id: stage.nextId(),
    invoiceId,
    invoiceVersion: version,
    scope: { kind: 'quantities', lines: content.lines.slice(0, 1).map(({ id }) => ({ lineId: id, quantityE6: day })) },
    issuedOn: on,
    reason,
  })
  return credit.id
}

const refundAll = async (stage: Stage, creditNoteId: string, on: string) => {
  const { creditE4 } = await stage.call('creditNotes', 'get', { id: creditNoteId })
  await stage.call('refunds', 'create', {
    creditNoteId,
    refundedOn: on,
    amountE4: creditE4,
    reference: 'Back to the account it came from',
  })
}

const isPlain = ({ end, client, lines, discount }: PlannedInvoice): boolean =>
  end === 'issued' && client.pays === 'prompt' && client.method !== 'cheque' && discount === 'none' && lines.length > 1

/**
 * What was given back: of an invoice paid long ago, whose credit was refunded a week later, and of one that is still to
 * be paid, which is lower for it.
 */
export const planCredits = (invoices: readonly PlannedInvoice[], today: string): Step[] => {
  const paid = invoices.find((plan) => isPlain(plan) && plan.issuedOn < addDays(today, -120))
  const open = invoices.filter((plan) => isPlain(plan) && plan.dueOn > addDays(today, 9)).at(-1)
  const steps: Step[] = []
  if (paid !== undefined) {
    const on = workday(addDays(paid.dueOn, 20))
    const back = workday(addDays(on, 7))
    const made: { id?: string } = {}
    steps.push(
      {
        at: instantOf(on, '15:00'),
        play: async (stage) => {
          made.id = await creditOne(stage, paid, on, 'One less than was ordered')
        },
      },
      {
        at: instantOf(back, '15:00'),
        play: async (stage) => {
          if (made.id !== undefined) await refundAll(stage, made.id, back)
        },
      },
    )
  }
  if (open !== undefined) {
    const on = workday(today) < open.issuedOn ? today : workday(today)
    steps.push({
      at: instantOf(on, '15:00'),
      play: async (stage) => {
        await creditOne(stage, open, on, 'Delivered late')
      },
    })
  }
  return steps
}

import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import type { ApiOutput } from '../../app/queries.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { showToast } from '../../ui/toast.tsx'

type Sent = ApiOutput<'reminders', 'send'>

/** A step of an invoice that has its turn, with what is said of it. */
export type Turn = {
  readonly invoiceId: string
  readonly stepId: string
  readonly number: string
  /** The fee in words; null where none is charged. */
  readonly fee: string | null
}

const told = (thrown: unknown): null => {
  showToast({ message: describeError(thrown).message, tone: 'problem' })
  return null
}

const withFee = ({ feeInvoiceNumber }: Sent) =>
  feeInvoiceNumber === null ? '' : ` The late fee is invoice ${feeInvoiceNumber}.`

/** Sends a reminder and says so; throws what went wrong. */
export const sendReminder = async ({ invoiceId, stepId, number }: Turn): Promise<Sent> => {
  const sent = await api.reminders.send({ invoiceId, stepId })
  showToast({ message: `The reminder of ${number} is on its way.${withFee(sent)}` })
  return sent
}

/** Notes that a reminder was given in another way; asks first, as it cannot be taken back. Tells whether it was noted. */
export const tellByHand = async ({ invoiceId, stepId, number, fee }: Turn): Promise<boolean> => {
  const agreed = await confirmAct({
    title: `Reminded of ${number} by hand?`,
    body:
      fee === null
        ? 'By telephone or letter, for instance. No message is sent, and this step counts as done.'
        : `By telephone or letter, for instance. No message is sent, this step counts as done, and the late fee of ${fee} is charged with an invoice of its own.`,
    verb: 'Note it as told',
  })
  if (!agreed) return false
  try {
    const sent = await api.reminders.send({ invoiceId, stepId, byHand: true })
    showToast({ message: `Noted that ${number} was reminded of by hand.${withFee(sent)}` })
    return true
  } catch (thrown) {
    return told(thrown) ?? false
  }
}

/** Leaves a step out for good; asks first. Tells whether it was left out. */
export const skipReminder = async ({ invoiceId, stepId, number }: Turn): Promise<boolean> => {
  const agreed = await confirmAct({
    title: `Leave out this reminder of ${number}?`,
    body: 'This step is then never taken for this invoice. Later steps stay planned.',
    verb: 'Leave it out',
    cancel: 'Keep it',
  })
  if (!agreed) return false
  try {
    await api.reminders.skip({ invoiceId, stepId })
    showToast({ message: `This reminder of ${number} is left out.` })
    return true
  } catch (thrown) {
    return told(thrown) ?? false
  }
}

/** Stops the reminders of an invoice (a reason) or lets them go on (null); with a way back. Throws what went wrong. */
export const stopReminders = async (
  { id, number }: { readonly id: string; readonly number: string },
  reason: string | null,
  before: string | null,
): Promise<void> => {
  const { version } = await api.invoices.get({ id })
  const stopped = await api.reminders.stop({ invoiceId: id, version, reason })
  showToast({
    message: reason === null ? `Reminders of ${number} go on.` : `No more reminders of ${number}.`,
    ...(reason === before
      ? {}
      : { undo: () => api.reminders.stop({ invoiceId: id, version: stopped.version, reason: before }) }),
  })
}

import { Button } from '@mantine/core'
import { z } from 'zod'
import { contract } from '../../../shared/contract/index.ts'
import type { Payment } from '../../../shared/contract/payments.ts'
import { useToday } from '../../app/organization.ts'
import { useCommand } from '../../app/queries.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { LongTextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'

const { on } = contract.payments.setStatus.input.shape
// The contract asks for a reason of bounced and cancelled payments alone; here it is always one of them.
const schema = z.object({
  on,
  reason: z.string().trim().min(1, 'Say why, in a few words.').max(300, 'At most 300 characters.'),
})

export type FinalStatus = 'bounced' | 'cancelled'

const words: Readonly<Record<FinalStatus, { readonly title: string; readonly verb: string; readonly done: string }>> = {
  bounced: { title: 'bounced', verb: 'Mark as bounced', done: 'is marked as bounced' },
  cancelled: { title: 'is cancelled', verb: 'Cancel payment', done: 'is cancelled' },
}

type Props = { readonly payment: Payment; readonly status: FinalStatus | null; readonly onClose: () => void }

const StatusForm = ({ payment, status, onClose }: Props & { readonly status: FinalStatus }) => {
  const today = useToday()
  const formats = useFormats()
  const form = useSchemaForm(schema, { on: today, reason: '' })
  const set = useCommand('payments', 'setStatus')
  const count = payment.allocations.length
  const invoices = payment.allocations.map((it) => it.invoiceNumber).join(', ')
  return (
    <Form
      form={form}
      label={words[status].verb}
      onSubmit={async (values) => {
        await set.mutateAsync({ id: payment.id, version: payment.version, status, ...values })
        showToast({ message: `Payment ${payment.number} ${words[status].done}.` })
        onClose()
      }}
    >
      <p>
        {formats.amount(payment.amountE4, payment.currency)} from {payment.clientName} is taken back
        {count === 0 ? '.' : count === 1 ? `, and ${invoices} is open again.` : `, and ${invoices} are open again.`} The
        payment stays in the list with your reason.
      </p>
      <Field control={form.control} name="on">
        {(bound) => <DateField label="On" today={today} {...bound} />}
      </Field>
      <Field control={form.control} name="reason">
        {(bound) => <LongTextField label="Reason" withAsterisk data-autofocus {...bound} />}
      </Field>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button type="submit" color="red" loading={set.isPending}>
          {words[status].verb}
        </Button>
      </DialogFooter>
    </Form>
  )
}

/** Lets a payment bounce, or cancels it, with the reason. */
export const StatusDialog = ({ payment, status, onClose }: Props) => (
  <Dialog
    open={status !== null}
    onClose={onClose}
    title={`Payment ${payment.number} ${status === null ? '' : words[status].title}`}
  >
    {status !== null && <StatusForm payment={payment} status={status} onClose={onClose} />}
  </Dialog>
)

import { Button } from '@mantine/core'
import { type RefundRow, refunds } from '../../../shared/contract/refunds.ts'
import { useToday } from '../../app/organization.ts'
import { useCommand } from '../../app/queries.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { LongTextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'

const schema = refunds.cancel.input.pick({ on: true, reason: true })

type FormProps = { readonly refund: RefundRow; readonly onClose: () => void }

const CancelForm = ({ refund, onClose }: FormProps) => {
  const today = useToday()
  const formats = useFormats()
  const form = useSchemaForm(schema, { on: today, reason: '' })
  const cancel = useCommand('refunds', 'cancel')
  return (
    <Form
      form={form}
      label="Cancel refund"
      onSubmit={async (values) => {
        await cancel.mutateAsync({ id: refund.id, version: refund.version, ...values })
        showToast({ message: `Refund ${refund.number} is cancelled.` })
        onClose()
      }}
    >
      <p>
        {formats.amount(refund.amountE4, refund.currency)} did not leave after all: it is credit of {refund.clientName}{' '}
        again. The refund stays in the list with your reason.
      </p>
      <Field control={form.control} name="on">
        {({ onChange, ...bound }) => (
          <DateField label="On" today={today} {...bound} onChange={(date) => date !== null && onChange(date)} />
        )}
      </Field>
      <Field control={form.control} name="reason">
        {(bound) => <LongTextField label="Reason" withAsterisk data-autofocus {...bound} />}
      </Field>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button type="submit" color="red" loading={cancel.isPending}>
          Cancel refund
        </Button>
      </DialogFooter>
    </Form>
  )
}

type Props = {
  /** null closes. */
  readonly refund: RefundRow | null
  readonly onClose: () => void
}

/** Takes a refund back that did not happen, with the reason. */
export const CancelRefundDialog = ({ refund, onClose }: Props) => (
  <Dialog open={refund !== null} onClose={onClose} title={`Cancel refund ${refund?.number ?? ''}`}>
    {refund !== null && <CancelForm refund={refund} onClose={onClose} />}
  </Dialog>
)

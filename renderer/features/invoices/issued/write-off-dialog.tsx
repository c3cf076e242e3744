import { Button } from '@mantine/core'
import type { Invoice } from '../../../../shared/contract/invoices.ts'
import { writeOffs } from '../../../../shared/contract/write-offs.ts'
import { subtract } from '../../../../shared/money/arithmetic.ts'
import { useToday } from '../../../app/organization.ts'
import { useCommand } from '../../../app/queries.ts'
import { DateField } from '../../../ui/date-field.tsx'
import { Dialog, DialogFooter } from '../../../ui/dialog.tsx'
import { Field, FieldRow, Form, useSchemaForm } from '../../../ui/form.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { AmountField } from '../../../ui/number-fields.tsx'
import { LongTextField } from '../../../ui/text-field.tsx'
import { showToast } from '../../../ui/toast.tsx'

const schema = writeOffs.create.input.pick({ amountE4: true, on: true, reason: true })

type Props = { readonly invoice: Invoice; readonly opened: boolean; readonly onClose: () => void }

const WriteOffForm = ({ invoice, onClose }: Omit<Props, 'opened'>) => {
  const today = useToday()
  const formats = useFormats()
  const { currency } = invoice.content
  const form = useSchemaForm(schema, { amountE4: invoice.openE4, on: today, reason: '' })
  const writeOff = useCommand('writeOffs', 'create')
  const typed = form.watch('amountE4')
  const rest = typed === null || typed === undefined ? null : subtract(invoice.openE4, typed)
  return (
    <Form
      form={form}
      label="Write off"
      onSubmit={async (values) => {
        await writeOff.mutateAsync({ invoiceId: invoice.id, invoiceVersion: invoice.version, ...values })
        showToast({ message: `${formats.amount(values.amountE4, currency)} of ${invoice.number} is written off.` })
        onClose()
      }}
    >
      <p>
        What is written off counts as settled, not as money received. It can be taken back should {invoice.clientName}{' '}
        pay after all.
      </p>
      <FieldRow>
        <Field control={form.control} name="amountE4">
          {(bound) => (
            <AmountField
              label="Amount"
              description={
                rest === null || rest === 0n
                  ? `All of the ${formats.amount(invoice.openE4, currency)} that is open.`
                  : rest > 0n
                    ? `${formats.amount(rest, currency)} stays open.`
                    : `Only ${formats.amount(invoice.openE4, currency)} is open.`
              }
              currency={currency}
              {...bound}
            />
          )}
        </Field>
        <Field control={form.control} name="on">
          {(bound) => <DateField label="On" description="In whose month it counts." today={today} {...bound} />}
        </Field>
      </FieldRow>
      <Field control={form.control} name="reason">
        {(bound) => (
          <LongTextField label="Reason" description="Kept with the invoice." withAsterisk data-autofocus {...bound} />
        )}
      </Field>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Keep it open
        </Button>
        <Button type="submit" loading={writeOff.isPending} disabled={rest !== null && rest < 0n}>
          Write off
        </Button>
      </DialogFooter>
    </Form>
  )
}

/** Writes off what is open of an invoice, or a part of it, with a reason. */
export const WriteOffDialog = ({ invoice, opened, onClose }: Props) => (
  <Dialog open={opened} onClose={onClose} title={`Write off the rest of ${invoice.number}`}>
    {opened && <WriteOffForm invoice={invoice} onClose={onClose} />}
  </Dialog>
)

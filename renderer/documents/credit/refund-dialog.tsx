import { Button, Select } from '@mantine/core'
import { z } from 'zod'
import { refunds } from '../../../shared/contract/refunds.ts'
import { subtract } from '../../../shared/money/arithmetic.ts'
import { useToday } from '../../app/organization.ts'
import { methodOptions } from '../../app/payment-methods.ts'
import { useCommand } from '../../app/queries.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, FieldRow, Form, useSchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { AmountField } from '../../ui/number-fields.tsx'
import { LongTextField, TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { type CreditSource, sourceWord } from './credit-source.ts'

const { amountE4, refundedOn, method, reference, notes } = refunds.create.input.shape
const schema = z.object({ amountE4, refundedOn, method, reference, notes })

type Props = { readonly source: CreditSource; readonly opened: boolean; readonly onClose: () => void }

const RefundForm = ({ source, onClose }: Omit<Props, 'opened'>) => {
  const today = useToday()
  const formats = useFormats()
  const { currency, creditE4 } = source
  const form = useSchemaForm(schema, {
    amountE4: creditE4,
    refundedOn: today,
    method: 'bank-transfer',
    reference: '',
    notes: '',
  })
  const refund = useCommand('refunds', 'create')
  const typed = form.watch('amountE4')
  const rest = typed === null || typed === undefined ? null : subtract(creditE4, typed)
  const has = formats.amount(creditE4, currency)
  return (
    <Form
      form={form}
      label="Refund"
      onSubmit={async (values) => {
        const made = await refund.mutateAsync({
          ...values,
          paymentId: source.kind === 'payment' ? source.id : null,
          creditNoteId: source.kind === 'credit-note' ? source.id : null,
        })
        showToast({ message: `Refund ${made.number} over ${formats.amount(values.amountE4, currency)} is recorded.` })
        onClose()
      }}
    >
      <p>
        Records money that you gave back to {source.clientName} out of {sourceWord(source)}. The transfer itself is
        yours to make.
      </p>
      <FieldRow>
        <Field control={form.control} name="amountE4">
          {(bound) => (
            <AmountField
              label="Amount"
              data-autofocus
              description={
                rest === null || rest === 0n
                  ? `All of the ${has} that is left.`
                  : rest > 0n
                    ? `${formats.amount(rest, currency)} stays as credit.`
                    : `Only ${has} is left.`
              }
              currency={currency}
              {...bound}
            />
          )}
        </Field>
        <Field control={form.control} name="refundedOn">
          {({ onChange, ...bound }) => (
            <DateField
              label="On"
              description="The day the money left."
              today={today}
              {...bound}
              onChange={(date) => date !== null && onChange(date)}
            />
          )}
        </Field>
      </FieldRow>
      <FieldRow>
        <Field control={form.control} name="method">
          {(bound) => (
            <Select label="Method" allowDeselect={false} data={methodOptions} {...bound} value={bound.value ?? null} />
          )}
        </Field>
        <Field control={form.control} name="reference">
          {(bound) => <TextField label="Reference" maxLength={100} {...bound} />}
        </Field>
      </FieldRow>
      <Field control={form.control} name="notes">
        {(bound) => <LongTextField label="Notes" {...bound} />}
      </Field>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={refund.isPending} disabled={rest !== null && rest < 0n}>
          Record refund
        </Button>
      </DialogFooter>
    </Form>
  )
}

/** Records money given back out of what is left of a payment or a credit note. */
export const RefundDialog = ({ source, opened, onClose }: Props) => (
  <Dialog open={opened} onClose={onClose} title={`Refund of ${source.number}`}>
    {opened && <RefundForm key={source.version} source={source} onClose={onClose} />}
  </Dialog>
)

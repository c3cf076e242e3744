import { Button } from '@mantine/core'
import { z } from 'zod'
import { contract } from '../../../../shared/contract/index.ts'
import type { Invoice } from '../../../../shared/contract/invoices.ts'
import { useCommand } from '../../../app/queries.ts'
import { Dialog, DialogFooter } from '../../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../../ui/form.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { LongTextField } from '../../../ui/text-field.tsx'
import { showToast } from '../../../ui/toast.tsx'

const reasonSchema = z.object({ reason: contract.invoices.void.input.shape.reason })

type Props = { readonly invoice: Invoice; readonly opened: boolean; readonly onClose: () => void }

const VoidForm = ({ invoice, onClose }: Omit<Props, 'opened'>) => {
  const formats = useFormats()
  const form = useSchemaForm(reasonSchema, { reason: '' })
  const makeVoid = useCommand('invoices', 'void')
  const amount = formats.amount(invoice.totals.payableE4, invoice.content.currency)
  return (
    <Form
      form={form}
      label="Make void"
      onSubmit={async ({ reason }) => {
        await makeVoid.mutateAsync({ id: invoice.id, version: invoice.version, reason })
        showToast({ message: `Invoice ${invoice.number} is void.` })
        onClose()
      }}
    >
      <p>
        {invoice.clientName} no longer owes <strong>{amount}</strong>. The number stays in the list with your reason, as
        the law wants no gaps; it cannot be brought back. To bill it again, duplicate it.
      </p>
      <Field control={form.control} name="reason">
        {(bound) => (
          <LongTextField label="Reason" description="Kept with the document." withAsterisk data-autofocus {...bound} />
        )}
      </Field>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button type="submit" color="red" loading={makeVoid.isPending}>
          Make {invoice.number} void
        </Button>
      </DialogFooter>
    </Form>
  )
}

/** Makes an issued invoice void, with the reason. */
export const VoidDialog = ({ invoice, opened, onClose }: Props) => (
  <Dialog open={opened} onClose={onClose} title={`Make invoice ${invoice.number} void`}>
    {opened && <VoidForm invoice={invoice} onClose={onClose} />}
  </Dialog>
)

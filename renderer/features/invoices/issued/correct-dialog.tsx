import { Button, Radio, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { creditNotes } from '../../../../shared/contract/credit-notes.ts'
import type { Invoice } from '../../../../shared/contract/invoices.ts'
import { useCommand } from '../../../app/queries.ts'
import { newId } from '../../../ids.ts'
import { Dialog, DialogFooter } from '../../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../../ui/form.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { LongTextField } from '../../../ui/text-field.tsx'
import { showToast } from '../../../ui/toast.tsx'

const schema = creditNotes.correctInvoice.input.pick({ reason: true, issue: true })

type Props = { readonly invoice: Invoice; readonly opened: boolean; readonly onClose: () => void }

const CorrectForm = ({ invoice, onClose }: Omit<Props, 'opened'>) => {
  const formats = useFormats()
  const navigate = useNavigate()
  const [ids] = useState(() => ({ creditNoteId: newId(), newInvoiceId: newId() }))
  const form = useSchemaForm(schema, { reason: '', issue: false })
  const correct = useCommand('creditNotes', 'correctInvoice')
  const isIssued = form.watch('issue') ?? false
  return (
    <Form
      form={form}
      label="Correct"
      onSubmit={async (values) => {
        const made = await correct.mutateAsync({
          invoiceId: invoice.id,
          invoiceVersion: invoice.version,
          ...ids,
          ...values,
        })
        showToast({
          message:
            made.invoiceNumber === null
              ? `${invoice.number} is credited by ${made.creditNoteNumber}. This is its correction, to be issued.`
              : `${invoice.number} is credited by ${made.creditNoteNumber} and issued again as ${made.invoiceNumber}.`,
        })
        onClose()
        await navigate({ to: '/invoices/$id', params: { id: made.invoiceId } })
      }}
    >
      <p>
        An issued invoice never changes. A credit note gives back what is left of{' '}
        <strong>{formats.amount(invoice.totals.payableE4, invoice.content.currency)}</strong>, and a new invoice takes
        the place of {invoice.number}. Both happen together, or neither.
      </p>
      <Field control={form.control} name="issue">
        {({ value, onChange }) => (
          <Radio.Group
            label="The new invoice"
            value={value ? 'issued' : 'draft'}
            onChange={(chosen) => onChange(chosen === 'issued')}
          >
            <Stack gap={8} mt={6}>
              <Radio
                value="draft"
                label="Edit it first"
                description="It opens as a draft with the same lines; change what was wrong, then issue it."
              />
              <Radio
                value="issued"
                label="Issue it at once"
                description="Same lines and amounts, with the details of your business and the client as they are now."
              />
            </Stack>
          </Radio.Group>
        )}
      </Field>
      <Field control={form.control} name="reason">
        {(bound) => (
          <LongTextField
            label="What was wrong"
            description="Printed on the credit note."
            withAsterisk
            data-autofocus
            {...bound}
          />
        )}
      </Field>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={correct.isPending}>
          {isIssued ? 'Credit and issue again' : 'Credit and edit'}
        </Button>
      </DialogFooter>
    </Form>
  )
}

/** Credits an invoice and makes another in its place, in one step. */
export const CorrectDialog = ({ invoice, opened, onClose }: Props) => (
  <Dialog open={opened} onClose={onClose} title={`Correct ${invoice.number}`}>
    {opened && <CorrectForm invoice={invoice} onClose={onClose} />}
  </Dialog>
)

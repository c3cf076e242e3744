import { Button, SegmentedControl, Switch } from '@mantine/core'
import { useState } from 'react'
import { type CreditScope, creditNotes } from '../../../../shared/contract/credit-notes.ts'
import type { Invoice } from '../../../../shared/contract/invoices.ts'
import { describeError } from '../../../app/errors.ts'
import { useToday } from '../../../app/organization.ts'
import { useApiQuery, useCommand } from '../../../app/queries.ts'
import { newId } from '../../../ids.ts'
import { DateField } from '../../../ui/date-field.tsx'
import { Dialog, DialogFooter } from '../../../ui/dialog.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { Field, FieldRow, Form, useSchemaForm } from '../../../ui/form.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { AmountField } from '../../../ui/number-fields.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { showToast } from '../../../ui/toast.tsx'
import classes from './credit.module.css'
import { CreditLines } from './credit-lines.tsx'
import { type CreditChoice, type CreditLeft, firstChoice, scopeOf } from './credit-scope.ts'
import { CreditSum } from './credit-sum.tsx'

const schema = creditNotes.creditInvoice.input.pick({ issuedOn: true, reason: true, apply: true })

const ways = [
  { value: 'whole', label: 'Everything left' },
  { value: 'lines', label: 'Lines' },
  { value: 'quantities', label: 'Quantities' },
  { value: 'amount', label: 'An amount' },
] as const satisfies readonly { value: CreditScope['kind']; label: string }[]

type PartProps = {
  readonly left: CreditLeft
  readonly currency: string
  readonly choice: CreditChoice
  readonly onChange: (choice: CreditChoice) => void
}

/** What of the invoice is given back. */
const WhatToCredit = ({ left, currency, choice, onChange }: PartProps) => (
  <div className={classes['what']}>
    <SegmentedControl
      fullWidth
      aria-label="What to credit"
      value={choice.kind}
      data={ways.map((way) => ({
        ...way,
        disabled: !left.byLine && (way.value === 'lines' || way.value === 'quantities'),
      }))}
      // The control gives back one of the values above.
      onChange={(kind) => onChange({ ...choice, kind: kind as CreditScope['kind'] })}
    />
    {!left.byLine && (
      <p className={classes['quiet']}>
        An earlier credit was by amount, so what is left of each line is not known any more: credit an amount, or
        everything left.
      </p>
    )}
    {choice.kind === 'amount' ? (
      <AmountField
        label="Amount with tax"
        description="Spread over the tax rates by what is left of each."
        currency={currency}
        value={choice.amountE4}
        onChange={(amountE4) => onChange({ ...choice, amountE4 })}
      />
    ) : (
      left.byLine && <CreditLines left={left} currency={currency} choice={choice} onChange={onChange} />
    )}
  </div>
)

type FormProps = { readonly invoice: Invoice; readonly left: CreditLeft; readonly onClose: () => void }

const CreditForm = ({ invoice, left, onClose }: FormProps) => {
  const today = useToday()
  const formats = useFormats()
  const [choice, setChoice] = useState<CreditChoice>(() => firstChoice(left))
  const [id] = useState(newId)
  const credit = useCommand('creditNotes', 'creditInvoice')
  const form = useSchemaForm(schema, { issuedOn: today, reason: '', apply: true })
  const scope = scopeOf(choice)
  const result = useApiQuery(
    'creditNotes',
    'fromInvoice',
    { invoiceId: invoice.id, scope: scope ?? { kind: 'whole' } },
    { enabled: scope !== null },
  )
  const { currency } = invoice.content
  const isSound = scope !== null && result.error === null && result.data !== undefined
  const total = isSound ? ` over ${formats.amount(result.data.totalE4, currency)}` : ''
  return (
    <Form
      form={form}
      label="Credit"
      onSubmit={async (values) => {
        if (scope === null) return
        const made = await credit.mutateAsync({
          id,
          invoiceId: invoice.id,
          invoiceVersion: invoice.version,
          scope,
          ...values,
        })
        showToast({ message: `Credit note ${made.number}${total} is issued.` })
        onClose()
      }}
    >
      <WhatToCredit left={left} currency={currency} choice={choice} onChange={setChoice} />
      <CreditSum
        left={left}
        currency={currency}
        result={scope === null ? undefined : result.data}
        problem={scope === null ? null : (result.error?.message ?? null)}
      />
      <FieldRow>
        <Field control={form.control} name="reason">
          {(bound) => (
            <TextField
              label="Reason"
              description="Printed on the credit note."
              withAsterisk
              data-autofocus
              {...bound}
            />
          )}
        </Field>
        <Field control={form.control} name="issuedOn">
          {({ onChange, ...bound }) => (
            <DateField
              label="Date"
              description="Of the credit note."
              today={today}
              {...bound}
              onChange={(date) => date !== null && onChange(date)}
            />
          )}
        </Field>
      </FieldRow>
      {invoice.openE4 > 0n && (
        <Field control={form.control} name="apply">
          {({ value, onChange }) => (
            <Switch
              label={`Take it off what is open of ${invoice.number} (${formats.amount(invoice.openE4, currency)})`}
              description="What goes beyond that stays as the client's credit."
              checked={value ?? true}
              onChange={(event) => onChange(event.currentTarget.checked)}
            />
          )}
        </Field>
      )}
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={!isSound} loading={credit.isPending}>
          Issue credit note{total}
        </Button>
      </DialogFooter>
    </Form>
  )
}

type Props = { readonly invoice: Invoice; readonly opened: boolean; readonly onClose: () => void }

const Loaded = ({ invoice, onClose }: Omit<Props, 'opened'>) => {
  const left = useApiQuery('creditNotes', 'left', { invoiceId: invoice.id }, { keepPrevious: false })
  if (left.data !== undefined) return <CreditForm invoice={invoice} left={left.data} onClose={onClose} />
  if (left.error !== null) return <ErrorPanel {...describeError(left.error)} onRetry={() => void left.refetch()} />
  return <Skeleton lines={5} label="Reading what is left to credit" />
}

/** Gives a part of an invoice back, or all of it, by a credit note that is issued at once. */
export const CreditDialog = ({ invoice, opened, onClose }: Props) => (
  <Dialog open={opened} onClose={onClose} title={`Credit ${invoice.number}`} size="lg">
    {opened && <Loaded invoice={invoice} onClose={onClose} />}
  </Dialog>
)

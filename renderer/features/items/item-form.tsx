import { Button, SegmentedControl } from '@mantine/core'
import type { TaxRate } from '../../../shared/contract/tax-rates.ts'
import { DialogFooter } from '../../ui/dialog.tsx'
import { Field, FieldRow, Form, useSchemaForm } from '../../ui/form.tsx'
import { PriceField } from '../../ui/number-fields.tsx'
import { LongTextField, TextField } from '../../ui/text-field.tsx'
import { UnitSelect } from '../../ui/unit-select.tsx'
import { type CheckedItem, itemFormSchema } from './item-values.ts'
import { TaxRateSelect } from './tax-rate-select.tsx'

const kinds = [
  { value: 'service', label: 'Service' },
  { value: 'product', label: 'Product' },
]

type Props = {
  readonly start: Partial<CheckedItem>
  readonly rates: readonly TaxRate[]
  readonly verb: string
  readonly onSave: (values: CheckedItem) => Promise<unknown>
  readonly onCancel: () => void
}

/** Everything that is known of an item; name and price must be. */
export const ItemForm = ({ start, rates, verb, onSave, onCancel }: Props) => {
  const form = useSchemaForm(itemFormSchema, start)
  const { control } = form
  return (
    <Form<typeof itemFormSchema> form={form} onSubmit={onSave} label="Item">
      <Field control={control} name="kind">
        {({ onChange, value, ref, name }) => (
          <SegmentedControl
            ref={ref}
            name={name}
            value={value ?? 'service'}
            onChange={onChange}
            data={kinds}
            aria-label="Kind of item"
          />
        )}
      </Field>
      <FieldRow>
        <Field control={control} name="name">
          {(bound) => <TextField {...bound} label="Name" withAsterisk required data-autofocus autoComplete="off" />}
        </Field>
        <Field control={control} name="code">
          {(bound) => <TextField {...bound} label="Code" autoComplete="off" />}
        </Field>
        <Field control={control} name="classification">
          {(bound) => <TextField {...bound} label="HSN, SAC or CPV" autoComplete="off" />}
        </Field>
      </FieldRow>
      <Field control={control} name="description">
        {(bound) => <LongTextField {...bound} label="Description" description="Printed below the name on each line." />}
      </Field>
      <FieldRow>
        <Field control={control} name="priceE6">
          {(bound) => <PriceField {...bound} label="Price" withAsterisk required />}
        </Field>
        <Field control={control} name="unit">
          {(bound) => <UnitSelect {...bound} label="For one" />}
        </Field>
        <Field control={control} name="taxRateId">
          {(bound) => <TaxRateSelect {...bound} label="Tax" rates={rates} />}
        </Field>
      </FieldRow>
      <DialogFooter>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={form.formState.isSubmitting}>
          {verb}
        </Button>
      </DialogFooter>
    </Form>
  )
}

import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { TaxRate } from '../../../shared/contract/tax-rates.ts'
import { api } from '../../api.ts'
import { useCommand } from '../../app/queries.ts'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { PriceField } from '../../ui/number-fields.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { UnitSelect } from '../../ui/unit-select.tsx'
import { blankItem, type CheckedItem, itemFormSchema } from './item-values.ts'
import classes from './items.module.css'
import { TaxRateSelect } from './tax-rate-select.tsx'

type Props = { readonly rates: readonly TaxRate[] }

/** One row that adds an item with Enter and is empty again for the next one. */
export const QuickAdd = ({ rates }: Props) => {
  const create = useCommand('items', 'create')
  const blank = blankItem(null)
  const form = useSchemaForm(itemFormSchema, blank)
  const add = async (values: CheckedItem) => {
    const made = await create.mutateAsync(values)
    form.reset({ ...blank, unit: values.unit, taxRateId: values.taxRateId })
    form.setFocus('name')
    showToast({ message: `${values.name} added.`, undo: () => api.items.setStatus({ ...made, status: 'archived' }) })
  }
  return (
    <Form<typeof itemFormSchema> form={form} onSubmit={add} label="Add an item quickly">
      <div className={classes['quick']}>
        <Field control={form.control} name="name">
          {(bound) => (
            <TextField
              {...bound}
              aria-label="Name of the new item"
              placeholder="New item: its name"
              autoComplete="off"
            />
          )}
        </Field>
        <Field control={form.control} name="priceE6">
          {(bound) => <PriceField {...bound} aria-label="Price of the new item" placeholder="Price" />}
        </Field>
        <Field control={form.control} name="unit">
          {(bound) => <UnitSelect {...bound} aria-label="Unit of the new item" />}
        </Field>
        <Field control={form.control} name="taxRateId">
          {(bound) => <TaxRateSelect {...bound} aria-label="Tax of the new item" rates={rates} />}
        </Field>
        <Tooltip label="Add this item">
          <ActionIcon
            type="submit"
            size={32}
            variant="filled"
            color="ink"
            aria-label="Add this item"
            loading={create.isPending}
          >
            <IconPlus size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
    </Form>
  )
}

import { Button, Checkbox, Select } from '@mantine/core'
import { useWatch } from 'react-hook-form'
import { contract, type Input } from '../../../shared/contract/index.ts'
import { type TaxRate, taxCategories } from '../../../shared/contract/tax-rates.ts'
import { percent } from '../../../shared/money/scaled.ts'
import { regimeOf } from '../../../shared/tax/regimes/index.ts'
import { api } from '../../api.ts'
import { useToday } from '../../app/organization.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, FieldRow, Form, useSchemaForm } from '../../ui/form.tsx'
import { useGuardedSave } from '../../ui/guarded-save.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { PercentField } from '../../ui/number-fields.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { categoryTexts } from './tax-categories.ts'

const schema = contract.taxRates.create.input
type Values = Input<typeof contract.taxRates.create>

const compared = [
  { path: 'name', label: 'Name' },
  { path: 'category', label: 'Category' },
  { path: 'isCompound', label: 'Compound' },
  { path: 'isDefault', label: 'Default' },
  { path: 'effectiveFrom', label: 'In force from' },
  { path: 'effectiveTo', label: 'In force until' },
  { path: 'exemptionReason', label: 'Reason' },
  { path: 'place', label: 'Place' },
]

const startOf = (rate: TaxRate | null) => ({
  // Before any change by date: those have their own dialog.
  name: rate?.original.name ?? '',
  category: rate?.category ?? ('S' as const),
  isCompound: rate?.isCompound ?? false,
  isDefault: rate?.isDefault ?? false,
  effectiveFrom: rate?.effectiveFrom ?? null,
  effectiveTo: rate?.effectiveTo ?? null,
  exemptionReason: rate?.exemptionReason ?? null,
  place: rate?.place ?? null,
  // Without a rate the field begins empty, and the schema asks for it.
  ...(rate === null ? {} : { rateE6: rate.original.rateE6 }),
})

type Props = { readonly rate: TaxRate | null; readonly onClose: () => void }

/** States and provinces that tax by themselves; none where the tax system has no such. */
const usePlaces = () => {
  const country = useApiQuery('organizations', 'get', {}).data?.country ?? ''
  const regime = useApiQuery('taxSettings', 'get', {}).data?.current.regime
  return regime === 'us-ca-sales-tax' ? regimeOf(regime).places(country) : []
}

const useSaveRate = ({ rate, onClose }: Props) => {
  const formats = useFormats()
  const create = useCommand('taxRates', 'create')
  const update = useCommand('taxRates', 'update')
  const guarded = useGuardedSave<Values>({
    what: rate?.name ?? 'This rate',
    fields: [
      ...compared,
      {
        path: 'rateE6',
        label: 'Rate',
        text: (value) => (typeof value === 'bigint' ? formats.percent(percent(value)) : 'empty'),
      },
    ],
    before: startOf(rate),
    latest: async () => {
      const latest = (await api.taxRates.list({ status: 'all' })).find((it) => it.id === rate?.id)
      if (latest === undefined) throw new Error('This tax rate is no longer there.')
      return latest
    },
    save: ({ isDefault, ...values }, version) =>
      update.mutateAsync({
        id: rate?.id ?? '',
        version,
        ...values,
        ...(isDefault ? { isDefault: true as const } : {}),
      }),
    onSaved: () => {
      onClose()
      showToast({ message: 'Tax rate saved.' })
    },
  })
  const save = async (values: Values) => {
    if (rate !== null) return await guarded.save(values, rate.version)
    const made = await create.mutateAsync(values)
    onClose()
    showToast({
      message: `${values.name} added.`,
      undo: () => api.taxRates.setStatus({ ...made, status: 'archived' }),
    })
  }
  return { save, dialog: guarded.dialog }
}

/** Adds a tax rate or changes one; documents keep the rate that they hold. */
export const TaxRateDialog = ({ rate, onClose }: Props) => {
  const today = useToday()
  const places = usePlaces()
  const form = useSchemaForm(schema, startOf(rate))
  const { control } = form
  const category = useWatch({ control, name: 'category' }) ?? 'S'
  const { save, dialog } = useSaveRate({ rate, onClose })
  const text = categoryTexts[category]
  return (
    <>
      <Dialog open onClose={onClose} title={rate === null ? 'New tax rate' : `Edit ${rate.name}`} size="lg">
        <Form<typeof schema> form={form} onSubmit={save} label="Tax rate">
          <FieldRow>
            <Field control={control} name="name">
              {(bound) => (
                <TextField
                  {...bound}
                  label="Name"
                  description="As printed on documents."
                  withAsterisk
                  required
                  data-autofocus
                />
              )}
            </Field>
            <Field control={control} name="rateE6">
              {(bound) => (
                <PercentField
                  {...bound}
                  label="Rate"
                  description={text.rated ? 'In percent of the taxable amount.' : 'Always 0 in this category.'}
                  disabled={!text.rated}
                  withAsterisk
                  required
                />
              )}
            </Field>
          </FieldRow>
          <Field control={control} name="category">
            {({ onChange, value, ...bound }) => (
              <Select
                {...bound}
                value={value ?? null}
                label="Category"
                description={text.effect}
                data={taxCategories.map((code) => ({ value: code, label: `${code} · ${categoryTexts[code].label}` }))}
                onChange={(code) => {
                  onChange(code)
                  const next = taxCategories.find((it) => it === code)
                  if (next !== undefined && !categoryTexts[next].rated) form.setValue('rateE6', percent(0n))
                }}
              />
            )}
          </Field>
          {category !== 'S' && (
            <Field control={control} name="exemptionReason">
              {(bound) => (
                <TextField {...bound} label="Reason" description="Printed where the law asks why no tax is charged." />
              )}
            </Field>
          )}
          <FieldRow>
            <Field control={control} name="effectiveFrom">
              {(bound) => <DateField {...bound} today={today} label="In force from" description="Empty: always." />}
            </Field>
            <Field control={control} name="effectiveTo">
              {(bound) => <DateField {...bound} today={today} label="In force until" description="Empty: no end." />}
            </Field>
          </FieldRow>
          {places.length > 0 && (
            <Field control={control} name="place">
              {({ value, ...bound }) => (
                <Select
                  {...bound}
                  label="Place"
                  description="Charged on supplies there, beside the place’s other rates; empty for rates chosen by item."
                  placeholder="Chosen by item"
                  searchable
                  clearable
                  value={value ?? null}
                  data={places.map((it) => ({ value: it.code, label: `${it.name} (${it.code})` }))}
                />
              )}
            </Field>
          )}
          <Field control={control} name="isCompound">
            {({ value, onChange, error, ...bound }) => (
              <Checkbox
                {...bound}
                label="Compound"
                description="Counted on the amount with the other taxes of the line, as in Quebec's old PST."
                checked={value ?? false}
                onChange={(event) => onChange(event.currentTarget.checked)}
                error={error}
              />
            )}
          </Field>
          <Field control={control} name="isDefault">
            {({ value, onChange, error, ...bound }) => (
              <Checkbox
                {...bound}
                label="Default rate"
                description="Goes on new lines by itself."
                checked={value ?? false}
                disabled={rate?.isDefault ?? false}
                onChange={(event) => onChange(event.currentTarget.checked)}
                error={error}
              />
            )}
          </Field>
          <DialogFooter>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={form.formState.isSubmitting}>
              {rate === null ? 'Add rate' : 'Save rate'}
            </Button>
          </DialogFooter>
        </Form>
      </Dialog>
      {dialog}
    </>
  )
}

import { Button, Checkbox, Select } from '@mantine/core'
import { useWatch } from 'react-hook-form'
import { contract, type Input } from '../../../shared/contract/index.ts'
import type { TaxRegistration } from '../../../shared/contract/tax-settings.ts'
import { regimeOf, regimes } from '../../../shared/tax/regimes/index.ts'
import { useToday } from '../../app/organization.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { numberProblem } from '../../app/tax-number-problem.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, FieldRow, Form, type SchemaForm, useSchemaForm } from '../../ui/form.tsx'
import { KeptValue } from '../../ui/kept-value.tsx'
import { PercentField } from '../../ui/number-fields.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { endMonthChoices, firstEnd, frequencyTexts, schemeTexts } from './registration-texts.ts'

const schema = contract.taxSettings.saveRegistration.input
type Values = Input<typeof contract.taxSettings.saveRegistration>
type RegistrationForm = SchemaForm<typeof schema>
type FormProps = { readonly form: RegistrationForm; readonly country: string }

const System = ({ form }: FormProps) => {
  const { control } = form
  const today = useToday()
  const regime = regimeOf(useWatch({ control, name: 'regime' }) ?? 'none')
  const choose = (id: string | null) => {
    const next = regimeOf(id ?? 'none')
    form.setValue('regime', next.id)
    form.setValue('scheme', 'standard')
    form.setValue('filingFrequency', next.frequencies[0] ?? 'quarterly')
  }
  return (
    <>
      <FieldRow>
        <Field control={control} name="regime">
          {({ value, onChange: _, ...bound }) => (
            <Select
              {...bound}
              label="Tax system"
              description="Decides taxes, wordings and returns."
              value={value ?? null}
              onChange={choose}
              allowDeselect={false}
              data={regimes.map((it) => ({ value: it.id, label: it.name }))}
              data-autofocus
            />
          )}
        </Field>
        <Field control={control} name="effectiveOn">
          {(bound) => (
            <DateField {...bound} today={today} label="From" description="Documents before it keep what held then." />
          )}
        </Field>
      </FieldRow>
      <FieldRow>
        <Field control={control} name="scheme">
          {({ value, ...bound }) => (
            <Select
              {...bound}
              label="Scheme"
              value={value ?? null}
              allowDeselect={false}
              data={regime.schemes.map((it) => ({ value: it, label: schemeTexts[it] }))}
              onChange={(next) => {
                bound.onChange(next)
                form.setValue('basis', next === 'cash' ? 'payment' : 'issue')
              }}
            />
          )}
        </Field>
        <Field control={control} name="basis">
          {({ value, ...bound }) => (
            <Select
              {...bound}
              label="Tax is due"
              value={value ?? null}
              allowDeselect={false}
              data={[
                { value: 'issue', label: 'When a document is issued' },
                { value: 'payment', label: 'When it is paid' },
              ]}
            />
          )}
        </Field>
      </FieldRow>
    </>
  )
}

const RegistrationNumber = ({ form, country }: FormProps) => {
  const { control } = form
  const regime = regimeOf(useWatch({ control, name: 'regime' }) ?? 'none')
  const reason = useWatch({ control, name: 'numberKeptReason' }) ?? undefined
  const scheme = regime.idScheme(country)
  return (
    <Field control={control} name="number">
      {({ onChange, error, ...bound }) => {
        const problem = scheme === null ? null : numberProblem(scheme, bound.value)
        return (
          <div>
            <TextField
              {...bound}
              label="Registration number"
              description="Of this registration; the numbers printed on documents are under Business."
              autoComplete="off"
              error={problem === null ? error : undefined}
              onChange={(text) => {
                form.setValue('numberKeptReason', null)
                onChange(text)
              }}
            />
            <KeptValue
              noun="registration number"
              problem={problem}
              reason={reason}
              onChange={(next) => form.setValue('numberKeptReason', next ?? null)}
            />
          </div>
        )
      }}
    </Field>
  )
}

const Filing = ({ form }: FormProps) => {
  const { control } = form
  const regime = regimeOf(useWatch({ control, name: 'regime' }) ?? 'none')
  const frequency = useWatch({ control, name: 'filingFrequency' }) ?? 'quarterly'
  return (
    <FieldRow>
      <Field control={control} name="filingFrequency">
        {({ value, ...bound }) => (
          <Select
            {...bound}
            label="Returns are filed"
            value={value ?? null}
            allowDeselect={false}
            data={regime.frequencies.map((it) => ({ value: it, label: frequencyTexts[it] }))}
          />
        )}
      </Field>
      <Field control={control} name="periodEndMonth">
        {({ value, onChange, ...bound }) => (
          <Select
            {...bound}
            label="Periods end with"
            value={firstEnd(value ?? 12, frequency)}
            allowDeselect={false}
            disabled={frequency === 'monthly'}
            data={endMonthChoices(frequency)}
            onChange={(next) => onChange(Number(next))}
          />
        )}
      </Field>
    </FieldRow>
  )
}

const Particulars = ({ form }: FormProps) => {
  const { control } = form
  const regime = useWatch({ control, name: 'regime' }) ?? 'none'
  const scheme = useWatch({ control, name: 'scheme' }) ?? 'standard'
  return (
    <>
      {(scheme === 'flat-rate' || scheme === 'composition') && (
        <Field control={control} name="flatPercentE6">
          {(bound) => (
            <PercentField
              {...bound}
              label={scheme === 'flat-rate' ? 'Flat percentage' : 'Composition rate'}
              description="Of the turnover with tax, for the return."
            />
          )}
        </Field>
      )}
      {regime === 'india-gst' && (
        <>
          <Field control={control} name="lutNumber">
            {(bound) => (
              <TextField
                {...bound}
                label="Letter of undertaking (LUT)"
                description="With it, exports and supplies to special zones go out without IGST."
              />
            )}
          </Field>
          <Choice form={form} name="isLarge" label="Turnover above ₹5 crore (HSN codes of 6 digits)" />
        </>
      )}
      {regime === 'eu-vat' && (
        <Choice form={form} name="usesOss" label="One-stop shop: consumers in the EU pay their country’s rate" />
      )}
    </>
  )
}

type ChoiceProps = {
  readonly form: RegistrationForm
  readonly name: 'isLarge' | 'usesOss' | 'pricesIncludeTax'
  readonly label: string
}

const Choice = ({ form, name, label }: ChoiceProps) => (
  <Field control={form.control} name={name}>
    {({ value, onChange, error, ...bound }) => (
      <Checkbox
        {...bound}
        label={label}
        checked={value ?? false}
        onChange={(event) => onChange(event.currentTarget.checked)}
        error={error}
      />
    )}
  </Field>
)

const DefaultRate = ({ form }: FormProps) => {
  const rates = useApiQuery('taxRates', 'list', {}).data ?? []
  return (
    <Field control={form.control} name="defaultTaxRateId">
      {({ value, ...bound }) => (
        <Select
          {...bound}
          label="Default rate"
          description="Goes on new lines by itself."
          placeholder="As it is"
          clearable
          value={value ?? null}
          data={rates.map((rate) => ({ value: rate.id, label: rate.name }))}
        />
      )}
    </Field>
  )
}

type Start = Omit<TaxRegistration, 'id' | 'version'>
type Props = {
  /** The entry to correct; null adds one. */
  readonly entry: TaxRegistration | null
  /** What a new entry begins with. */
  readonly current: Start
  readonly country: string
  readonly onClose: () => void
}

/** Says how the business is taxed from a day on, or corrects what was said. */
export const RegistrationDialog = ({ entry, current, country, onClose }: Props) => {
  const today = useToday()
  const save = useCommand('taxSettings', 'saveRegistration')
  const start: Values = entry ?? { ...current, effectiveOn: today, id: null, version: null }
  const form = useSchemaForm(schema, start)
  const submit = async (values: Values) => {
    await save.mutateAsync(values)
    onClose()
    showToast({ message: 'Tax registration saved.' })
  }
  return (
    <Dialog open onClose={onClose} title={entry === null ? 'Change how you are taxed' : 'Correct this entry'} size="lg">
      <Form<typeof schema> form={form} onSubmit={submit} label="Tax registration">
        <System form={form} country={country} />
        <RegistrationNumber form={form} country={country} />
        <Filing form={form} country={country} />
        <Particulars form={form} country={country} />
        <DefaultRate form={form} country={country} />
        <Choice form={form} name="pricesIncludeTax" label="Prices are typed and shown with tax" />
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={form.formState.isSubmitting}>
            {entry === null ? 'Save' : 'Save correction'}
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  )
}

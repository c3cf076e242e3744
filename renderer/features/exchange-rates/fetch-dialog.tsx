import { Button, Checkbox, MultiSelect, Select } from '@mantine/core'
import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import { contract, type Input, type Output } from '../../../shared/contract/index.ts'
import { activeCurrencies } from '../../../shared/money/currencies.ts'
import { api } from '../../api.ts'
import { Editable } from '../../app/editable.tsx'
import { describeError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, FieldRow, Form, useSchemaForm } from '../../ui/form.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './exchange-rates.module.css'

const schema = contract.exchangeRates.setSource.input
type Source = Output<typeof contract.exchangeRates.source>
type Values = Input<typeof contract.exchangeRates.setSource>

// An example that a person may choose; nothing is asked before it is saved and turned on.
const centralBank: Values = {
  name: 'European Central Bank',
  urlTemplate:
    'https://data-api.ecb.europa.eu/service/data/EXR/D.{currency}.{base}.SP00.A?startPeriod={date}&endPeriod={date}&format=csvdata',
  format: 'ecb-csv',
  jsonPath: null,
  direction: 'units-per-base',
  isEnabled: false,
}

const blank: Values = {
  ...centralBank,
  name: '',
  urlTemplate: '',
  format: 'json',
  jsonPath: 'rates.{currency}',
  direction: 'base-per-unit',
}

const SourceForm = ({ source, onClose }: { readonly source: Source; readonly onClose: () => void }) => {
  const save = useCommand('exchangeRates', 'setSource')
  const form = useSchemaForm(schema, source ?? blank)
  const { control } = form
  const format = useWatch({ control, name: 'format' })
  const submit = async (values: Values) => {
    await save.mutateAsync(values)
    showToast({ message: values.isEnabled ? `Rates come from ${values.name}.` : 'Source saved; it is off.' })
  }
  return (
    <Form<typeof schema> form={form} onSubmit={submit} label="Source of rates">
      <FieldRow>
        <Field control={control} name="name">
          {(bound) => <TextField {...bound} label="Name" placeholder="Where rates come from" />}
        </Field>
        <Field control={control} name="format">
          {({ value, ...bound }) => (
            <Select
              {...bound}
              label="Answers with"
              allowDeselect={false}
              value={value ?? null}
              data={[
                { value: 'json', label: 'JSON' },
                { value: 'ecb-csv', label: 'CSV with CURRENCY, TIME_PERIOD, OBS_VALUE' },
              ]}
            />
          )}
        </Field>
      </FieldRow>
      <Field control={control} name="urlTemplate">
        {(bound) => (
          <TextField
            {...bound}
            label="Address"
            description="{currency}, {base} and {date} are filled in; https only."
            placeholder="https://rates.example.com/{date}?from={currency}&to={base}"
            spellCheck={false}
          />
        )}
      </Field>
      <FieldRow>
        {format === 'json' && (
          <Field control={control} name="jsonPath">
            {(bound) => <TextField {...bound} label="Where the rate stands" placeholder="rates.{currency}" />}
          </Field>
        )}
        <Field control={control} name="direction">
          {({ value, ...bound }) => (
            <Select
              {...bound}
              label="It counts"
              allowDeselect={false}
              value={value ?? null}
              data={[
                { value: 'base-per-unit', label: 'Our currency for one unit' },
                { value: 'units-per-base', label: 'Units for one of ours' },
              ]}
            />
          )}
        </Field>
      </FieldRow>
      <Field control={control} name="isEnabled">
        {({ value, onChange, error, ...bound }) => (
          <Checkbox
            {...bound}
            label="Ask this address when I fetch"
            description="Off: nothing leaves this computer."
            checked={value ?? false}
            onChange={(event) => onChange(event.currentTarget.checked)}
            error={error}
          />
        )}
      </Field>
      <div className={classes['acts']}>
        {source === null && (
          <Button variant="subtle" size="compact-sm" onClick={() => form.reset(centralBank)}>
            Fill in the European Central Bank (books in EUR)
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button type="submit" variant="default" loading={form.formState.isSubmitting}>
          Save source
        </Button>
      </div>
    </Form>
  )
}

type Props = { readonly baseCurrency: string; readonly currencies: readonly string[]; readonly onClose: () => void }

const FetchNow = ({ baseCurrency, currencies }: Omit<Props, 'onClose'>) => {
  const today = useToday()
  const [chosen, setChosen] = useState<string[]>([...currencies])
  const [on, setOn] = useState(today)
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<readonly string[]>([])
  const ask = async () => {
    setBusy(true)
    setProblems([])
    try {
      const done = await api.exchangeRates.fetch({ currencies: chosen, on })
      setProblems(done.problems.map((it) => it.message))
      if (done.added + done.changed + done.unchanged > 0) {
        showToast({ message: `${done.added + done.changed} rates fetched, ${done.unchanged} known already.` })
      }
    } catch (thrown) {
      setProblems([describeError(thrown).message])
    }
    setBusy(false)
  }
  return (
    <div className={classes['now']}>
      <MultiSelect
        label="Currencies"
        searchable
        data={activeCurrencies.filter((it) => it.code !== baseCurrency).map((it) => it.code)}
        value={chosen}
        onChange={setChosen}
        maxValues={30}
      />
      <DateField label="Day" today={today} value={on} onChange={(date) => date !== null && setOn(date)} />
      <Button loading={busy} disabled={chosen.length === 0} onClick={() => void ask()}>
        Fetch now
      </Button>
      {problems.length > 0 && (
        <ul className={classes['problems']} role="alert">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Where rates are fetched from, and the act of fetching them. */
export const FetchDialog = ({ baseCurrency, currencies, onClose }: Props) => {
  const source = useApiQuery('exchangeRates', 'source', {})
  return (
    <Dialog open onClose={onClose} title="Fetch rates" size="lg">
      {source.data === undefined ? (
        <Skeleton />
      ) : (
        <>
          {source.data?.isEnabled === true && <FetchNow baseCurrency={baseCurrency} currencies={currencies} />}
          <Editable calls="exchangeRates.setSource">
            <SourceForm source={source.data} onClose={onClose} />
          </Editable>
        </>
      )}
    </Dialog>
  )
}

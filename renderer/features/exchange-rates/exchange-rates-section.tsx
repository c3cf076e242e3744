import { ActionIcon, Button, Select } from '@mantine/core'
import { IconDownload, IconTrash, IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { ExchangeRateRow } from '../../../shared/contract/exchange-rates.ts'
import { contract, type Input } from '../../../shared/contract/index.ts'
import { formatExchangeRate } from '../../../shared/money/format.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { useApiPages, useCommand } from '../../app/queries.ts'
import { DateField } from '../../ui/date-field.tsx'
import { DropArea } from '../../ui/drop-area.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { ExchangeRateField } from '../../ui/number-fields.tsx'
import { CurrencySelect } from '../../ui/place-selects.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './exchange-rates.module.css'
import { FetchDialog } from './fetch-dialog.tsx'
import { ImportDialog } from './import-dialog.tsx'

const schema = contract.exchangeRates.set.input
type Values = Input<typeof contract.exchangeRates.set>

const sourceText = ({ source, sourceName }: ExchangeRateRow): string =>
  source === 'typed' ? 'Typed' : source === 'csv' ? 'CSV file' : (sourceName ?? 'Fetched')

const remove = async (rate: ExchangeRateRow) => {
  try {
    const removed = await api.exchangeRates.delete({ id: rate.id, version: rate.version })
    showToast({
      message: `Rate of ${rate.currency} removed; documents keep theirs.`,
      undo: () => api.exchangeRates.restore({ id: removed.id }),
    })
  } catch (thrown) {
    showToast({ message: describeError(thrown).message, tone: 'problem' })
  }
}

const RateForm = ({ baseCurrency }: { readonly baseCurrency: string }) => {
  const today = useToday()
  const save = useCommand('exchangeRates', 'set')
  const form = useSchemaForm(schema, { rateOn: today })
  const { control } = form
  const submit = async (values: Values) => {
    await save.mutateAsync(values)
    form.reset({ rateOn: values.rateOn, currency: values.currency })
    showToast({ message: `Rate of ${values.currency} entered.` })
  }
  return (
    <Form<typeof schema> form={form} onSubmit={submit} label="New rate">
      <div className={classes['line']}>
        <Field control={control} name="currency">
          {(bound) => <CurrencySelect {...bound} label="One unit of" placeholder="Currency" />}
        </Field>
        <Field control={control} name="rateE10">
          {(bound) => <ExchangeRateField {...bound} label={`in ${baseCurrency}`} placeholder="0.00" />}
        </Field>
        <Field control={control} name="rateOn">
          {(bound) => <DateField {...bound} today={today} label="on" />}
        </Field>
        <Button type="submit" loading={form.formState.isSubmitting}>
          Enter rate
        </Button>
      </div>
    </Form>
  )
}

type TableProps = {
  readonly rows: readonly ExchangeRateRow[]
  readonly baseCurrency: string
}

const RateTable = ({ rows, baseCurrency }: TableProps) => {
  const formats = useFormats()
  return (
    <table className={classes['table']}>
      <caption className="visually-hidden">Exchange rates, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Currency</th>
          <th scope="col" data-align="end">
            One unit in {baseCurrency}
          </th>
          <th scope="col">From</th>
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((rate) => (
          <tr key={rate.id}>
            <th scope="row">{formats.date(rate.rateOn)}</th>
            <td>{rate.currency}</td>
            <td data-align="end">{formatExchangeRate(rate.rateE10, formats.locale)}</td>
            <td>{sourceText(rate)}</td>
            <td data-align="end">
              <ActionIcon
                aria-label={`Remove ${rate.currency} of ${formats.date(rate.rateOn)}`}
                onClick={() => void remove(rate)}
              >
                <IconTrash size={15} />
              </ActionIcon>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Rates by day: typed, from a file, or fetched; a document takes the newest one on or before its day. */
export const ExchangeRatesSection = () => {
  const [currency, setCurrency] = useState<string | null>(null)
  const [file, setFile] = useState<File | null>(null)
  const [isFetching, setFetching] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const pages = useApiPages('exchangeRates', 'list', { currency, limit: 50 })
  if (pages.error !== null) return <ErrorPanel {...describeError(pages.error)} onRetry={pages.retry} />
  if (pages.first === undefined) return <Skeleton />
  const { baseCurrency, currencies } = pages.first
  return (
    <DropArea onFiles={([first]) => first !== undefined && setFile(first)}>
      <div className={classes['stack']}>
        <RateForm baseCurrency={baseCurrency} />
        <div className={classes['bar']}>
          <p>New documents take the newest rate on or before their day. Issued ones keep theirs.</p>
          {currencies.length > 1 && (
            <Select
              aria-label="Currency"
              size="xs"
              clearable
              placeholder="All currencies"
              data={currencies}
              value={currency}
              onChange={setCurrency}
              className={classes['filter']}
            />
          )}
          <input
            ref={input}
            type="file"
            accept=".csv,text/csv,text/plain"
            hidden
            onChange={(event) => {
              setFile(event.currentTarget.files?.[0] ?? null)
              event.currentTarget.value = ''
            }}
          />
          <Button
            variant="default"
            leftSection={<IconUpload size={15} aria-hidden="true" />}
            onClick={() => input.current?.click()}
          >
            Import CSV
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            onClick={() => setFetching(true)}
          >
            Fetch
          </Button>
        </div>
        {pages.rows.length === 0 ? (
          <EmptyState sentence="No rates yet: enter one above, or bring a CSV file with date, currency and rate." />
        ) : (
          <RateTable rows={pages.rows} baseCurrency={baseCurrency} />
        )}
        {pages.hasMore && (
          <Button variant="subtle" loading={pages.isLoadingMore} onClick={pages.loadMore}>
            Older rates
          </Button>
        )}
      </div>
      {file !== null && <ImportDialog file={file} baseCurrency={baseCurrency} onClose={() => setFile(null)} />}
      {isFetching && (
        <FetchDialog baseCurrency={baseCurrency} currencies={currencies} onClose={() => setFetching(false)} />
      )}
    </DropArea>
  )
}

import { Select, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWatch } from 'react-hook-form'
import { amountOf } from '../../../shared/money/decimal-string.ts'
import { Field } from '../../ui/form.tsx'
import { formatsOf, useFormats } from '../../ui/locale.tsx'
import { CurrencySelect, LanguageSelect, TimezoneSelect } from '../../ui/place-selects.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { Country } from './country-guess.ts'
import type { SetupForm } from './setup-form.ts'
import type { Numbering } from './use-numbering.ts'
import classes from './welcome.module.css'

type RowProps = { readonly note?: ReactNode; readonly children: ReactNode }

const Row = ({ note, children }: RowProps) => (
  <div className={classes['default']}>
    {children}
    {note !== undefined && <div className={classes['default-note']}>{note}</div>}
  </div>
)

const firstsOfMonth = Array.from({ length: 12 }, (_, month) => `${String(month + 1).padStart(2, '0')}-01`)

/** Every start of a fiscal year that is offered: the first of each month and what the country itself has. */
const fiscalStarts = (own: string | null): string[] =>
  (own === null ? firstsOfMonth : [...new Set([...firstsOfMonth, own])]).toSorted()

const dayAndMonth = (locale: string, start: string) =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    Date.parse(`2024-${start}T00:00:00Z`),
  )

type Props = {
  readonly form: SetupForm
  readonly country: Country | undefined
  readonly today: string
  readonly numbering: Numbering
}

/** What the country filled in, each of it open to change. */
export const DefaultsStep = ({ form, country, today, numbering }: Props) => {
  const { locale } = useFormats()
  const [currency, language, chargesTax, fiscalYearStart] = useWatch({
    control: form.control,
    name: ['currency', 'language', 'chargesTax', 'fiscalYearStart'],
  })
  const example = formatsOf(language ?? locale, currency ?? 'EUR')
  return (
    <div className={classes['defaults']}>
      <Row>
        <Field control={form.control} name="currency">
          {(bound) => <CurrencySelect {...bound} label="Currency" />}
        </Field>
      </Row>
      <Row note={`${example.amount(amountOf('1234.5'))} · ${example.date(today)}`}>
        <Field control={form.control} name="language">
          {(bound) => <LanguageSelect {...bound} label="Language and formats" />}
        </Field>
      </Row>
      <Row>
        <Field control={form.control} name="fiscalYearStart">
          {(bound) => (
            <Select
              {...bound}
              label="Fiscal year begins on"
              data={fiscalStarts(country?.fiscalYearStart ?? fiscalYearStart ?? null).map((value) => ({
                value,
                label: dayAndMonth(locale, value),
              }))}
            />
          )}
        </Field>
      </Row>
      <Row>
        <Field control={form.control} name="timezone">
          {(bound) => <TimezoneSelect {...bound} label="Time zone" />}
        </Field>
      </Row>
      <div className={classes['numbers']}>
        <TextField
          label="Invoice numbers"
          value={numbering.pattern}
          onChange={numbering.setPattern}
          error={numbering.problem}
          autoComplete="off"
          spellCheck={false}
        />
        <p className={classes['default-note']}>
          {numbering.problem === undefined
            ? `The first one is ${numbering.first}.`
            : 'Zeros in braces are the counter.'}
        </p>
      </div>
      <div className={classes['tax']}>
        <Field control={form.control} name="chargesTax">
          {({ value, onChange, error, ...bound }) => (
            <Switch
              {...bound}
              checked={value ?? true}
              onChange={(event) => onChange(event.currentTarget.checked)}
              label={`I charge ${country?.taxName ?? 'tax'}`}
              error={error}
            />
          )}
        </Field>
        {chargesTax ? (
          <ul className={classes['rates']} aria-label="Tax rates">
            {country?.taxRates.map((rate) => (
              <li key={rate}>{rate}</li>
            ))}
          </ul>
        ) : (
          <p className={classes['default-note']}>
            Invoices carry no tax, with the wording that {country?.name ?? 'your country'} asks for.
          </p>
        )}
      </div>
    </div>
  )
}

import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import { taxNumberProblem } from '../../app/tax-number-problem.ts'
import { Field, FieldRow } from '../../ui/form.tsx'
import { KeptValue } from '../../ui/kept-value.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { Country } from './country-guess.ts'
import type { SetupForm } from './setup-form.ts'

type Props = { readonly form: SetupForm; readonly country: Country | undefined }

const TaxNumber = ({ form, country }: Props) => {
  const [isTyping, setTyping] = useState(false)
  const reason = useWatch({ control: form.control, name: 'taxIdKeptReason' }) ?? undefined
  const label = country?.taxIdLabels[0] ?? 'Tax number'
  const problemOf = (value: string | null | undefined) => taxNumberProblem(label, country?.code ?? null, value ?? '')
  return (
    <Field control={form.control} name="taxId">
      {({ onChange, onBlur, error, ...bound }) => (
        <div>
          <TextField
            {...bound}
            label={label}
            error={problemOf(bound.value) === null ? error : undefined}
            autoComplete="off"
            onChange={(text) => {
              form.setValue('taxIdKeptReason', null)
              onChange(text)
            }}
            onFocus={() => setTyping(true)}
            onBlur={() => {
              setTyping(false)
              onBlur()
            }}
          />
          {!isTyping && (
            <KeptValue
              noun="tax number"
              problem={problemOf(bound.value)}
              reason={reason}
              onChange={(next) => form.setValue('taxIdKeptReason', next ?? null)}
            />
          )}
        </div>
      )}
    </Field>
  )
}

/** What invoices say of the business; all of it can wait. */
export const DetailsStep = ({ form, country }: Props) => (
  <>
    <FieldRow>
      <Field control={form.control} name="ownerName">
        {(bound) => <TextField {...bound} label="Your name" autoComplete="name" />}
      </Field>
      <Field control={form.control} name="email">
        {(bound) => <TextField {...bound} label="E-mail" type="email" autoComplete="email" />}
      </Field>
    </FieldRow>
    <Field control={form.control} name="address.line1">
      {(bound) => <TextField {...bound} label="Street address" autoComplete="address-line1" />}
    </Field>
    <FieldRow>
      <Field control={form.control} name="address.postalCode">
        {(bound) => <TextField {...bound} label="Postal code" autoComplete="postal-code" />}
      </Field>
      <Field control={form.control} name="address.city">
        {(bound) => <TextField {...bound} label="Town or city" autoComplete="address-level2" />}
      </Field>
    </FieldRow>
    <TaxNumber form={form} country={country} />
  </>
)

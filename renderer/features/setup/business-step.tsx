import { Field } from '../../ui/form.tsx'
import { CountrySelect } from '../../ui/place-selects.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { Country } from './country-guess.ts'
import { applyCountry, type SetupForm } from './setup-form.ts'

type Props = { readonly form: SetupForm; readonly countries: readonly Country[] }

/** The only two things that must be known. */
export const BusinessStep = ({ form, countries }: Props) => {
  const choose = (code: string | null) => {
    const country = countries.find((it) => it.code === code)
    if (country !== undefined) applyCountry(form, country)
  }
  return (
    <>
      <Field control={form.control} name="legalName">
        {(bound) => (
          <TextField
            {...bound}
            label="Business name"
            description="As your clients know it; a person's name is fine."
            size="md"
            withAsterisk
            required
            autoComplete="organization"
            data-autofocus
          />
        )}
      </Field>
      <Field control={form.control} name="country">
        {(bound) => (
          <CountrySelect
            {...bound}
            onChange={choose}
            codes={countries.map((it) => it.code)}
            label="Country"
            description="Fills in currency, tax rates, number and date formats."
            placeholder="Type to find it"
            error={bound.error === undefined ? undefined : 'Choose the country of your business.'}
            size="md"
            withAsterisk
            required
            selectFirstOptionOnChange
          />
        )}
      </Field>
    </>
  )
}

import { Field, FieldRow } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { Country } from './country-guess.ts'
import type { SetupForm } from './setup-form.ts'

type Props = { readonly form: SetupForm; readonly country: Country | undefined }

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
    <Field control={form.control} name="taxId">
      {(bound) => <TextField {...bound} label={country?.taxIdLabels[0] ?? 'Tax number'} autoComplete="off" />}
    </Field>
  </>
)

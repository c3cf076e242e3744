import { addressSchemes, registerSchemes } from '../../../shared/documents/einvoice-schemes.ts'
import { SchemeSelect } from '../../app/scheme-select.tsx'
import { Field, FieldRow, FormSection } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { OrganizationForm } from './organization-form.tsx'

/** Its fields as a comparison of two states names them. */
export const einvoicingFields = [
  { path: 'electronicAddress', label: 'Electronic address' },
  { path: 'electronicAddressScheme', label: 'Kind of electronic address' },
  { path: 'legalId', label: 'Registration number' },
  { path: 'legalIdScheme', label: 'Register' },
  { path: 'contactName', label: 'Contact person' },
  { path: 'contactPhone', label: 'Contact phone' },
  { path: 'contactEmail', label: 'Contact e-mail' },
] as const

/** What e-invoices ask of the seller beside what is printed. */
export const EInvoicingGroup = ({ form: { control } }: { readonly form: OrganizationForm }) => (
  <FormSection title="E-invoicing" hint="What XRechnung, Peppol and Factur-X say of you beside what is printed.">
    <FieldRow>
      <Field control={control} name="electronicAddress">
        {(bound) => (
          <TextField
            {...bound}
            label="Electronic address"
            description="Empty: your e-mail address."
            autoComplete="off"
          />
        )}
      </Field>
      <Field control={control} name="electronicAddressScheme">
        {(bound) => (
          <SchemeSelect
            {...bound}
            label="Kind of electronic address"
            description="It is checked as what it is."
            schemes={addressSchemes}
          />
        )}
      </Field>
    </FieldRow>
    <FieldRow>
      <Field control={control} name="legalId">
        {(bound) => (
          <TextField {...bound} label="Registration number" description="In the company register." autoComplete="off" />
        )}
      </Field>
      <Field control={control} name="legalIdScheme">
        {(bound) => (
          <SchemeSelect
            {...bound}
            label="Register"
            description="Where the number is of one of these."
            schemes={registerSchemes}
          />
        )}
      </Field>
    </FieldRow>
    <Field control={control} name="contactName">
      {(bound) => (
        <TextField {...bound} label="Contact person" description="Or a department: whom the buyer may ask." />
      )}
    </Field>
    <FieldRow>
      <Field control={control} name="contactPhone">
        {(bound) => (
          <TextField {...bound} label="Contact phone" type="tel" description="Left empty, that of the business." />
        )}
      </Field>
      <Field control={control} name="contactEmail">
        {(bound) => (
          <TextField {...bound} label="Contact e-mail" type="email" description="Left empty, that of the business." />
        )}
      </Field>
    </FieldRow>
  </FormSection>
)

import { Select } from '@mantine/core'
import { numberProblem } from '../../app/tax-number-problem.ts'
import { TaxNumbersField } from '../../app/tax-numbers-field.tsx'
import { AddressFields } from '../../ui/address-fields.tsx'
import { Field, FieldRow, FormSection } from '../../ui/form.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { CurrencySelect, TimezoneSelect } from '../../ui/place-selects.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { EInvoicingGroup, einvoicingFields } from './einvoicing-group.tsx'
import { type OrganizationForm, OrganizationSection } from './organization-form.tsx'

const fields = [
  { path: 'legalName', label: 'Legal name' },
  { path: 'tradeName', label: 'Trade name' },
  { path: 'address', label: 'Address' },
  { path: 'email', label: 'E-mail' },
  { path: 'phone', label: 'Phone' },
  { path: 'website', label: 'Website' },
  { path: 'taxIds', label: 'Tax numbers' },
  { path: 'bankDetails', label: 'Bank details' },
  ...einvoicingFields,
  { path: 'currency', label: 'Currency' },
  { path: 'timezone', label: 'Time zone' },
  { path: 'fiscalYearStart', label: 'Fiscal year begins on' },
] as const

type Props = { readonly form: OrganizationForm }

const Identity = ({ form: { control } }: Props) => (
  <FormSection title="Name and contact" hint="Printed at the head of every document.">
    <FieldRow>
      <Field control={control} name="legalName">
        {(bound) => <TextField {...bound} label="Legal name" description="The name in contracts and on invoices." />}
      </Field>
      <Field control={control} name="tradeName">
        {(bound) => <TextField {...bound} label="Trade name" description="Shown large above it, where it differs." />}
      </Field>
    </FieldRow>
    <FieldRow>
      <Field control={control} name="email">
        {(bound) => <TextField {...bound} label="E-mail" type="email" description="Where clients can answer." />}
      </Field>
      <Field control={control} name="phone">
        {(bound) => <TextField {...bound} label="Phone" type="tel" description="Printed beside it." />}
      </Field>
    </FieldRow>
    <Field control={control} name="website">
      {(bound) => <TextField {...bound} label="Website" description="Printed in the foot of documents." />}
    </Field>
  </FormSection>
)

const TaxNumbers = ({ form, country }: Props & { readonly country: string }) => (
  <FormSection title="Tax numbers" hint="The law asks for them on invoices; each under its name.">
    <Field control={form.control} name="taxIds">
      {({ value, onChange }) => (
        <TaxNumbersField value={value} onChange={onChange} country={country} problems={form.formState.errors.taxIds} />
      )}
    </Field>
  </FormSection>
)

const Bank = ({ form: { control } }: Props) => (
  <FormSection title="Bank details" hint="Printed on invoices so that clients know where to pay.">
    <FieldRow>
      <Field control={control} name="bankDetails.accountName">
        {(bound) => <TextField {...bound} label="Account holder" />}
      </Field>
      <Field control={control} name="bankDetails.bankName">
        {(bound) => <TextField {...bound} label="Bank" />}
      </Field>
    </FieldRow>
    <FieldRow>
      <Field control={control} name="bankDetails.iban">
        {(bound) => (
          <TextField
            {...bound}
            label="IBAN"
            autoComplete="off"
            spellCheck={false}
            error={bound.error ?? numberProblem('IBAN', bound.value)}
          />
        )}
      </Field>
      <Field control={control} name="bankDetails.bic">
        {(bound) => <TextField {...bound} label="BIC" autoComplete="off" spellCheck={false} />}
      </Field>
    </FieldRow>
    <FieldRow>
      <Field control={control} name="bankDetails.accountNumber">
        {(bound) => <TextField {...bound} label="Account number" autoComplete="off" />}
      </Field>
      <Field control={control} name="bankDetails.sortCode">
        {(bound) => <TextField {...bound} label="Sort code or routing number" autoComplete="off" />}
      </Field>
    </FieldRow>
  </FormSection>
)

const firstsOfMonth = Array.from({ length: 12 }, (_, month) => `${String(month + 1).padStart(2, '0')}-01`)

const Books = ({ form: { control } }: Props) => {
  const { locale } = useFormats()
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' })
  return (
    <FormSection title="Books" hint="How the business counts its money and its days.">
      <Field control={control} name="currency">
        {(bound) => (
          <CurrencySelect
            {...bound}
            label="Currency"
            description="Totals are kept in it; it is fixed once there is an issued invoice or a payment."
          />
        )}
      </Field>
      <FieldRow>
        <Field control={control} name="timezone">
          {(bound) => <TimezoneSelect {...bound} label="Time zone" description="Decides when a day ends." />}
        </Field>
        <Field control={control} name="fiscalYearStart">
          {({ value, ...bound }) => (
            <Select
              {...bound}
              value={value ?? null}
              label="Fiscal year begins on"
              description="Used by {FY} in numbers, and by reports."
              data={[...new Set([...firstsOfMonth, '04-06', ...(value === undefined ? [] : [value])])]
                .toSorted()
                .map((start) => ({ value: start, label: day.format(Date.parse(`2024-${start}T00:00:00Z`)) }))}
            />
          )}
        </Field>
      </FieldRow>
    </FormSection>
  )
}

/** Who the business is and how it is paid. */
export const BusinessSection = () => (
  <OrganizationSection fields={fields} label="Business">
    {(form, organization) => (
      <>
        <Identity form={form} />
        <FormSection title="Address" hint="The seller's address of every invoice.">
          <AddressFields control={form.control} name="address" />
        </FormSection>
        <TaxNumbers form={form} country={organization.country} />
        <Bank form={form} />
        <EInvoicingGroup form={form} />
        <Books form={form} />
      </>
    )}
  </OrganizationSection>
)

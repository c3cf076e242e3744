import { Select } from '@mantine/core'
import { eInvoiceFormatFacts, eInvoiceFormats } from '../../../shared/documents/einvoice-formats.ts'
import { addressSchemes, registerSchemes } from '../../../shared/documents/einvoice-schemes.ts'
import { SchemeSelect } from '../../app/scheme-select.tsx'
import { Field, FieldRow, type SchemaForm } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { clientFormSchema } from './client-values.ts'

const formats = eInvoiceFormats.map((format) => ({ value: format, label: eInvoiceFormatFacts[format].label }))

/** In which form a client takes e-invoices, and what identifies it there. */
export const ClientEInvoice = ({ form: { control } }: { readonly form: SchemaForm<typeof clientFormSchema> }) => (
  <>
    <FieldRow>
      <Field control={control} name="einvoiceFormat">
        {({ value, ...bound }) => (
          <Select
            {...bound}
            value={value ?? null}
            label="E-invoice"
            description="Checked at the issue, sent with the mail."
            placeholder="None, the PDF alone"
            clearable
            data={formats}
          />
        )}
      </Field>
      <Field control={control} name="buyerReference">
        {(bound) => (
          <TextField
            {...bound}
            label="Buyer reference"
            description="Leitweg-ID, cost centre, department."
            autoComplete="off"
          />
        )}
      </Field>
    </FieldRow>
    <FieldRow>
      <Field control={control} name="electronicAddress">
        {(bound) => (
          <TextField
            {...bound}
            label="Electronic address"
            description="Empty: the e-mail address."
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
        {(bound) => <TextField {...bound} label="Registration number" autoComplete="off" />}
      </Field>
      <Field control={control} name="legalIdScheme">
        {(bound) => <SchemeSelect {...bound} label="Register" schemes={registerSchemes} />}
      </Field>
    </FieldRow>
  </>
)

import { Button, Checkbox, SegmentedControl, Select } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useWatch } from 'react-hook-form'
import type { CreateClientInput } from '../../../shared/contract/clients.ts'
import { addressSchema } from '../../../shared/contract/fields.ts'
import type { Input } from '../../../shared/contract/index.ts'
import { useApiQuery } from '../../app/queries.ts'
import { ReminderPlanField } from '../../app/reminder-plan-field.tsx'
import { TaxNumbersField } from '../../app/tax-numbers-field.tsx'
import { AddressFields } from '../../ui/address-fields.tsx'
import { DialogFooter } from '../../ui/dialog.tsx'
import { Field, FieldRow, Form, type SchemaForm, useSchemaForm } from '../../ui/form.tsx'
import { CurrencySelect, LanguageSelect } from '../../ui/place-selects.tsx'
import { TermsField } from '../../ui/terms-field.tsx'
import { LongTextField, TextField } from '../../ui/text-field.tsx'
import { ClientEInvoice } from './client-einvoice.tsx'
import classes from './client-form.module.css'
import { GroupFields, useInheritedTerms } from './client-groups.tsx'
import { clientFormSchema } from './client-values.ts'

type ClientForm = SchemaForm<typeof clientFormSchema>
export type CheckedClient = Input<typeof import('../../../shared/contract/index.ts')['contract']['clients']['create']>

const kinds = [
  { value: 'company', label: 'Company' },
  { value: 'person', label: 'Person' },
]

const Basics = ({ form, isNew }: { readonly form: ClientForm; readonly isNew: boolean }) => {
  const { control } = form
  return (
    <>
      <Field control={control} name="kind">
        {({ error, ref, ...bound }) => (
          <SegmentedControl
            {...bound}
            ref={ref}
            value={bound.value ?? 'company'}
            data={kinds}
            aria-label="Kind of client"
          />
        )}
      </Field>
      <FieldRow>
        <Field control={control} name="name">
          {(bound) => <TextField {...bound} label="Name" withAsterisk required data-autofocus autoComplete="off" />}
        </Field>
        <Field control={control} name="code">
          {(bound) => (
            <TextField {...bound} label="Code" placeholder={isNew ? 'Made for you' : ''} autoComplete="off" />
          )}
        </Field>
      </FieldRow>
      <FieldRow>
        <Field control={control} name="email">
          {(bound) => <TextField {...bound} label="E-mail" type="email" autoComplete="off" />}
        </Field>
        <Field control={control} name="phone">
          {(bound) => <TextField {...bound} label="Phone" type="tel" autoComplete="off" />}
        </Field>
      </FieldRow>
      <Field control={control} name="website">
        {(bound) => <TextField {...bound} label="Website" autoComplete="off" />}
      </Field>
    </>
  )
}

const Delivery = ({ form }: { readonly form: ClientForm }) => {
  const other = useWatch({ control: form.control, name: 'deliveryAddress' })
  const shown = other !== null && other !== undefined
  return (
    <>
      <Checkbox
        label="Goods go to another address"
        checked={shown}
        onChange={(event) =>
          form.setValue('deliveryAddress', event.currentTarget.checked ? addressSchema.parse({}) : null, {
            shouldDirty: true,
          })
        }
      />
      {shown && (
        <fieldset className={classes['delivery']}>
          <legend>Delivery address</legend>
          <AddressFields control={form.control} name="deliveryAddress" />
        </fieldset>
      )}
    </>
  )
}

const Billing = ({ form }: { readonly form: ClientForm }) => {
  const { control } = form
  const organization = useApiQuery('organizations', 'get', {}).data
  const templates = useApiQuery('documentTemplates', 'list', {}).data ?? []
  const country = useWatch({ control, name: 'address.country' })
  const typeId = useWatch({ control, name: 'clientTypeId' })
  const inheritedTerms = useInheritedTerms(typeId, organization?.paymentTermsDays ?? 30)
  return (
    <>
      <Field control={control} name="taxIds">
        {({ value, onChange }) => (
          <TaxNumbersField
            value={value}
            onChange={onChange}
            country={country}
            checkedAs={country ?? organization?.country}
            problems={form.formState.errors.taxIds}
          />
        )}
      </Field>
      <GroupFields form={form} />
      <Field control={control} name="paymentTermsDays">
        {(bound) => (
          <TermsField {...bound} value={bound.value ?? null} label="Payment terms" inherited={inheritedTerms} />
        )}
      </Field>
      <FieldRow>
        <Field control={control} name="currency">
          {(bound) => (
            <CurrencySelect
              {...bound}
              label="Currency"
              placeholder={`As the business (${organization?.currency ?? ''})`}
              clearable
            />
          )}
        </Field>
        <Field control={control} name="language">
          {(bound) => <LanguageSelect {...bound} label="Language" placeholder="As the business" clearable />}
        </Field>
      </FieldRow>
      <Field control={control} name="reminderPlanId">
        {({ value, ...bound }) => <ReminderPlanField {...bound} value={value ?? null} />}
      </Field>
      {templates.length > 0 && (
        <Field control={control} name="templateId">
          {({ value, ...bound }) => (
            <Select
              {...bound}
              value={value ?? null}
              label="Template"
              placeholder="As in settings"
              clearable
              data={templates.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
      )}
    </>
  )
}

type Props = {
  readonly start: CreateClientInput
  readonly verb: string
  readonly isNew: boolean
  readonly onSave: (values: CheckedClient) => Promise<unknown>
  readonly onCancel: () => void
}

/** Everything that is known of a client; only the name must be. */
export const ClientForm = ({ start, verb, isNew, onSave, onCancel }: Props) => {
  const form = useSchemaForm(clientFormSchema, start)
  const [more, setMore] = useState(!isNew)
  const submitByKey = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!(event.ctrlKey || event.metaKey) || (event.key !== 'Enter' && event.key !== 's')) return
    event.preventDefault()
    event.currentTarget.querySelector('form')?.requestSubmit()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+S and Ctrl+Enter save from any field of the form inside
    <div onKeyDown={submitByKey}>
      <Form<typeof clientFormSchema> form={form} onSubmit={onSave} label={isNew ? 'New client' : 'Client'}>
        <Basics form={form} isNew={isNew} />
        <h3 className={classes['heading']}>Address</h3>
        <AddressFields control={form.control} name="address" />
        {more ? (
          <>
            <Delivery form={form} />
            <h3 className={classes['heading']}>Billing</h3>
            <Billing form={form} />
            <h3 className={classes['heading']}>E-invoicing</h3>
            <ClientEInvoice form={form} />
            <Field control={form.control} name="summary">
              {(bound) => <LongTextField {...bound} label="About this client" description="Seen by you alone." />}
            </Field>
          </>
        ) : (
          <Button variant="subtle" className={classes['more'] ?? ''} onClick={() => setMore(true)}>
            Tax numbers, terms, currency, delivery address…
          </Button>
        )}
        <div className={classes['foot']}>
          <DialogFooter>
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
            <Button type="submit" loading={form.formState.isSubmitting}>
              {verb}
            </Button>
          </DialogFooter>
        </div>
      </Form>
    </div>
  )
}

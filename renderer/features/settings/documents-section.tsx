import { ColorInput, Input, SegmentedControl, Select, Switch } from '@mantine/core'
import { useWatch } from 'react-hook-form'
import { Field, FieldRow, FormSection } from '../../ui/form.tsx'
import { LanguageSelect } from '../../ui/place-selects.tsx'
import { TermsField } from '../../ui/terms-field.tsx'
import { LongTextField, TextField } from '../../ui/text-field.tsx'
import { LogoSetting } from './logo-setting.tsx'
import { type OrganizationForm, OrganizationSection } from './organization-form.tsx'
import { roundingModeTexts, roundingScopeTexts } from './rounding-texts.ts'
import classes from './settings.module.css'

const fields = [
  { path: 'accentColor', label: 'Accent colour' },
  { path: 'pageSize', label: 'Page size' },
  { path: 'language', label: 'Language' },
  { path: 'paymentTermsDays', label: 'Payment terms' },
  { path: 'defaultNotes', label: 'Notes' },
  { path: 'defaultTerms', label: 'Terms' },
  { path: 'legalText', label: 'Legal text' },
  { path: 'footer', label: 'Footer' },
  { path: 'pricesIncludeTax', label: 'Prices include tax' },
  { path: 'roundingScope', label: 'Tax is rounded' },
  { path: 'roundingMode', label: 'Rounding' },
] as const

type Props = { readonly form: OrganizationForm }

const swatches = ['#1f3f77', '#155e54', '#1d5f3a', '#7a4a06', '#8c2f1b', '#6b2a5b', '#3f3a8c', '#1c1b19']

const Look = ({ form: { control } }: Props) => (
  <FormSection title="Look" hint="New documents use it; issued ones keep what they printed.">
    <LogoSetting />
    <FieldRow>
      <Field control={control} name="accentColor">
        {({ value, ...bound }) => (
          <ColorInput
            {...bound}
            value={value ?? ''}
            label="Accent colour"
            description="Headings and rules of the document."
            format="hex"
            swatches={swatches}
            swatchesPerRow={8}
            withPicker={false}
            popoverProps={{ withinPortal: false }}
            eyeDropperButtonProps={{ 'aria-label': 'Take a colour from the screen' }}
          />
        )}
      </Field>
      <Field control={control} name="pageSize">
        {({ value, onChange, ref, name }) => (
          <Input.Wrapper
            label="Page size"
            labelElement="div"
            labelProps={{ 'data-setting': true }}
            description="The paper that documents are laid out for."
          >
            <SegmentedControl
              ref={ref}
              name={name}
              value={value ?? 'A4'}
              onChange={onChange}
              aria-label="Page size"
              className={classes['choice'] ?? ''}
              data={[
                { value: 'A4', label: 'A4' },
                { value: 'LETTER', label: 'US Letter' },
              ]}
            />
          </Input.Wrapper>
        )}
      </Field>
    </FieldRow>
    <Field control={control} name="language">
      {(bound) => (
        <LanguageSelect
          {...bound}
          label="Language"
          description="Words, numbers and dates of new documents; a client can have another one."
        />
      )}
    </Field>
  </FormSection>
)

const Words = ({ form: { control } }: Props) => (
  <FormSection title="Words" hint="What a new invoice begins with; each can be changed on the invoice.">
    <Field control={control} name="paymentTermsDays">
      {({ value, onChange, ...bound }) => (
        <TermsField
          {...bound}
          value={value ?? null}
          onChange={onChange}
          label="Payment terms"
          description="Sets the due date; a client can have other terms."
        />
      )}
    </Field>
    <Field control={control} name="defaultNotes">
      {(bound) => <LongTextField {...bound} label="Notes" description="Printed below the totals." />}
    </Field>
    <Field control={control} name="defaultTerms">
      {(bound) => <LongTextField {...bound} label="Terms" description="Printed below the notes." />}
    </Field>
    <Field control={control} name="legalText">
      {(bound) => (
        <LongTextField {...bound} label="Legal text" description="Wording that the law of your country asks for." />
      )}
    </Field>
    <Field control={control} name="footer">
      {(bound) => <TextField {...bound} label="Footer" description="One line at the foot of every page." />}
    </Field>
  </FormSection>
)

const Counting = ({ form: { control } }: Props) => {
  const [scope = 'rate', mode = 'half-up'] = useWatch({ control, name: ['roundingScope', 'roundingMode'] })
  return (
    <FormSection title="Counting" hint="How prices, tax and cents add up on new documents.">
      <Field control={control} name="pricesIncludeTax">
        {({ value, onChange, error, ...bound }) => (
          <Switch
            {...bound}
            checked={value ?? false}
            onChange={(event) => onChange(event.currentTarget.checked)}
            error={error}
            label="Prices include tax"
            description="On: a price of 120.00 stays 120.00 with tax in it. Off: tax is added on top."
          />
        )}
      </Field>
      <Field control={control} name="roundingScope">
        {({ value, ...bound }) => (
          <Select
            {...bound}
            value={value ?? null}
            label="Tax is rounded"
            description={roundingScopeTexts[scope].effect}
            data={Object.entries(roundingScopeTexts).map(([key, { label }]) => ({ value: key, label }))}
          />
        )}
      </Field>
      <Field control={control} name="roundingMode">
        {({ value, ...bound }) => (
          <Select
            {...bound}
            value={value ?? null}
            label="Rounding"
            description={roundingModeTexts[mode].effect}
            data={Object.entries(roundingModeTexts).map(([key, { label }]) => ({ value: key, label }))}
          />
        )}
      </Field>
    </FormSection>
  )
}

/** How documents look, what they say and how they count. */
export const DocumentsSection = () => (
  <OrganizationSection fields={fields} label="Documents">
    {(form) => (
      <>
        <Look form={form} />
        <Words form={form} />
        <Counting form={form} />
      </>
    )}
  </OrganizationSection>
)

import { Button } from '@mantine/core'
import { contract } from '../../../shared/contract/index.ts'
import { api } from '../../api.ts'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, FieldRow, Form, type SchemaForm, useSchemaForm } from '../../ui/form.tsx'
import { TimezoneSelect } from '../../ui/place-selects.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'

export type Branch = ApiOutput<'branches', 'list'>[number]

const schema = contract.branches.create.input
type BranchForm = SchemaForm<typeof schema>

const blank = {
  addressLine1: null,
  addressLine2: null,
  city: null,
  region: null,
  postalCode: null,
  email: null,
  phone: null,
}

const Names = ({ form, isNew }: { readonly form: BranchForm; readonly isNew: boolean }) => (
  <FieldRow>
    <Field control={form.control} name="name">
      {(bound) => (
        <TextField {...bound} label="Name" withAsterisk required maxLength={100} autoComplete="off" data-autofocus />
      )}
    </Field>
    <Field control={form.control} name="code">
      {({ onChange, ...bound }) => (
        <TextField
          {...bound}
          label="Code"
          description={isNew ? 'Stands for {BRANCH} in numbers and stays.' : 'Numbers have it: it stays.'}
          withAsterisk
          required
          // Beneath, so that both fields of the row stand in one line.
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          disabled={!isNew}
          maxLength={8}
          autoComplete="off"
          onChange={(text) => onChange(text.toUpperCase())}
        />
      )}
    </Field>
  </FieldRow>
)

const Place = ({ form: { control } }: { readonly form: BranchForm }) => (
  <>
    <FieldRow>
      <Field control={control} name="addressLine1">
        {(bound) => <TextField {...bound} label="Street" maxLength={200} autoComplete="off" />}
      </Field>
      <Field control={control} name="addressLine2">
        {(bound) => <TextField {...bound} label="Building, floor" maxLength={200} autoComplete="off" />}
      </Field>
    </FieldRow>
    <FieldRow>
      <Field control={control} name="postalCode">
        {(bound) => <TextField {...bound} label="Postal code" maxLength={30} autoComplete="off" />}
      </Field>
      <Field control={control} name="city">
        {(bound) => <TextField {...bound} label="City" maxLength={100} autoComplete="off" />}
      </Field>
      <Field control={control} name="region">
        {(bound) => <TextField {...bound} label="Region" maxLength={100} autoComplete="off" />}
      </Field>
    </FieldRow>
    <FieldRow>
      <Field control={control} name="phone">
        {(bound) => <TextField {...bound} label="Phone" maxLength={50} autoComplete="off" />}
      </Field>
      <Field control={control} name="email">
        {(bound) => <TextField {...bound} label="E-mail" maxLength={254} autoComplete="off" />}
      </Field>
    </FieldRow>
    <Field control={control} name="timezone">
      {(bound) => <TimezoneSelect {...bound} label="Time zone" />}
    </Field>
  </>
)

type Props = {
  /** null adds one. */
  readonly branch: Branch | null
  readonly timezone: string
  readonly onClose: () => void
}

const Filled = ({ branch, timezone, onClose }: Props) => {
  const form = useSchemaForm(schema, branch ?? { code: '', name: '', timezone, ...blank })
  const title = branch === null ? 'Add a branch' : branch.name
  const save = async (values: Branch | ReturnType<typeof schema.parse>) => {
    const { code: _code, ...rest } = schema.parse(values)
    if (branch === null) await api.branches.create(schema.parse(values))
    else await api.branches.update({ id: branch.id, version: branch.version, ...rest })
    showToast({ message: branch === null ? `${values.name} added.` : `${values.name} saved.` })
    onClose()
  }
  return (
    <Dialog open onClose={onClose} title={title} size="lg">
      <Form<typeof schema> form={form} label={title} onSubmit={save}>
        <Names form={form} isNew={branch === null} />
        <Place form={form} />
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={form.formState.isSubmitting}>
            {branch === null ? 'Add branch' : 'Save'}
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  )
}

/** Adds a branch, or changes how one is called and reached. */
export const BranchDialog = (props: Omit<Props, 'timezone'>) => {
  const timezone = useApiQuery('organizations', 'get', {}).data?.timezone
  return timezone === undefined ? null : <Filled {...props} timezone={timezone} />
}

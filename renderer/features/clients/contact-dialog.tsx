import { Button, Checkbox } from '@mantine/core'
import { contract, type Input } from '../../../shared/contract/index.ts'
import { api } from '../../api.ts'
import { useCommand } from '../../app/queries.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, FieldRow, Form, useSchemaForm } from '../../ui/form.tsx'
import { useGuardedSave } from '../../ui/guarded-save.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { SavedClient } from './client-values.ts'

type Contact = SavedClient['contacts'][number]
type Values = Input<typeof contract.clientContacts.create>

const contactSchema = contract.clientContacts.create.input

const compared = [
  { path: 'name', label: 'Name' },
  { path: 'role', label: 'Role' },
  { path: 'email', label: 'E-mail' },
  { path: 'phone', label: 'Phone' },
  { path: 'isPrimary', label: 'Primary contact' },
]

type Props = { readonly clientId: string; readonly contact: Contact | null; readonly onClose: () => void }

/** Adds a contact or changes one. */
export const ContactDialog = ({ clientId, contact, onClose }: Props) => {
  const create = useCommand('clientContacts', 'create')
  const update = useCommand('clientContacts', 'update')
  const start = {
    clientId,
    name: contact?.name ?? '',
    role: contact?.role ?? null,
    email: contact?.email ?? null,
    phone: contact?.phone ?? null,
    isPrimary: contact?.isPrimary ?? false,
  }
  const form = useSchemaForm(contactSchema, start)
  const guarded = useGuardedSave<Values>({
    what: contact?.name ?? 'This contact',
    fields: compared,
    before: start,
    latest: async () => {
      const client = await api.clients.get({ id: clientId })
      const found = client.contacts.find((it) => it.id === contact?.id)
      return { ...start, ...found, version: found?.version ?? 1 }
    },
    save: ({ name, role, email, phone, isPrimary }, version) =>
      update.mutateAsync({
        id: contact?.id ?? '',
        version,
        name,
        role,
        email,
        phone,
        ...(isPrimary ? { isPrimary: true as const } : {}),
      }),
    onSaved: onClose,
  })
  const save = async (values: Values) => {
    if (contact !== null) return await guarded.save(values, contact.version)
    await create.mutateAsync(values)
    onClose()
  }
  return (
    <>
      <Dialog open onClose={onClose} title={contact === null ? 'New contact' : `Edit ${contact.name}`}>
        <Form<typeof contactSchema> form={form} onSubmit={save} label="Contact">
          <FieldRow>
            <Field control={form.control} name="name">
              {(bound) => <TextField {...bound} label="Name" withAsterisk required data-autofocus autoComplete="off" />}
            </Field>
            <Field control={form.control} name="role">
              {(bound) => <TextField {...bound} label="Role" placeholder="Accounts" autoComplete="off" />}
            </Field>
          </FieldRow>
          <FieldRow>
            <Field control={form.control} name="email">
              {(bound) => <TextField {...bound} label="E-mail" type="email" autoComplete="off" />}
            </Field>
            <Field control={form.control} name="phone">
              {(bound) => <TextField {...bound} label="Phone" type="tel" autoComplete="off" />}
            </Field>
          </FieldRow>
          <Field control={form.control} name="isPrimary">
            {({ value, onChange, error, ...bound }) => (
              <Checkbox
                {...bound}
                label="Primary contact"
                description="Messages go to this person first."
                checked={value ?? false}
                disabled={contact?.isPrimary ?? false}
                onChange={(event) => onChange(event.currentTarget.checked)}
                error={error}
              />
            )}
          </Field>
          <DialogFooter>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={form.formState.isSubmitting}>
              {contact === null ? 'Add contact' : 'Save contact'}
            </Button>
          </DialogFooter>
        </Form>
      </Dialog>
      {guarded.dialog}
    </>
  )
}

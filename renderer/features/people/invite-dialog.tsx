import { Button } from '@mantine/core'
import { useState } from 'react'
import { contract } from '../../../shared/contract/index.ts'
import { api } from '../../api.ts'
import { useMe } from '../../app/me.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { HandedOver } from './handed-dialog.tsx'
import { type RoleChoice, RoleSelect } from './role-select.tsx'

const schema = contract.users.invite.input.pick({ name: true, email: true })

type Props = { readonly onClose: () => void; readonly onHanded: (handed: HandedOver) => void }

/** Adds a person: name, address, role; a code to hand over comes next. */
export const InviteDialog = ({ onClose, onHanded }: Props) => {
  const me = useMe()
  const form = useSchemaForm(schema, { name: '', email: null })
  const [choice, setChoice] = useState<RoleChoice>({ role: 'staff', roleId: null })
  return (
    <Dialog open onClose={onClose} title="Add a person">
      <Form<typeof schema>
        form={form}
        label="New person"
        onSubmit={async (values) => {
          const { token, expiresAt } = await api.users.invite({ ...values, ...choice })
          onClose()
          onHanded({ name: values.name, token, expiresAt })
        }}
      >
        <Field control={form.control} name="name">
          {(bound) => (
            <TextField
              {...bound}
              label="Name"
              withAsterisk
              required
              maxLength={100}
              data-autofocus
              autoComplete="off"
            />
          )}
        </Field>
        <Field control={form.control} name="email">
          {(bound) => (
            <TextField
              {...bound}
              label="E-mail"
              description="Tells apart people of the same name; nothing is sent."
              maxLength={254}
              autoComplete="off"
            />
          )}
        </Field>
        <RoleSelect value={choice} onChange={setChoice} mayOwn={me?.roleName === 'Owner'} />
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={form.formState.isSubmitting}>
            Add person
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import { contract } from '../../../shared/contract/index.ts'
import { useCommand } from '../../app/queries.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './people.module.css'

type Props = { readonly person: { readonly id: string; readonly name: string }; readonly onClose: () => void }

const parts = [
  {
    title: 'What goes',
    lines: [
      'Name, e-mail address and picture, here and in every business of this computer, also as an account manager',
      'Password, PIN, one-time codes, sessions and trusted computers',
      'Name and address in the record of changes, which still proves that nobody changed it',
    ],
  },
  {
    title: 'What stays',
    lines: [
      'What they did, when and where: under “Somebody who left” with a number, always the same one',
      'Documents, messages and notes in which somebody wrote the name',
      'Backups and exports made before: they name this person until they are removed. Going back to one brings the name back; erase it once more then',
    ],
  },
] as const

/** Erases somebody who worked here: what goes, what stays, and the name typed by hand. */
export const EraseDialog = ({ person, onClose }: Props) => {
  const erase = useCommand('users', 'erase')
  const [typed, setTyped] = useState('')
  const form = useSchemaForm(contract.users.erase.input, { id: person.id, confirmation: '' })
  return (
    <Dialog open onClose={onClose} title={`Erase ${person.name}`} size="lg">
      <Form
        form={form}
        label={`Erase ${person.name}`}
        onSubmit={async (values) => {
          const { standIn } = await erase.mutateAsync(values)
          showToast({ message: `${person.name} is erased. What they did is by “${standIn}” now.` })
          onClose()
        }}
      >
        {parts.map(({ title, lines }) => (
          <section key={title} className={classes['fate']}>
            <h3>{title}</h3>
            <ul>
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </section>
        ))}
        <Field control={form.control} name="confirmation">
          {({ onChange, ...field }) => (
            <TextField
              {...field}
              label={`Type ${person.name} to erase`}
              description="This cannot be undone."
              maxLength={100}
              autoComplete="off"
              required
              data-autofocus
              onChange={(value) => {
                setTyped(value ?? '')
                onChange(value ?? '')
              }}
            />
          )}
        </Field>
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Keep the name
          </Button>
          <Button type="submit" color="red" loading={erase.isPending} disabled={typed.trim() !== person.name.trim()}>
            Erase this person
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  )
}

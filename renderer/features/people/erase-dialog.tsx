import { Button } from '@mantine/core'
import { contract } from '../../../shared/contract/index.ts'
import { useCommand } from '../../app/queries.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { FateList } from '../../ui/fate-list.tsx'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { showToast } from '../../ui/toast.tsx'
import { isTyped, TypedConfirmation } from '../../ui/typed-confirmation.tsx'

type Props = { readonly person: { readonly id: string; readonly name: string }; readonly onClose: () => void }

const goes = [
  'Name, e-mail address and picture, here and in every business of this computer, also as an account manager',
  'Password, PIN, one-time codes, sessions and trusted computers',
  'Name and address in the record of changes, which still proves that nobody changed it',
]

const stays = [
  'What they did, when and where: under “Somebody who left” with a number, always the same one',
  'Documents, messages and notes in which somebody wrote the name',
  'Backups and exports made before, until they are removed. After going back to one, erase this person once more',
]

/** Erases somebody who worked here: what goes, what stays, and the name typed by hand. */
export const EraseDialog = ({ person, onClose }: Props) => {
  const erase = useCommand('users', 'erase')
  const form = useSchemaForm(contract.users.erase.input, { id: person.id, confirmation: '' })
  const isMeant = isTyped(form.watch('confirmation'), person.name)
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
        <FateList title="What goes" lines={goes} />
        <FateList title="What stays" lines={stays} />
        <Field control={form.control} name="confirmation">
          {(field) => <TypedConfirmation {...field} expected={person.name} maxLength={100} data-autofocus />}
        </Field>
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Keep the name
          </Button>
          <Button type="submit" color="red" loading={erase.isPending} disabled={!isMeant}>
            Erase this person
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  )
}

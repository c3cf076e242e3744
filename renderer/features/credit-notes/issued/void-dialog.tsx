import { Button } from '@mantine/core'
import { type CreditNote, creditNotes } from '../../../../shared/contract/credit-notes.ts'
import { useCommand } from '../../../app/queries.ts'
import { Dialog, DialogFooter } from '../../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../../ui/form.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { LongTextField } from '../../../ui/text-field.tsx'
import { showToast } from '../../../ui/toast.tsx'

const schema = creditNotes.void.input.pick({ reason: true })

type Props = { readonly note: CreditNote; readonly opened: boolean; readonly onClose: () => void }

const VoidForm = ({ note, onClose }: Omit<Props, 'opened'>) => {
  const formats = useFormats()
  const form = useSchemaForm(schema, { reason: '' })
  const makeVoid = useCommand('creditNotes', 'void')
  const amount = formats.amount(note.totals.payableE4, note.content.currency)
  return (
    <Form
      form={form}
      label="Make void"
      onSubmit={async ({ reason }) => {
        await makeVoid.mutateAsync({ id: note.id, version: note.version, reason })
        showToast({ message: `Credit note ${note.number} is void.` })
        onClose()
      }}
    >
      <p>
        {note.clientName} no longer has this credit of <strong>{amount}</strong>. The number stays in the list with your
        reason; it cannot be brought back.
      </p>
      <Field control={form.control} name="reason">
        {(bound) => (
          <LongTextField label="Reason" description="Kept with the document." withAsterisk data-autofocus {...bound} />
        )}
      </Field>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button type="submit" color="red" loading={makeVoid.isPending}>
          Make {note.number} void
        </Button>
      </DialogFooter>
    </Form>
  )
}

/** Makes an unused credit note void, with the reason. */
export const VoidDialog = ({ note, opened, onClose }: Props) => (
  <Dialog open={opened} onClose={onClose} title={`Make credit note ${note.number} void`}>
    {opened && <VoidForm note={note} onClose={onClose} />}
  </Dialog>
)

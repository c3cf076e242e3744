import { Button } from '@mantine/core'
import { reminders } from '../../../shared/contract/reminders.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { stopReminders } from './reminder-acts.ts'
import classes from './reminders.module.css'

const schema = reminders.stop.input.pick({ reason: true })
const usual = ['In dispute', 'Payment promised', 'Paid in instalments']

type Props = {
  readonly invoice: { readonly id: string; readonly number: string }
  readonly opened: boolean
  readonly onClose: () => void
}

const StopForm = ({ invoice, onClose }: Omit<Props, 'opened'>) => {
  const form = useSchemaForm(schema, { reason: '' })
  return (
    <Form
      form={form}
      label="Stop the reminders"
      onSubmit={async ({ reason }) => {
        await stopReminders(invoice, reason, null)
        onClose()
      }}
    >
      <Field control={form.control} name="reason">
        {(bound) => (
          <TextField
            {...bound}
            label="Why"
            description="Kept with the invoice."
            withAsterisk
            maxLength={300}
            data-autofocus
          />
        )}
      </Field>
      <div className={classes['usual']}>
        {usual.map((reason) => (
          <Button key={reason} variant="default" size="compact-sm" onClick={() => form.setValue('reason', reason)}>
            {reason}
          </Button>
        ))}
      </div>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Go on reminding
        </Button>
        <Button type="submit" loading={form.formState.isSubmitting}>
          Stop the reminders
        </Button>
      </DialogFooter>
    </Form>
  )
}

/** Stops the reminders of one invoice, with a reason. */
export const StopDialog = ({ opened, ...content }: Props) => (
  <Dialog open={opened} onClose={content.onClose} title={`No more reminders of ${content.invoice.number}`}>
    {opened && <StopForm {...content} />}
  </Dialog>
)

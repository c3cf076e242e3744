import { Button } from '@mantine/core'
import { type Quote, quotes } from '../../../../shared/contract/quotes.ts'
import { useCommand } from '../../../app/queries.ts'
import { Dialog, DialogFooter } from '../../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../../ui/form.tsx'
import { LongTextField } from '../../../ui/text-field.tsx'
import { showToast } from '../../../ui/toast.tsx'

const schema = quotes.void.input.pick({ reason: true })

type Props = { readonly quote: Quote; readonly opened: boolean; readonly onClose: () => void }

const WithdrawForm = ({ quote, onClose }: Omit<Props, 'opened'>) => {
  const form = useSchemaForm(schema, { reason: '' })
  const withdraw = useCommand('quotes', 'void')
  return (
    <Form
      form={form}
      label="Withdraw"
      onSubmit={async ({ reason }) => {
        await withdraw.mutateAsync({ id: quote.id, version: quote.version, reason })
        showToast({ message: `Quote ${quote.number} is withdrawn.` })
        onClose()
      }}
    >
      <p>
        The offer to {quote.clientName} no longer stands. Its number stays in the list with your reason; it cannot be
        brought back, but duplicated.
      </p>
      <Field control={form.control} name="reason">
        {(bound) => (
          <LongTextField label="Reason" description="Kept with the quote." withAsterisk data-autofocus {...bound} />
        )}
      </Field>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button type="submit" color="red" loading={withdraw.isPending}>
          Withdraw {quote.number}
        </Button>
      </DialogFooter>
    </Form>
  )
}

/** Takes an offer back, with the reason. */
export const WithdrawDialog = ({ quote, opened, onClose }: Props) => (
  <Dialog open={opened} onClose={onClose} title={`Withdraw quote ${quote.number}`}>
    {opened && <WithdrawForm quote={quote} onClose={onClose} />}
  </Dialog>
)

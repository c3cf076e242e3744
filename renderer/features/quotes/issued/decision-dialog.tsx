import { Button, Checkbox } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { type Quote, quotes } from '../../../../shared/contract/quotes.ts'
import { useToday } from '../../../app/organization.ts'
import { useCommand } from '../../../app/queries.ts'
import { DateField } from '../../../ui/date-field.tsx'
import { Dialog, DialogFooter } from '../../../ui/dialog.tsx'
import { Field, FieldRow, Form, useSchemaForm } from '../../../ui/form.tsx'
import { useFormats } from '../../../ui/locale.tsx'
import { LongTextField, TextField } from '../../../ui/text-field.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { ChosenLines, chosenAtFirst, isOffered } from './chosen-lines.tsx'
import classes from './quote.module.css'

const schema = quotes.accept.input.pick({ on: true, by: true, note: true })

type Decision = 'accept' | 'decline'
type Props = { readonly quote: Quote; readonly decision: Decision | null; readonly onClose: () => void }

const words = {
  accept: { label: 'Accepted', verb: 'Mark as accepted', done: 'is accepted' },
  decline: { label: 'Declined', verb: 'Mark as declined', done: 'is declined' },
} as const

const DecisionForm = ({ quote, decision, onClose }: Props & { readonly decision: Decision }) => {
  const today = useToday()
  const formats = useFormats()
  const form = useSchemaForm(schema, { on: today, by: '', note: '' })
  const accept = useCommand('quotes', 'accept')
  const decline = useCommand('quotes', 'decline')
  const [chosen, setChosen] = useState(() => chosenAtFirst(quote))
  const { validUntil } = quote.content
  const on = form.watch('on')
  const [acceptExpired, setAcceptExpired] = useState(false)
  const isLate = decision === 'accept' && validUntil !== null && on > validUntil
  const asksForLines = decision === 'accept' && quote.content.lines.some(isOffered)
  return (
    <Form
      form={form}
      label={words[decision].label}
      onSubmit={async (values) => {
        const named = { id: quote.id, version: quote.version, ...values }
        if (decision === 'accept') {
          await accept.mutateAsync({ ...named, chosenLineIds: asksForLines ? [...chosen] : null, acceptExpired })
        } else await decline.mutateAsync(named)
        showToast({ message: `Quote ${quote.number} ${words[decision].done}.` })
        onClose()
      }}
    >
      {asksForLines && <ChosenLines quote={quote} chosen={chosen} onChange={setChosen} />}
      <FieldRow>
        <Field control={form.control} name="by">
          {(bound) => (
            <TextField
              label="Who said so"
              description={`At ${quote.clientName}.`}
              withAsterisk
              data-autofocus
              maxLength={120}
              {...bound}
            />
          )}
        </Field>
        <Field control={form.control} name="on">
          {({ onChange, ...bound }) => (
            <DateField
              label="On"
              description="The day they said so."
              today={today}
              {...bound}
              onChange={(date) => date !== null && onChange(date)}
            />
          )}
        </Field>
      </FieldRow>
      <Field control={form.control} name="note">
        {(bound) => (
          <LongTextField
            label="Note"
            description={decision === 'accept' ? 'An order number, what was agreed.' : 'Why, as they said it.'}
            {...bound}
          />
        )}
      </Field>
      {isLate && validUntil !== null && (
        <div className={classes['late']}>
          <strong>
            <IconAlertTriangle size={16} aria-hidden="true" />
            This quote expired on {formats.date(validUntil)}.
          </strong>
          <Checkbox
            label="Accept it all the same, at its prices"
            checked={acceptExpired}
            onChange={(event) => setAcceptExpired(event.currentTarget.checked)}
          />
        </div>
      )}
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={isLate && !acceptExpired} loading={accept.isPending || decline.isPending}>
          {words[decision].verb}
        </Button>
      </DialogFooter>
    </Form>
  )
}

/** Notes what the client decided: who said so, when, and which of the offered lines they take. */
export const DecisionDialog = ({ quote, decision, onClose }: Props) => (
  <Dialog
    open={decision !== null}
    onClose={onClose}
    title={decision === null ? '' : `Quote ${quote.number} ${words[decision].done}`}
    size="lg"
  >
    {decision !== null && <DecisionForm quote={quote} decision={decision} onClose={onClose} />}
  </Dialog>
)

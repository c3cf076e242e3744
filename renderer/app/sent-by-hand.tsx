import { Button, Select } from '@mantine/core'
import { IconArrowBackUp, IconSend } from '@tabler/icons-react'
import type { SentByHand } from '../../shared/contract/documents.ts'
import { invoices } from '../../shared/contract/invoices.ts'
import type { MailKind } from '../../shared/contract/mail.ts'
import { api } from '../api.ts'
import { DateField } from '../ui/date-field.tsx'
import { Dialog, DialogFooter } from '../ui/dialog.tsx'
import { Field, FieldRow, Form, useSchemaForm } from '../ui/form.tsx'
import { TextField } from '../ui/text-field.tsx'
import { showToast } from '../ui/toast.tsx'
import type { Action } from './actions.ts'
import { documentCalls } from './document-calls.ts'
import { describeError } from './errors.ts'
import { MenuAct } from './menu-act.tsx'
import { useToday } from './organization.ts'
import { howWords } from './sent-words.ts'

const options = Object.entries(howWords).map(([value, { label }]) => ({ value, label }))
const schema = invoices.markSent.input.pick({ on: true, how: true, note: true })

export type SentWords = Omit<SentByHand, 'by'>

const calls = { invoice: api.invoices, quote: api.quotes, 'credit-note': api.creditNotes }

type Seen = { readonly id: string; readonly version: number }

/** Marks a document of any kind as sent in another way than by mail. */
export const markSent = (entity: MailKind, seen: Seen, words: SentWords): Promise<Seen> =>
  calls[entity].markSent({ ...seen, ...words })

/** Takes the last mark of a document back, whatever happened to it since. */
export const takeBackSent = async (entity: MailKind, id: string): Promise<Seen> => {
  const { version } = await calls[entity].get({ id })
  return await calls[entity].takeBackSent({ id, version })
}

type FormProps = {
  readonly onMark: (words: SentWords) => Promise<void>
  readonly onClose: () => void
  readonly verb: string
}

const SentForm = ({ onMark, onClose, verb }: FormProps) => {
  const today = useToday()
  const form = useSchemaForm(schema, { on: today, how: 'post', note: '' })
  return (
    <Form
      form={form}
      label="Sent in another way"
      onSubmit={async (values) => {
        await onMark(values)
        onClose()
      }}
    >
      <FieldRow>
        <Field control={form.control} name="how">
          {({ onChange, value, error }) => (
            <Select
              label="How"
              data={options}
              value={value}
              error={error}
              allowDeselect={false}
              data-autofocus
              // The list gives back one of its own values.
              onChange={(how) => onChange((how ?? 'post') as SentByHand['how'])}
            />
          )}
        </Field>
        <Field control={form.control} name="on">
          {({ onChange, ...bound }) => (
            <DateField label="On" today={today} {...bound} onChange={(date) => date !== null && onChange(date)} />
          )}
        </Field>
      </FieldRow>
      <Field control={form.control} name="note">
        {(bound) => (
          <TextField label="Note" description="A tracking number, or who took it." maxLength={200} {...bound} />
        )}
      </Field>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit">{verb}</Button>
      </DialogFooter>
    </Form>
  )
}

type Props = Pick<FormProps, 'onMark' | 'onClose'> & {
  /** `invoice INV-0042`, `3 invoices` */
  readonly what: string
  readonly opened: boolean
}

/** Asks when and how documents went out, where no mail of ours took them. */
export const SentDialog = ({ what, opened, ...form }: Props) => (
  <Dialog open={opened} onClose={form.onClose} title={`Mark ${what} as sent`} size="md">
    {opened && <SentForm {...form} verb="Mark as sent" />}
  </Dialog>
)

type Document = Seen & { readonly number: string | null }
type OneProps = {
  readonly entity: MailKind
  readonly document: Document
  readonly opened: boolean
  readonly onClose: () => void
}

/** The question for one document, with a way back afterwards. */
export const MarkOneSent = ({ entity, document, opened, onClose }: OneProps) => {
  const name = document.number ?? 'this document'
  return (
    <SentDialog
      what={name}
      opened={opened}
      onClose={onClose}
      onMark={async (words) => {
        await markSent(entity, { id: document.id, version: document.version }, words)
        showToast({
          message: `${name} is marked as sent ${howWords[words.how].behind}.`,
          undo: () => takeBackSent(entity, document.id),
        })
      }}
    />
  )
}

/** The same for the palette. */
export const markSentAction = (entity: MailKind, name: string, run: () => void): Action => ({
  id: `${entity}.mark-sent`,
  title: `Mark ${name} as sent by post or by hand`,
  group: 'This page',
  keywords: 'posted delivered handed over letter',
  calls: documentCalls[entity].markSent,
  run,
})

type ItemProps = {
  readonly entity: MailKind
  readonly document: Document & { readonly sentByHand: SentByHand | null }
  readonly onAsk: () => void
}

/** Entries of the menu of an issued document. */
export const SentItems = ({ entity, document, onAsk }: ItemProps) => {
  const takeBack = async () => {
    try {
      await takeBackSent(entity, document.id)
      showToast({
        message: `${document.number ?? 'It'} is no longer marked as sent ${howWords[document.sentByHand?.how ?? 'other'].behind}.`,
      })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <>
      <MenuAct calls={documentCalls[entity].markSent} leftSection={<IconSend size={14} />} onClick={onAsk}>
        Mark as sent…
      </MenuAct>
      {document.sentByHand !== null && (
        <MenuAct
          calls={documentCalls[entity].takeBackSent}
          leftSection={<IconArrowBackUp size={14} />}
          onClick={() => void takeBack()}
        >
          Not sent {howWords[document.sentByHand.how].behind} after all
        </MenuAct>
      )}
    </>
  )
}

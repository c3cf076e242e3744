import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { type MailKind, mail } from '../../../shared/contract/mail.ts'
import { directionOf } from '../../../shared/text-direction.ts'
import { type ApiOutput, useCommand } from '../../app/queries.ts'
import { DialogFooter } from '../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { KeyHint } from '../../ui/kbd.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { LongTextField, TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { AddressesField } from './addresses-field.tsx'
import { AttachmentRow } from './attachment-row.tsx'
import { EInvoiceNote } from './einvoice-note.tsx'
import { forgetMessage, keepMessage, keptMessage, type WrittenMessage } from './kept-messages.ts'
import classes from './send.module.css'
import { SendWhen } from './send-when.tsx'

const schema = mail.send.input

type Composed = ApiOutput<'mail', 'compose'>

const Obstacle = ({ text, onLeave }: { readonly text: string; readonly onLeave: () => void }) => (
  <div className={classes['obstacle']} role="alert">
    <IconAlertTriangle size={18} aria-hidden="true" />
    <div>
      <p>{text}</p>
      {/settings/i.test(text) && (
        <Link to="/settings/$section" params={{ section: 'mail' }} onClick={onLeave}>
          Open the mail settings
        </Link>
      )}
    </div>
  </div>
)

const isSame = (one: WrittenMessage, other: WrittenMessage) =>
  one.subject === other.subject &&
  one.body === other.body &&
  one.to.join() === other.to.join() &&
  one.cc.join() === other.cc.join()

const firstOf = (names: readonly string[]) =>
  names.length > 1 ? `${names[0] ?? ''} and ${names.length - 1} more` : (names[0] ?? '')

type Props = {
  readonly entity: MailKind
  readonly entityId: string
  readonly composed: Composed
  readonly onClose: () => void
}

/** The message as it will go out, to be corrected and sent; Ctrl+Enter sends from anywhere in it. */
export const SendForm = ({ entity, entityId, composed, onClose }: Props) => {
  const original: WrittenMessage = { to: composed.to, cc: composed.cc, subject: composed.subject, body: composed.body }
  const start = keptMessage(entityId) ?? original
  const form = useSchemaForm(schema, { entity, entityId, ...start, sendAt: null })
  const [withCopy, setWithCopy] = useState(start.cc.length > 0)
  const send = useCommand('mail', 'send')
  const formats = useFormats()
  const { control, watch, reset, formState } = form
  const [to = [], cc = [], subject = '', body = ''] = watch(['to', 'cc', 'subject', 'body'])
  const isLater = watch('sendAt') != null
  const changed = !isSame({ to, cc, subject, body }, original)
  useEffect(() => {
    if (changed) keepMessage(entityId, { to, cc, subject, body })
    else forgetMessage(entityId)
  }, [changed, entityId, to, cc, subject, body])
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    // An address still being typed becomes a chip when its field loses the focus.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    const element = event.currentTarget.querySelector('form')
    setTimeout(() => element?.requestSubmit())
  }
  const onSubmit = async (values: Parameters<typeof send.mutateAsync>[0]) => {
    if (composed.obstacle !== null) return
    await send.mutateAsync(values)
    forgetMessage(entityId)
    showToast({
      message:
        values.sendAt == null
          ? `On its way to ${firstOf(values.to)}. The outbox shows when the server has it.`
          : `It goes to ${firstOf(values.to)} on ${formats.instant(values.sendAt)}. Until then it waits in the outbox.`,
    })
    onClose()
  }
  const problemOf = (name: 'to' | 'cc') => {
    const problem = formState.errors[name]
    // The schema's problem is of the list, the server's of one address in it.
    return problem?.message ?? (Array.isArray(problem) ? problem.find((it) => it?.message)?.message : undefined)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the whole form bubble up to here
    <div onKeyDown={onKeyDown} role="presentation">
      <Form form={form} onSubmit={onSubmit} label="Mail to send">
        {composed.obstacle !== null && <Obstacle text={composed.obstacle} onLeave={onClose} />}
        {composed.from !== null && (
          <p className={classes['from']}>
            <span className={classes['quiet']}>From</span> {composed.from}
          </p>
        )}
        <Field control={control} name="to">
          {({ ref: _ref, ...bound }) => (
            <AddressesField
              {...bound}
              value={bound.value ?? []}
              label="To"
              required
              error={problemOf('to')}
              placeholder="name@example.com"
              autoFocus={to.length === 0}
            />
          )}
        </Field>
        {withCopy ? (
          <Field control={control} name="cc">
            {({ ref: _ref, ...bound }) => (
              <AddressesField {...bound} value={bound.value ?? []} label="Copy to" error={problemOf('cc')} />
            )}
          </Field>
        ) : (
          <Button variant="subtle" size="compact-sm" className={classes['add']} onClick={() => setWithCopy(true)}>
            Add a copy
          </Button>
        )}
        <Field control={control} name="subject">
          {(bound) => (
            <TextField {...bound} label="Subject" required dir={directionOf(bound.value ?? '')} maxLength={200} />
          )}
        </Field>
        <Field control={control} name="body">
          {(bound) => (
            <LongTextField
              {...bound}
              label="Message"
              required
              dir={directionOf(bound.value ?? '')}
              minRows={7}
              maxRows={14}
              {...(to.length > 0 ? { 'data-autofocus': true } : {})}
            />
          )}
        </Field>
        {composed.attachments.map((attachment) => (
          <AttachmentRow key={attachment.fileName} entity={entity} entityId={entityId} attachment={attachment} />
        ))}
        {composed.einvoice !== null && <EInvoiceNote einvoice={composed.einvoice} />}
        <div className={classes['foot']}>
          <Field control={control} name="sendAt">
            {({ value, onChange, error }) => <SendWhen value={value ?? null} onChange={onChange} error={error} />}
          </Field>
          <DialogFooter>
            {changed && (
              <Button
                variant="subtle"
                className={classes['reset']}
                onClick={() => {
                  reset({ entityId, ...original })
                  setWithCopy(original.cc.length > 0)
                }}
              >
                Back to the template
              </Button>
            )}

            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={send.isPending}
              disabled={composed.obstacle !== null}
              rightSection={<KeyHint keys="mod+enter" />}
            >
              {isLater ? 'Send later' : 'Send'}
            </Button>
          </DialogFooter>
        </div>
      </Form>
    </div>
  )
}

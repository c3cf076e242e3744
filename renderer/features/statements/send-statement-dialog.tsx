import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { statements } from '../../../shared/contract/statements.ts'
import { directionOf } from '../../../shared/text-direction.ts'
import { api } from '../../api.ts'
import { AddressesField } from '../../app/addresses-field.tsx'
import { describeError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { type ApiInput, type ApiOutput, useCommand } from '../../app/queries.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { SendTimeField } from '../../ui/send-time-field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { LongTextField, TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './statements.module.css'

const schema = statements.send.input

type Asked = ApiInput<'statements', 'compose'>
type Composed = ApiOutput<'statements', 'compose'>
type Props = { readonly statement: Asked; readonly onClose: () => void }

/** Why a message cannot go out yet, with the way to the settings where they are the reason. */
export const Obstacle = ({ text, onLeave }: { readonly text: string; readonly onLeave: () => void }) => (
  <div className={classes['obstacle']} role="alert">
    <p>{text}</p>
    {/settings/i.test(text) && (
      <Link to="/settings/$section" params={{ section: 'mail' }} onClick={onLeave}>
        Open the mail settings
      </Link>
    )}
  </div>
)

const Message = ({ statement, composed, onClose }: Props & { readonly composed: Composed }) => {
  const formats = useFormats()
  const today = useToday()
  const { to, subject, body, obstacle } = composed
  const form = useSchemaForm(schema, { statement, to, cc: [], subject, body, sendAt: null })
  const send = useCommand('statements', 'send')
  const { control, formState } = form
  const problem = formState.errors.to
  const onSubmit = async (values: ApiInput<'statements', 'send'>) => {
    if (obstacle !== null) return
    await send.mutateAsync(values)
    const when = values.sendAt ?? null
    showToast({
      message:
        when === null ? 'The statement is in the outbox.' : `The statement goes out on ${formats.instant(when)}.`,
    })
    onClose()
  }
  return (
    <Form<typeof schema> form={form} onSubmit={onSubmit} label="Statement to send">
      {obstacle !== null && <Obstacle text={obstacle} onLeave={onClose} />}
      <Field control={control} name="to">
        {({ ref: _ref, ...bound }) => (
          <AddressesField
            {...bound}
            value={bound.value ?? []}
            label="To"
            required
            placeholder="name@example.com"
            // The schema's problem is of the list, the server's of one address in it.
            error={
              problem?.message ?? (Array.isArray(problem) ? problem.find((it) => it?.message)?.message : undefined)
            }
          />
        )}
      </Field>
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
            data-autofocus
          />
        )}
      </Field>
      <Field control={control} name="sendAt">
        {(bound) => <SendTimeField today={today} value={bound.value ?? null} onChange={bound.onChange} />}
      </Field>
      <p className={classes['quiet']}>
        The statement from {formats.date(statement.from)} to {formats.date(statement.to)} goes along as a PDF, as it
        stands now.
      </p>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={send.isPending} disabled={obstacle !== null}>
          Send
        </Button>
      </DialogFooter>
    </Form>
  )
}

const Content = ({ statement, onClose }: Props) => {
  const [composed, setComposed] = useState<Composed | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [attempt, setAttempt] = useState(0)
  const { clientId, from, to, currency } = statement
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    const stop = new AbortController()
    setProblem(null)
    api.statements
      .compose({ clientId, from, to, currency }, { signal: stop.signal })
      .then(setComposed)
      .catch((thrown: unknown) => {
        if (!stop.signal.aborted) setProblem(thrown)
      })
    return () => stop.abort()
  }, [clientId, from, to, currency, attempt])
  if (problem !== null) return <ErrorPanel {...describeError(problem)} onRetry={() => setAttempt(attempt + 1)} />
  if (composed === null) return <Skeleton lines={8} label="Writing the message" />
  return <Message statement={statement} composed={composed} onClose={onClose} />
}

/** Sends a statement by mail: recipient, subject and text as they will go out, now or later. */
export const SendStatementDialog = (props: Props) => (
  <Dialog open onClose={props.onClose} title="Send the statement" size="lg">
    <Content {...props} />
  </Dialog>
)

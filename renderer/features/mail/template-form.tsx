import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { type MessageKind, mail } from '../../../shared/contract/mail.ts'
import { directionOf, directionOfLanguage } from '../../../shared/text-direction.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { type ApiOutput, useCommand } from '../../app/queries.ts'
import { Field, Form, saveForm, useSchemaForm } from '../../ui/form.tsx'
import { LetterText } from '../../ui/letter-text.tsx'
import { LongTextField, TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './settings.module.css'
import { previewTemplate } from './template-preview.ts'

const schema = mail.saveTemplate.input

type Template = ApiOutput<'mail', 'template'>
type Values = Readonly<Record<string, string>>
type Written = { readonly subject: string; readonly body: string }

// For as long as the window lives: looking at another kind costs nothing of what was written.
const unsaved = new Map<string, Written>()

const Sheet = ({ subject, body, values }: Written & { readonly values: Values }) => {
  const head = previewTemplate(subject, values)
  const text = previewTemplate(body, values)
  return (
    <section className={classes['sheet']} aria-label="Preview with invented values">
      <p className={classes['sheet-note']}>Preview, with invented values</p>
      <p
        className={classes['sheet-subject']}
        dir={'text' in head ? directionOf(head.text) : 'ltr'}
        data-problem={'problem' in head || undefined}
      >
        {'text' in head ? head.text : head.problem}
      </p>
      <LetterText
        className={classes['sheet-body']}
        text={'text' in text ? text.text : text.problem}
        data-problem={'problem' in text || undefined}
      />
    </section>
  )
}

type Props = {
  readonly kind: MessageKind
  readonly language: string
  readonly template: Template
  readonly values: Values
  /** The built-in text counts again: read it anew. */
  readonly onReset: () => Promise<unknown>
}

const useTemplateForm = ({ kind, language, template }: Props) => {
  const key = `${kind} ${language}`
  const form = useSchemaForm(schema, {
    kind,
    language,
    version: template.version,
    subject: template.subject,
    body: template.body,
  })
  const [subject = '', body = ''] = form.watch(['subject', 'body'])
  const isDirty = subject !== template.subject || body !== template.body
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was left here is put back once, when it opens
  useEffect(() => {
    const kept = unsaved.get(key)
    if (kept === undefined) return
    form.setValue('subject', kept.subject, { shouldDirty: true })
    form.setValue('body', kept.body, { shouldDirty: true })
  }, [key])
  useEffect(() => {
    if (isDirty) unsaved.set(key, { subject, body })
  }, [isDirty, key, subject, body])
  return { form, subject, body, isDirty, forget: () => unsaved.delete(key) }
}

const useReset =
  ({ kind, language, onReset }: Props, version: number | null, forget: () => void) =>
  async () => {
    if (version === null) return
    try {
      const { subject, body } = await api.mail.template({ kind, language })
      await api.mail.resetTemplate({ kind, language, version })
      forget()
      await onReset()
      showToast({
        message: 'The built-in text counts again.',
        undo: async () => {
          await api.mail.saveTemplate({ kind, language, version: null, subject, body })
          await onReset()
        },
      })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }

/** A message template to edit, its variables to insert, and what it gives beside it. */
export const TemplateForm = (props: Props) => {
  const { language, template, values } = props
  const { form, subject, body, isDirty, forget } = useTemplateForm(props)
  const save = useCommand('mail', 'saveTemplate')
  const [version, setVersion] = useState(template.version)
  const reset = useReset(props, version, forget)
  const bodyInput = useRef<HTMLTextAreaElement>(null)
  const subjectInput = useRef<HTMLInputElement>(null)
  const [last, setLast] = useState<'subject' | 'body'>('body')
  const insert = (name: string) => {
    const input = last === 'subject' ? subjectInput.current : bodyInput.current
    const text = form.getValues(last)
    const from = input?.selectionStart ?? text.length
    const to = input?.selectionEnd ?? from
    const added = `{{${name}}}`
    form.setValue(last, `${text.slice(0, from)}${added}${text.slice(to)}`, { shouldDirty: true })
    requestAnimationFrame(() => {
      input?.focus()
      input?.setSelectionRange(from + added.length, from + added.length)
    })
  }
  return (
    <div className={classes['editor']}>
      <Form
        form={form}
        label="Message template"
        onSubmit={async (written) => {
          await saveForm(form, async () => {
            const { version } = await save.mutateAsync(written)
            forget()
            setVersion(version)
            return { ...written, version }
          })
          showToast({ message: 'The template is saved.' })
        }}
      >
        <Field control={form.control} name="subject">
          {({ ref: _ref, ...bound }) => (
            <TextField
              {...bound}
              ref={subjectInput}
              label="Subject"
              required
              dir={directionOfLanguage(language)}
              onFocus={() => setLast('subject')}
            />
          )}
        </Field>
        <Field control={form.control} name="body">
          {({ ref: _ref, ...bound }) => (
            <LongTextField
              {...bound}
              ref={bodyInput}
              label="Message"
              required
              dir={directionOfLanguage(language)}
              minRows={12}
              maxRows={24}
              onFocus={() => setLast('body')}
            />
          )}
        </Field>
        <div className={classes['buttons']}>
          <Button type="submit" loading={save.isPending} disabled={!isDirty && version !== null}>
            Save the template
          </Button>
          {isDirty && (
            <Button
              variant="subtle"
              onClick={() => {
                forget()
                form.reset()
              }}
            >
              Discard the changes
            </Button>
          )}
          {version !== null && (
            <Button variant="subtle" className={classes['apart']} onClick={() => void reset()}>
              Back to the built-in text
            </Button>
          )}
        </div>
      </Form>
      <div className={classes['beside']}>
        <Sheet subject={subject} body={body} values={values} />
        <fieldset className={classes['variables']}>
          <legend>Insert at the cursor</legend>
          {template.variables.map(({ name, meaning }) => (
            <button
              key={name}
              type="button"
              className={classes['variable']}
              title={`{{${name}}}: now ${values[name] ? `“${values[name]}”` : 'empty'}`}
              onClick={() => insert(name)}
            >
              {meaning}
            </button>
          ))}
        </fieldset>
      </div>
    </div>
  )
}

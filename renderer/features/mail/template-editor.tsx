import { Button, Select } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import { type MailKind, mail } from '../../../shared/contract/mail.ts'
import { describeError } from '../../app/errors.ts'
import { useOrganization, useToday, useWorkspace } from '../../app/organization.ts'
import { type ApiOutput, useApiQuery, useCommand } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { LongTextField, TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { sampleValues } from './sample-values.ts'
import classes from './settings.module.css'
import { previewTemplate } from './template-preview.ts'

const schema = mail.saveTemplate.input

type Template = ApiOutput<'mail', 'template'>
type Values = Readonly<Record<string, string>>

const offered = ['en-GB', 'en-US', 'de-DE', 'fr-FR', 'es-ES', 'pt-PT', 'it-IT', 'nl-NL']

const languageChoices = (own: string) => {
  const names = new Intl.DisplayNames('en', { type: 'language' })
  return [...new Set([own, ...offered])].map((value) => ({ value, label: names.of(value) ?? value }))
}

const Sheet = ({
  subject,
  body,
  values,
}: {
  readonly subject: string
  readonly body: string
  readonly values: Values
}) => {
  const head = previewTemplate(subject, values)
  const text = previewTemplate(body, values)
  return (
    <section className={classes['sheet']} aria-label="Preview with an invented document">
      <p className={classes['sheet-note']}>Preview, with an invented document</p>
      <p className={classes['sheet-subject']}>{'text' in head ? head.text : head.problem}</p>
      <div className={classes['sheet-body']}>{'text' in text ? text.text : text.problem}</div>
    </section>
  )
}

type EditorProps = {
  readonly kind: MailKind
  readonly template: Template
  readonly language: string
  readonly values: Values
}

const Editor = ({ kind, template, language, values }: EditorProps) => {
  const form = useSchemaForm(schema, {
    kind,
    language,
    version: template.version,
    subject: template.subject,
    body: template.body,
  })
  const save = useCommand('mail', 'saveTemplate')
  const body = useRef<HTMLTextAreaElement>(null)
  const subject = useRef<HTMLInputElement>(null)
  const [last, setLast] = useState<'subject' | 'body'>('body')
  const [currentSubject = '', currentBody = ''] = form.watch(['subject', 'body'])
  const insert = (name: string) => {
    const input = last === 'subject' ? subject.current : body.current
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
          const { version } = await save.mutateAsync(written)
          form.reset({ ...written, version })
          showToast({ message: 'The template is saved.' })
        }}
      >
        <Field control={form.control} name="subject">
          {({ ref: _ref, ...bound }) => (
            <TextField {...bound} ref={subject} label="Subject" required onFocus={() => setLast('subject')} />
          )}
        </Field>
        <Field control={form.control} name="body">
          {({ ref: _ref, ...bound }) => (
            <LongTextField
              {...bound}
              ref={body}
              label="Message"
              required
              minRows={12}
              maxRows={24}
              onFocus={() => setLast('body')}
            />
          )}
        </Field>
        <div className={classes['buttons']}>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!form.formState.isDirty && template.version !== null}
          >
            Save the template
          </Button>
          {form.formState.isDirty && (
            <Button variant="subtle" onClick={() => form.reset()}>
              Discard the changes
            </Button>
          )}
        </div>
      </Form>
      <div className={classes['beside']}>
        <Sheet subject={currentSubject} body={currentBody} values={values} />
        <fieldset className={classes['variables']}>
          <legend>Insert at the cursor</legend>
          {template.variables.map(({ name, meaning }) => (
            <button
              key={name}
              type="button"
              className={classes['variable']}
              title={`Inserts {{${name}}}`}
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

const kinds: readonly { readonly value: MailKind; readonly label: string }[] = [
  { value: 'invoice', label: 'Invoice' },
  { value: 'quote', label: 'Quote' },
  { value: 'credit-note', label: 'Credit note' },
]

/** The message that goes with a document, in each language that clients read; the preview follows as one types. */
export const TemplateEditor = () => {
  const organization = useOrganization()
  const workspace = useWorkspace()
  const today = useToday()
  const own = organization?.language ?? 'en-GB'
  const [language, setLanguage] = useState(own)
  const [kind, setKind] = useState<MailKind>('invoice')
  const query = useApiQuery('mail', 'template', { kind, language }, { keepPrevious: false, live: false })
  const values = useMemo(
    () =>
      sampleValues({
        language,
        currency: organization?.currency ?? 'EUR',
        business: organization?.name ?? '',
        sender: workspace.data?.userName ?? null,
        today: today || '2026-01-31',
      }),
    [language, organization, workspace.data, today],
  )
  return (
    <>
      <Select
        label="Message with"
        className={classes['language']}
        data={kinds}
        value={kind}
        allowDeselect={false}
        onChange={(chosen) => setKind(kinds.find((it) => it.value === chosen)?.value ?? 'invoice')}
      />
      <Select
        label="Language"
        className={classes['language']}
        description="Each client gets it in the language of the document."
        data={languageChoices(own)}
        value={language}
        onChange={(chosen) => setLanguage(chosen ?? own)}
      />
      {query.isError && <ErrorPanel {...describeError(query.error)} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton lines={8} />}
      {query.data !== undefined && (
        <Editor key={`${kind} ${language}`} kind={kind} template={query.data} language={language} values={values} />
      )}
    </>
  )
}

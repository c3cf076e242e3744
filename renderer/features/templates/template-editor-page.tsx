import { Button, Select, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react'
import { useBlocker, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type DocumentTemplate, type TemplateKind, templateKinds } from '../../../shared/contract/document-templates.ts'
import { designOf, type TemplateDesign, templateDesignSchema } from '../../../shared/documents/template-design.ts'
import { api } from '../../api.ts'
import { useActions } from '../../app/actions.ts'
import { describeError, toAppError } from '../../app/errors.ts'
import { PdfView } from '../../app/pdf-view.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { ChangesButton } from '../../app/record/changes-button.tsx'
import { confirmAct } from '../../ui/confirm.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import { DesignControls } from './design-controls.tsx'
import { kindTexts, layoutTexts, previewLanguages } from './design-texts.ts'
import classes from './templates.module.css'
import { useSample } from './use-sample.ts'

const lengths = [
  { value: '2', label: '2 lines' },
  { value: '5', label: '5 lines' },
  { value: '60', label: '60 lines' },
]

const Preview = ({ design }: { readonly design: TemplateDesign }) => {
  const { locale } = useFormats()
  const [kind, setKind] = useState<TemplateKind>('invoice')
  const [language, setLanguage] = useState<string | null>(null)
  const [lines, setLines] = useState('5')
  const { pdf, problem, isBehind } = useSample({ design, kind, language, lines: Number(lines) })
  const names = new Intl.DisplayNames([locale, 'en'], { type: 'language', languageDisplay: 'standard' })
  const note = problem === null ? (isBehind && pdf !== null ? 'Updating…' : '') : `As it was before: ${problem}`
  return (
    <div className={classes['preview']}>
      <div className={classes['preview-tools']}>
        <Select
          size="xs"
          aria-label="Document shown"
          allowDeselect={false}
          value={kind}
          data={templateKinds.map((value) => ({ value, label: kindTexts[value] }))}
          onChange={(value) => setKind(templateKinds.find((it) => it === value) ?? 'invoice')}
        />
        <Select
          size="xs"
          aria-label="Language shown"
          placeholder="Language of the business"
          clearable
          value={language}
          data={previewLanguages.map((value) => ({ value, label: names.of(value) ?? value }))}
          onChange={setLanguage}
        />
        <Select
          size="xs"
          aria-label="Lines shown"
          allowDeselect={false}
          value={lines}
          data={lengths}
          onChange={(value) => setLines(value ?? '5')}
        />
      </div>
      <PdfView
        bytes={pdf}
        label="Preview"
        note={note}
        problem={pdf === null && problem !== null ? new Error(problem) : null}
        widest={760}
      />
    </div>
  )
}

const problemOf = (name: string, design: TemplateDesign): string | null => {
  if (name.trim() === '') return 'Give the template a name.'
  const parsed = templateDesignSchema.safeParse(design)
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'Something here cannot be printed.')
}

/** What is edited of a template, apart from what is saved. */
const useTemplateDraft = (saved: DocumentTemplate) => {
  const [opened, setOpened] = useState(saved)
  const [name, setName] = useState(saved.name)
  const [design, setDesign] = useState(saved.design)
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const dirty = name !== opened.name || JSON.stringify(design) !== JSON.stringify(opened.design)
  useEffect(() => {
    if (dirty || saved.version <= opened.version) return
    setOpened(saved)
    setName(saved.name)
    setDesign(saved.design)
  }, [saved, opened.version, dirty])
  const save = async () => {
    const wrong = problemOf(name, design)
    setProblem(wrong)
    if (wrong !== null || !dirty || saving) return
    setSaving(true)
    try {
      const { id } = opened
      const made = await api.documentTemplates.update({ id, version: opened.version, name, design })
      const before = { name: opened.name, design: opened.design }
      setOpened({ ...opened, name, design, version: made.version })
      showToast({ message: `${name} saved.`, undo: () => api.documentTemplates.update({ ...made, ...before }) })
    } catch (thrown) {
      const error = toAppError(thrown)
      setProblem(
        error.code === 'CONFLICT'
          ? 'Somebody changed this template meanwhile. Discard your changes to see theirs, or duplicate it first.'
          : error.message,
      )
    }
    setSaving(false)
  }
  const discard = () => {
    setOpened(saved)
    setName(saved.name)
    setDesign(saved.design)
    setProblem(null)
  }
  return { name, setName, design, setDesign, dirty, saving, problem, save, discard }
}

const Editor = ({ template }: { readonly template: DocumentTemplate }) => {
  const navigate = useNavigate()
  const draft = useTemplateDraft(template)
  const { name, setName, design, setDesign, dirty, saving, problem, save, discard } = draft
  const accent = useApiQuery('organizations', 'get', {}).data?.accentColor ?? '#1f3f77'
  useActions([
    {
      id: 'template.save',
      title: 'Save this template',
      group: 'This page',
      shortcut: 'mod+s',
      calls: 'documentTemplates.update',
      run: () => void save(),
    },
  ])
  useBlocker({
    shouldBlockFn: async () =>
      dirty &&
      !(await confirmAct({
        title: 'Leave without saving?',
        body: 'What you changed in this template is not saved yet.',
        verb: 'Leave without saving',
        cancel: 'Stay here',
        danger: true,
      })),
    enableBeforeUnload: () => dirty,
  })
  const reset = () => {
    const before = design
    setDesign(designOf(design.layout))
    showToast({
      message: `Back to ${layoutTexts[design.layout].name.toLowerCase()} as it comes; not saved yet.`,
      undo: async () => setDesign(before),
    })
  }
  return (
    <Page
      title={name || 'Template'}
      subtitle="Issued documents keep what they printed."
      fill
      actions={
        <>
          <span role="status" className={classes['state']} data-dirty={dirty || undefined}>
            {dirty ? 'Not saved yet' : <IconCheck size={15} aria-label="All saved" />}
          </span>
          <Button
            variant="subtle"
            onClick={() => void navigate({ to: '/settings/$section', params: { section: 'templates' } })}
          >
            All templates
          </Button>
          <ChangesButton of={{ table: 'document_templates', id: template.id }} name={template.name} />
          <Button variant="default" leftSection={<IconArrowBackUp size={15} />} onClick={reset}>
            Reset
          </Button>
          <Button variant="default" disabled={!dirty || saving} onClick={discard}>
            Discard
          </Button>
          <Button disabled={!dirty} loading={saving} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <div className={classes['editor']}>
        <section className={classes['controls']} aria-label="What the template looks like">
          {problem !== null && (
            <p role="alert" className={classes['problem']}>
              {problem}
            </p>
          )}
          <TextInput
            label="Name"
            value={name}
            maxLength={60}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <DesignControls design={design} onChange={(change) => setDesign({ ...design, ...change })} accent={accent} />
        </section>
        <Preview design={design} />
      </div>
    </Page>
  )
}

/** A template being edited, with a sample document beside it. */
export const TemplateEditorPage = () => {
  const { id } = useParams({ from: '/settings/templates/$id' })
  const templates = useApiQuery('documentTemplates', 'list', {})
  if (templates.isError) {
    return <ErrorPanel {...describeError(templates.error)} onRetry={() => void templates.refetch()} />
  }
  if (templates.data === undefined) return <Skeleton />
  const template = templates.data.find((it) => it.id === id)
  if (template === undefined) {
    return <ErrorPanel title="This template is no longer there" advice="Go back to the settings and choose another." />
  }
  return <Editor key={id} template={template} />
}

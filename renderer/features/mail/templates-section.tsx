import { Select } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { MessageKind } from '../../../shared/contract/mail.ts'
import { describeError } from '../../app/errors.ts'
import { useOrganization, useToday, useWorkspace } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { kindGroups, kindNames } from './message-kinds.ts'
import { sampleValues } from './sample-values.ts'
import classes from './settings.module.css'
import { TemplateForm } from './template-form.tsx'

const offered = ['en-GB', 'en-US', 'de-DE', 'fr-FR', 'es-ES', 'pt-PT', 'it-IT', 'nl-NL', 'hi-IN', 'ar-SA', 'ja-JP']
const languageChoices = (own: string) => {
  const names = new Intl.DisplayNames('en', { type: 'language' })
  return [...new Set([own, ...offered])].map((value) => ({ value, label: names.of(value) ?? value }))
}

// The organization's own language may be one that no text comes in.
const isTranslated = (language: string) => offered.some((it) => it.split('-')[0] === language.split('-')[0])

const languageHint = (language: string, hasOwn: boolean): string =>
  hasOwn || isTranslated(language)
    ? 'Each client gets it in the language of the document.'
    : 'Nothing is built in for this language: it begins in English, ready to be translated.'

type KindProps = {
  readonly kind: MessageKind
  readonly language: string
  readonly isCurrent: boolean
  readonly onChoose: () => void
}

const KindEntry = ({ kind, language, isCurrent, onChoose }: KindProps) => {
  const isOwn = useApiQuery('mail', 'template', { kind, language }).data?.version != null
  return (
    <li>
      <button type="button" className={classes['kind']} aria-current={isCurrent || undefined} onClick={onChoose}>
        {kindNames[kind]}
        {isOwn && <span className={classes['own']}>your text</span>}
      </button>
    </li>
  )
}

type ChosenProps = { readonly kind: MessageKind; readonly language: string }

const Chosen = ({ kind, language }: ChosenProps) => {
  const organization = useOrganization()
  const workspace = useWorkspace()
  const today = useToday()
  const query = useApiQuery('mail', 'template', { kind, language }, { keepPrevious: false })
  const [generation, setGeneration] = useState(0)
  const values = useMemo(
    () =>
      sampleValues({
        language,
        currency: organization?.currency ?? 'EUR',
        business: organization?.name ?? '',
        sender: workspace.data?.userName ?? null,
        today: today || '2026-01-31',
        isLate: kind === 'reminder-firm' || kind === 'reminder-final',
      }),
    [kind, language, organization, workspace.data, today],
  )
  if (query.isError) return <ErrorPanel {...describeError(query.error)} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <Skeleton lines={8} />
  return (
    <TemplateForm
      key={`${kind} ${language} ${generation}`}
      kind={kind}
      language={language}
      template={query.data}
      values={values}
      onReset={async () => {
        await query.refetch()
        setGeneration((before) => before + 1)
      }}
    />
  )
}

/** The words of every kind of message, in each language that clients read; the preview follows as one types. */
export const MailTemplatesSection = () => {
  const own = useOrganization()?.language ?? 'en-GB'
  const [language, setLanguage] = useState(own)
  const [kind, setKind] = useState<MessageKind>('invoice')
  const hasOwn = useApiQuery('mail', 'template', { kind, language }).data?.version != null
  return (
    <div className={classes['templates']}>
      <nav aria-label="Kinds of messages" className={classes['kinds']}>
        {kindGroups.map((group) => (
          <div key={group.title}>
            <p className={classes['kinds-title']}>{group.title}</p>
            <ul>
              {group.kinds.map((it) => (
                <KindEntry
                  key={it}
                  kind={it}
                  language={language}
                  isCurrent={it === kind}
                  onChoose={() => setKind(it)}
                />
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className={classes['template']}>
        <Select
          label="Language"
          className={classes['language']}
          description={languageHint(language, hasOwn)}
          data={languageChoices(own)}
          value={language}
          allowDeselect={false}
          searchable
          onChange={(chosen) => setLanguage(chosen ?? own)}
        />
        <Chosen key={`${kind} ${language}`} kind={kind} language={language} />
      </div>
    </div>
  )
}

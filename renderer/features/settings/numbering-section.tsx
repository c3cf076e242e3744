import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useWatch } from 'react-hook-form'
import { contract, type Input } from '../../../shared/contract/index.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { type ApiOutput, useApiQuery, useCommand } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Field, FieldRow, Form, FormSection, useSchemaForm } from '../../ui/form.tsx'
import { useGuardedSave } from '../../ui/guarded-save.tsx'
import { WholeNumberField } from '../../ui/number-fields.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { SaveBar } from './save-bar.tsx'
import classes from './settings.module.css'

type Series = ApiOutput<'numberSeries', 'list'>[number]
const schema = contract.numberSeries.update.input
type Values = Pick<Input<typeof contract.numberSeries.update>, 'pattern' | 'startValue'>

const titles: Readonly<Record<string, string>> = { invoice: 'Invoices', payment: 'Payments' }

const tokens: readonly { readonly token: string; readonly means: string }[] = [
  { token: '{0000}', means: 'the counter, a zero for each digit' },
  { token: '{YYYY}', means: 'the year' },
  { token: '{YY}', means: 'the year in two digits' },
  { token: '{MM}', means: 'the month' },
  { token: '{FY}', means: 'the fiscal year' },
  { token: '{SERIES}', means: 'the code of the series' },
  { token: '{BRANCH}', means: 'the code of the branch' },
]

type PreviewProps = { readonly pattern: string; readonly startValue: number }

/** The first numbers that the pattern gives, with every key. */
const Preview = ({ pattern, startValue }: PreviewProps) => {
  const today = useToday()
  const preview = useApiQuery('numberSeries', 'preview', { pattern, startValue, on: today }, { enabled: today !== '' })
  const { numbers = [], problem = null } = preview.data ?? {}
  return (
    <p className={classes['preview']} role="status" data-problem={problem !== null || undefined}>
      {problem ?? (
        <>
          Gives <strong>{numbers.join(', ')}</strong>…
        </>
      )}
    </p>
  )
}

const SeriesForm = ({ series }: { readonly series: Series }) => {
  const input = useRef<HTMLInputElement>(null)
  // The state that editing began with: a later one that arrives meanwhile must not pass for it.
  const [opened, setOpened] = useState(series)
  const valuesOf = (it: Series) => ({ id: it.id, version: it.version, pattern: it.pattern, startValue: it.startValue })
  const form = useSchemaForm(schema, valuesOf(opened))
  const { isDirty, isSubmitting } = form.formState
  const [pattern, startValue] = useWatch({ control: form.control, name: ['pattern', 'startValue'] })
  const update = useCommand('numberSeries', 'update')
  const title = titles[series.documentKind] ?? series.documentKind
  useEffect(() => {
    if (isDirty || series.version <= opened.version) return
    setOpened(series)
    form.reset({ id: series.id, version: series.version, pattern: series.pattern, startValue: series.startValue })
  }, [series, opened.version, isDirty, form])
  const guarded = useGuardedSave<Values>({
    what: `Numbering of ${title.toLowerCase()}`,
    fields: [
      { path: 'pattern', label: 'Pattern' },
      { path: 'startValue', label: 'Begins at' },
    ],
    before: opened,
    latest: async () => (await api.numberSeries.list({})).find((it) => it.id === series.id) ?? series,
    save: async (values, version) => {
      const { pattern: pattern_, startValue: startValue_ } = opened
      const saved = await update.mutateAsync({ id: series.id, version, ...values })
      const next = { ...opened, pattern: values.pattern ?? pattern_, startValue: values.startValue ?? startValue_ }
      setOpened({ ...next, version: saved.version })
      form.reset(valuesOf({ ...next, version: saved.version }))
      showToast({
        message: `Numbering of ${title.toLowerCase()} saved.`,
        undo: () => api.numberSeries.update({ ...saved, pattern: pattern_, startValue: startValue_ }),
      })
    },
    onSaved: () => undefined,
  })
  const insert = (token: string) => {
    const field = input.current
    const at = field?.selectionStart ?? pattern?.length ?? 0
    const text = `${(pattern ?? '').slice(0, at)}${token}${(pattern ?? '').slice(field?.selectionEnd ?? at)}`
    form.setValue('pattern', text, { shouldDirty: true })
    requestAnimationFrame(() => {
      field?.focus()
      field?.setSelectionRange(at + token.length, at + token.length)
    })
  }
  return (
    <>
      <Form<typeof schema>
        form={form}
        label={`Numbering of ${title.toLowerCase()}`}
        onSubmit={(values) =>
          guarded.save(
            {
              ...(values.pattern === undefined ? {} : { pattern: values.pattern }),
              ...(values.startValue === undefined ? {} : { startValue: values.startValue }),
            },
            opened.version,
          )
        }
      >
        <FormSection title={title} hint={`The next one is ${series.nextNumber}. Numbers already given stay.`}>
          <FieldRow>
            <Field control={form.control} name="pattern">
              {({ ref, ...bound }) => (
                <TextField
                  {...bound}
                  ref={(element) => {
                    ref(element)
                    input.current = element
                  }}
                  label="Number pattern"
                  description="Text as it stands, and the parts below."
                  autoComplete="off"
                  spellCheck={false}
                />
              )}
            </Field>
            <Field control={form.control} name="startValue">
              {(bound) => (
                <WholeNumberField {...bound} label="Start value" description="The first counter of each new period." />
              )}
            </Field>
          </FieldRow>
          <ul className={classes['tokens']} aria-label={`Parts of a number of ${title.toLowerCase()}`}>
            {tokens.map(({ token, means }) => (
              <li key={token}>
                <Button variant="default" size="compact-sm" title={means} onClick={() => insert(token)}>
                  {token}
                  <span className="visually-hidden">, {means}</span>
                </Button>
              </li>
            ))}
          </ul>
          <Preview pattern={pattern ?? ''} startValue={startValue ?? 1} />
        </FormSection>
        <SaveBar dirty={isDirty} saving={isSubmitting} onDiscard={() => form.reset()} />
      </Form>
      {guarded.dialog}
    </>
  )
}

/** The numbers that documents get. */
export const NumberingSection = () => {
  const series = useApiQuery('numberSeries', 'list', {})
  if (series.isError) return <ErrorPanel {...describeError(series.error)} onRetry={() => void series.refetch()} />
  if (series.data === undefined) return <Skeleton />
  return (
    <div className={classes['stack']}>
      {series.data.map((it) => (
        <SeriesForm key={it.id} series={it} />
      ))}
    </div>
  )
}

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useWatch } from 'react-hook-form'
import { contract, type Input } from '../../../../shared/contract/index.ts'
import { api } from '../../../api.ts'
import { useCommand } from '../../../app/queries.ts'
import { Field, FieldRow, Form, FormSection, saveForm, useSchemaForm } from '../../../ui/form.tsx'
import { useGuardedSave } from '../../../ui/guarded-save.tsx'
import { WholeNumberField } from '../../../ui/number-fields.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { SaveBar } from '../save-bar.tsx'
import { PatternTokens, type Series, SeriesPreview } from './series-pattern.tsx'

const schema = contract.numberSeries.update.input
type Values = Pick<Input<typeof contract.numberSeries.update>, 'pattern' | 'startValue'>

type Props = {
  readonly series: Series
  /** What it numbers: `invoices`, or `invoices, series EXPORT` where there are several. */
  readonly what: string
  readonly title: string
  readonly acts: ReactNode
}

/** One series: its pattern and first value, with what it gives. */
export const SeriesForm = ({ series, what, title, acts }: Props) => {
  const input = useRef<HTMLInputElement>(null)
  // The state that editing began with: a later one that arrives meanwhile must not pass for it.
  const [opened, setOpened] = useState(series)
  const valuesOf = (it: Series) => ({ id: it.id, version: it.version, pattern: it.pattern, startValue: it.startValue })
  const form = useSchemaForm(schema, valuesOf(opened))
  const { isDirty, isSubmitting } = form.formState
  const [pattern, startValue] = useWatch({ control: form.control, name: ['pattern', 'startValue'] })
  const update = useCommand('numberSeries', 'update')
  useEffect(() => {
    if (isDirty || series.version <= opened.version) return
    setOpened(series)
    form.reset({ id: series.id, version: series.version, pattern: series.pattern, startValue: series.startValue })
  }, [series, opened.version, isDirty, form])
  const guarded = useGuardedSave<Values>({
    what: `Numbering of ${what}`,
    fields: [
      { path: 'pattern', label: 'Pattern' },
      { path: 'startValue', label: 'Begins at' },
    ],
    before: opened,
    latest: async () => (await api.numberSeries.list({})).find((it) => it.id === series.id) ?? series,
    save: async (values, version) => {
      const { pattern: pattern_, startValue: startValue_ } = opened
      await saveForm(form, async () => {
        const saved = await update.mutateAsync({ id: series.id, version, ...values })
        const next = { ...opened, pattern: values.pattern ?? pattern_, startValue: values.startValue ?? startValue_ }
        setOpened({ ...next, version: saved.version })
        showToast({
          message: `Numbering of ${what} saved.`,
          undo: () => api.numberSeries.update({ ...saved, pattern: pattern_, startValue: startValue_ }),
        })
        return valuesOf({ ...next, version: saved.version })
      })
    },
    onSaved: () => undefined,
  })
  return (
    <>
      <Form<typeof schema>
        form={form}
        label={`Numbering of ${what}`}
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
          <PatternTokens
            label={`Parts of a number of ${what}`}
            pattern={pattern ?? ''}
            field={input}
            onChange={(next) => form.setValue('pattern', next, { shouldDirty: true })}
          />
          <SeriesPreview pattern={pattern ?? ''} startValue={startValue ?? 1} code={series.code} />
          {acts}
        </FormSection>
        <SaveBar dirty={isDirty} saving={isSubmitting} onDiscard={() => form.reset()} />
      </Form>
      {guarded.dialog}
    </>
  )
}

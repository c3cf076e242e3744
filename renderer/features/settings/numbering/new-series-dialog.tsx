import { Button, Select } from '@mantine/core'
import { useRef } from 'react'
import { useWatch } from 'react-hook-form'
import { contract } from '../../../../shared/contract/index.ts'
import { useBranches } from '../../../app/branches.ts'
import { useCommand } from '../../../app/queries.ts'
import { Dialog, DialogFooter } from '../../../ui/dialog.tsx'
import { Field, FieldRow, Form, useSchemaForm } from '../../../ui/form.tsx'
import { WholeNumberField } from '../../../ui/number-fields.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { kindTitles, PatternTokens, type SeriesKind, SeriesPreview } from './series-pattern.tsx'

const schema = contract.numberSeries.create.input.pick({ code: true, pattern: true, startValue: true, branchId: true })

type Props = { readonly kind: SeriesKind; readonly onClose: () => void }

/** Adds a series beside those that a kind of document has. */
export const NewSeriesDialog = ({ kind, onClose }: Props) => {
  const input = useRef<HTMLInputElement>(null)
  const form = useSchemaForm(schema, { code: '', pattern: '{SERIES}-{YYYY}-{0000}', startValue: 1, branchId: null })
  const { open } = useBranches()
  const create = useCommand('numberSeries', 'create')
  const [code, pattern, startValue] = useWatch({ control: form.control, name: ['code', 'pattern', 'startValue'] })
  const what = kindTitles[kind].toLowerCase()
  return (
    <Dialog open onClose={onClose} title={`Add a series of ${what}`} size="lg">
      <Form<typeof schema>
        form={form}
        label={`New series of ${what}`}
        onSubmit={async (values) => {
          await create.mutateAsync({ documentKind: kind, ...values })
          const use =
            values.branchId === null ? 'Choose it when you issue, or make it the default.' : 'Its branch uses it.'
          showToast({ message: `Series ${values.code} added. ${use}` })
          onClose()
        }}
      >
        <FieldRow>
          <Field control={form.control} name="code">
            {({ onChange, ...bound }) => (
              <TextField
                {...bound}
                label="Code"
                description="Capital letters, digits and -, such as EXPORT."
                withAsterisk
                required
                maxLength={12}
                data-autofocus
                autoComplete="off"
                onChange={(text) => onChange(text.toUpperCase())}
              />
            )}
          </Field>
          <Field control={form.control} name="startValue">
            {(bound) => (
              <WholeNumberField {...bound} label="Start value" description="The first counter of each new period." />
            )}
          </Field>
        </FieldRow>
        {open.length > 1 && (
          <Field control={form.control} name="branchId">
            {({ value, ...bound }) => (
              <Select
                {...bound}
                label="Branch"
                description="Documents of this branch take their numbers here."
                placeholder="Any branch"
                clearable
                value={value ?? null}
                data={open.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
          </Field>
        )}
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
        <PatternTokens
          label="Parts of a number"
          pattern={pattern}
          field={input}
          onChange={(next) => form.setValue('pattern', next, { shouldDirty: true })}
        />
        <SeriesPreview pattern={pattern} startValue={startValue ?? 1} code={code || 'CODE'} />
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Add series
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  )
}

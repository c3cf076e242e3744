import { ActionIcon, Button, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useFieldArray } from 'react-hook-form'
import { type ReminderTone, reminderTones } from '../../../shared/documents/reminders.ts'
import { Field, type SchemaForm } from '../../ui/form.tsx'
import { AmountField, PercentField, WholeNumberField } from '../../ui/number-fields.tsx'
import { nextStep, type planSchema } from './plan-values.ts'
import classes from './plans.module.css'
import { toneNames } from './reminder-words.ts'

type PlanForm = SchemaForm<typeof planSchema>

type DaysProps = {
  readonly of: string
  readonly value: number | null
  readonly onChange: (days: number | null) => void
  readonly error: string | undefined
}

/** So many days before or after: the sign as a word. */
const DaysField = ({ of, value, onChange, error }: DaysProps) => {
  const [isBefore, setBefore] = useState(value !== null && value < 0)
  const count = value === null ? null : Math.abs(value)
  const set = (days: number | null, before: boolean) =>
    onChange(days === null ? null : before && days > 0 ? -days : days)
  return (
    <div className={classes['days']}>
      <WholeNumberField
        aria-label={`Days of ${of}`}
        w={64}
        value={count}
        error={error}
        onChange={(days) => set(days === null ? null : Math.abs(days), isBefore)}
      />
      <Select
        aria-label={`${of} before or after the due date`}
        w={178}
        allowDeselect={false}
        data={[
          { value: 'before', label: 'days before it is due' },
          { value: 'after', label: 'days after it is due' },
        ]}
        value={isBefore ? 'before' : 'after'}
        onChange={(chosen) => {
          setBefore(chosen === 'before')
          set(count, chosen === 'before')
        }}
      />
    </div>
  )
}

const tones = reminderTones.map((tone) => ({ value: tone, label: toneNames[tone] }))

type RowProps = {
  readonly form: PlanForm
  readonly index: number
  readonly currency: string
  readonly onRemove: (() => void) | null
}

const StepRow = ({ form, index, currency, onRemove }: RowProps) => {
  const { control } = form
  const of = `Step ${index + 1}`
  const days = form.watch(`steps.${index}.days`)
  // Until it is due nothing is late, so there is nothing to charge.
  const isEarly = typeof days === 'number' && days < 0
  return (
    <tr>
      <td>
        <Field control={control} name={`steps.${index}.days`}>
          {({ value, onChange, error }) => (
            <DaysField of={of} value={value ?? null} onChange={onChange} error={error} />
          )}
        </Field>
      </td>
      <td>
        <Field control={control} name={`steps.${index}.tone`}>
          {({ value, onChange, error }) => (
            <Select
              aria-label={`Tone of ${of}`}
              w={112}
              allowDeselect={false}
              data={tones}
              value={value}
              error={error}
              // The list has the tones and nothing else.
              onChange={(tone) => onChange((tone ?? 'friendly') as ReminderTone)}
            />
          )}
        </Field>
      </td>
      <td>
        <Field control={control} name={`steps.${index}.feePercentE6`}>
          {({ value, onChange, error }) => (
            <PercentField
              aria-label={`Fee of ${of} in per cent`}
              w={88}
              placeholder={isEarly ? '' : 'None'}
              disabled={isEarly}
              value={isEarly ? null : value}
              onChange={onChange}
              error={error}
            />
          )}
        </Field>
      </td>
      <td>
        <Field control={control} name={`steps.${index}.feeAmountE4`}>
          {({ value, onChange, error }) => (
            <AmountField
              aria-label={`Fee of ${of} as an amount`}
              w={132}
              currency={currency}
              placeholder={isEarly ? '' : 'None'}
              disabled={isEarly}
              value={isEarly ? null : value}
              onChange={onChange}
              error={error}
            />
          )}
        </Field>
      </td>
      <td data-align="end">
        <ActionIcon aria-label={`Remove ${of}`} disabled={onRemove === null} onClick={() => onRemove?.()}>
          <IconTrash size={15} />
        </ActionIcon>
      </td>
    </tr>
  )
}

/** The steps of a plan as rows to edit. */
export const StepRows = ({ form, currency }: { readonly form: PlanForm; readonly currency: string }) => {
  const steps = useFieldArray({ control: form.control, name: 'steps', keyName: 'key' })
  const errors = form.formState.errors.steps
  const problem = errors?.root?.message ?? errors?.message
  return (
    <>
      <div className={classes['scroll']}>
        <table className={classes['steps']}>
          <caption className="visually-hidden">Steps</caption>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Tone</th>
              <th scope="col">Fee, % of what is open</th>
              <th scope="col">and/or amount</th>
              <th scope="col" data-align="end">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {steps.fields.map((field, index) => (
              <StepRow
                key={field.key}
                form={form}
                index={index}
                currency={currency}
                onRemove={steps.fields.length > 1 ? () => steps.remove(index) : null}
              />
            ))}
          </tbody>
        </table>
      </div>
      {problem !== undefined && (
        <p role="alert" className={classes['problem']}>
          {problem}
        </p>
      )}
      {steps.fields.length < 12 && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes['add']}
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => steps.append(nextStep(form.getValues('steps')))}
        >
          Add a step
        </Button>
      )}
    </>
  )
}

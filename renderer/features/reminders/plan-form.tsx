import { Button, Checkbox, SegmentedControl } from '@mantine/core'
import type { ReminderPlan, ReminderPlanInput } from '../../../shared/contract/reminders.ts'
import { api } from '../../api.ts'
import { useOrganization } from '../../app/organization.ts'
import { newId } from '../../ids.ts'
import { Field, FieldRow, Form, useSchemaForm } from '../../ui/form.tsx'
import { useGuardedSave } from '../../ui/guarded-save.tsx'
import { AmountField } from '../../ui/number-fields.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { PlanTimeline } from './plan-timeline.tsx'
import { planSchema, valuesOf } from './plan-values.ts'
import classes from './plans.module.css'
import { StepRows } from './step-rows.tsx'

const fields = [
  { path: 'name', label: 'Name' },
  { path: 'isAutomatic', label: 'Goes by itself' },
  { path: 'isDefault', label: 'Default' },
  { path: 'leastOpenE4', label: 'Least open amount' },
  { path: 'steps', label: 'Steps', text: (value: unknown) => (Array.isArray(value) ? `${value.length} steps` : '') },
]

type Props = {
  /** null for one that is not there yet. */
  readonly plan: ReminderPlan | null
  readonly start: ReminderPlanInput
  readonly onClose: () => void
}

const useSave = ({ plan, start, onClose }: Props) => {
  const id = plan?.id ?? newId()
  return useGuardedSave<ReminderPlanInput>({
    what: 'This plan',
    fields,
    before: start,
    latest: async () => {
      const found = (await api.reminders.plans({})).find((it) => it.id === id)
      return found === undefined ? { ...start, version: 0 } : { ...valuesOf(found), version: found.version }
    },
    save: (values, version) => api.reminders.savePlan({ id, version: version === 0 ? null : version, values }),
    onSaved: () => {
      showToast({ message: 'The reminder plan is saved.' })
      onClose()
    },
  })
}

/** A reminder plan to edit: its steps as a table, and the line that they make. */
export const PlanForm = (props: Props) => {
  const { plan, start, onClose } = props
  const currency = useOrganization()?.currency ?? 'EUR'
  const form = useSchemaForm(planSchema, start)
  const { save, dialog } = useSave(props)
  const { control } = form
  const steps = form.watch('steps')
  return (
    <>
      <Form
        form={form}
        label={plan === null ? 'New reminder plan' : `Reminder plan ${plan.name}`}
        onSubmit={(values) => save(values, plan?.version ?? 0)}
      >
        <FieldRow>
          <Field control={control} name="name">
            {(bound) => <TextField {...bound} label="Name" required withAsterisk maxLength={60} data-autofocus />}
          </Field>
          <Field control={control} name="leastOpenE4">
            {(bound) => (
              <AmountField
                {...bound}
                currency={currency}
                label="Least open amount"
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                description="Nobody is reminded of less."
              />
            )}
          </Field>
        </FieldRow>
        <Field control={control} name="isAutomatic">
          {({ value, onChange }) => (
            <div>
              <SegmentedControl
                aria-label="How its reminders go out"
                value={value ? 'automatic' : 'ask'}
                onChange={(chosen) => onChange(chosen === 'automatic')}
                data={[
                  { value: 'ask', label: 'Ask me first' },
                  { value: 'automatic', label: 'Send by itself' },
                ]}
              />
              <p className={classes['hint']}>
                {value
                  ? 'Each message goes on its day while Counterfoil is open, or when it is opened next. After an absence a client gets one message, not all that were missed.'
                  : 'What is due waits under “Reminders due” until you have looked at it.'}
              </p>
            </div>
          )}
        </Field>
        <PlanTimeline
          steps={(steps ?? []).flatMap(({ id, days, tone, feePercentE6, feeAmountE4 }) =>
            // While one types there may be no number.
            typeof days === 'number'
              ? [{ id, days, tone, withFee: Boolean(feePercentE6) || Boolean(feeAmountE4) }]
              : [],
          )}
        />
        <StepRows form={form} currency={currency} />
        <p className={classes['hint']}>
          A fee is asked for by an invoice of its own without tax; the overdue one stays as it is. Fees as an amount are
          in the currency of the invoice.
        </p>
        <Field control={control} name="isDefault">
          {({ value, onChange, ref, name, onBlur }) => (
            <Checkbox
              ref={ref}
              name={name}
              onBlur={onBlur}
              label="The default: for every client without a plan of its own"
              checked={value}
              disabled={plan?.isDefault ?? false}
              onChange={(event) => onChange(event.currentTarget.checked)}
            />
          )}
        </Field>
        <div className={classes['buttons']}>
          <Button type="submit" loading={form.formState.isSubmitting}>
            Save the plan
          </Button>
          <Button variant="default" onClick={onClose}>
            {plan === null ? 'Cancel' : 'Discard changes'}
          </Button>
        </div>
      </Form>
      {dialog}
    </>
  )
}

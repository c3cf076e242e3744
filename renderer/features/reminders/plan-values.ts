import { type ReminderPlan, type ReminderPlanInput, reminders } from '../../../shared/contract/reminders.ts'
import type { ReminderTone } from '../../../shared/documents/reminders.ts'
import { zero } from '../../../shared/money/scaled.ts'
import { newId } from '../../ids.ts'

/** What is edited of a plan. */
export const planSchema = reminders.savePlan.input.shape.values

const step = (days: number, tone: ReminderTone): ReminderPlanInput['steps'][number] => ({
  id: newId(),
  days,
  tone,
  feePercentE6: null,
  feeAmountE4: null,
})

/** The plan that suits most: a word before the due date, a firm one after a week, a last one after two. */
export const standardPlan = (): ReminderPlanInput => ({
  name: 'Standard',
  isAutomatic: false,
  isDefault: true,
  leastOpenE4: zero,
  steps: [step(-3, 'friendly'), step(7, 'firm'), step(14, 'final')],
})

/** A plan to begin with beside those that are there. */
export const newPlan = (): ReminderPlanInput => ({
  ...standardPlan(),
  name: '',
  isDefault: false,
  steps: [step(7, 'friendly')],
})

/** What is edited of a stored plan. */
export const valuesOf = ({ name, isAutomatic, isDefault, leastOpenE4, steps }: ReminderPlan): ReminderPlanInput => ({
  name,
  isAutomatic,
  isDefault,
  leastOpenE4,
  steps: steps.map(({ id, days, tone, feePercentE6, feeAmountE4 }) => ({ id, days, tone, feePercentE6, feeAmountE4 })),
})

const sterner: Readonly<Record<ReminderTone, ReminderTone>> = { friendly: 'firm', firm: 'final', final: 'final' }

/** The step to add after those that are there: a week later and a tone sterner. */
export const nextStep = (steps: readonly { readonly days?: number; readonly tone?: ReminderTone }[]) => {
  const last = steps.reduce<{ days: number; tone: ReminderTone } | null>(
    (latest, { days, tone }) =>
      days === undefined || days === null || (latest !== null && latest.days >= days)
        ? latest
        : { days, tone: tone ?? 'friendly' },
    null,
  )
  return last === null ? step(7, 'friendly') : step(last.days + 7, sterner[last.tone])
}

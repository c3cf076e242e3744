import { addDays } from '../dates.ts'
import { add, percentOfAmount } from '../money/arithmetic.ts'
import type { RoundingMode } from '../money/rounding.ts'
import { type Amount, type Percent, zero } from '../money/scaled.ts'

export const reminderTones = ['friendly', 'firm', 'final'] as const
export type ReminderTone = (typeof reminderTones)[number]

export type ReminderStep = {
  readonly id: string
  /** Days after the due date; below zero before it. */
  readonly days: number
  readonly tone: ReminderTone
  readonly feePercentE6: Percent | null
  readonly feeAmountE4: Amount | null
}

/** Why no reminder goes for an invoice. */
export const reminderObstacles = [
  'not-issued',
  'void',
  'settled',
  'no-due-date',
  'no-plan',
  'too-little-open',
  'stopped',
  'all-steps-done',
  'no-address',
  'no-mail-account',
] as const
export type ReminderObstacle = (typeof reminderObstacles)[number]

export type RemindedInvoice = {
  readonly state: 'draft' | 'open' | 'paid' | 'void'
  readonly dueOn: string | null
  readonly openE4: Amount
  readonly isStopped: boolean
  readonly hasAddress: boolean
  readonly hasMailAccount: boolean
}

export type ReminderPlan = { readonly leastOpenE4: Amount; readonly steps: readonly ReminderStep[] }

export type NextReminder =
  | { readonly kind: 'none'; readonly why: ReminderObstacle }
  /** `why` is set where its day comes, but the message could not go. */
  | {
      readonly kind: 'planned'
      readonly step: ReminderStep
      readonly on: string
      readonly why: ReminderObstacle | null
    }

const hardObstacle = (invoice: RemindedInvoice, plan: ReminderPlan | null): ReminderObstacle | null => {
  if (invoice.state === 'draft') return 'not-issued'
  if (invoice.state === 'void') return 'void'
  if (invoice.state === 'paid') return 'settled'
  if (invoice.dueOn === null) return 'no-due-date'
  if (plan === null || plan.steps.length === 0) return 'no-plan'
  if (invoice.isStopped) return 'stopped'
  return invoice.openE4 < plan.leastOpenE4 ? 'too-little-open' : null
}

const byDay = (steps: readonly ReminderStep[]) => [...steps].sort((a, b) => a.days - b.days)

/** The next reminder of an invoice with its date, or why there is none; `done` names the steps that had their turn. */
export const nextReminder = (
  invoice: RemindedInvoice,
  plan: ReminderPlan | null,
  done: ReadonlySet<string>,
): NextReminder => {
  const why = hardObstacle(invoice, plan)
  if (why !== null || invoice.dueOn === null || plan === null) return { kind: 'none', why: why ?? 'no-plan' }
  const step = byDay(plan.steps).find(({ id }) => !done.has(id))
  if (step === undefined) return { kind: 'none', why: 'all-steps-done' }
  const soft = invoice.hasAddress ? (invoice.hasMailAccount ? null : 'no-mail-account') : 'no-address'
  return { kind: 'planned', step, on: addDays(invoice.dueOn, step.days), why: soft }
}

/**
 * Of the steps whose day has come, the one to take now and those it takes the place of: after an absence a client gets
 * one message, not all that were missed. null where no day has come.
 */
export const dueSteps = (
  dueOn: string,
  steps: readonly ReminderStep[],
  done: ReadonlySet<string>,
  today: string,
): { readonly take: ReminderStep; readonly skip: readonly ReminderStep[] } | null => {
  const come = byDay(steps).filter(({ id, days }) => !done.has(id) && addDays(dueOn, days) <= today)
  const take = come.at(-1)
  return take === undefined ? null : { take, skip: come.slice(0, -1) }
}

/** The late fee of a step on what is open: its percentage, rounded to the currency, plus its amount. Zero for none. */
export const lateFeeOf = (
  step: Pick<ReminderStep, 'feePercentE6' | 'feeAmountE4'>,
  openE4: Amount,
  minorUnits: number,
  mode: RoundingMode,
): Amount =>
  add(
    step.feePercentE6 === null ? zero : percentOfAmount(openE4, step.feePercentE6, minorUnits, mode),
    step.feeAmountE4 ?? zero,
  )

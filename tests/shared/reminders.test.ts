import { describe, expect, test } from 'vitest'
import {
  dueSteps,
  lateFeeOf,
  nextReminder,
  type RemindedInvoice,
  type ReminderStep,
} from '../../shared/documents/reminders.ts'
import { amountOf, percentOf } from '../../shared/money/decimal-string.ts'

const step = (id: string, days: number, more: Partial<ReminderStep> = {}): ReminderStep => ({
  id,
  days,
  tone: 'friendly',
  feePercentE6: null,
  feeAmountE4: null,
  ...more,
})
// Not in order: a person adds steps as they come to mind.
const plan = { leastOpenE4: amountOf('5'), steps: [step('after', 7), step('before', -3), step('final', 21)] }
const invoice: RemindedInvoice = {
  state: 'open',
  dueOn: '2026-03-31',
  openE4: amountOf('120'),
  isStopped: false,
  hasAddress: true,
  hasMailAccount: true,
}
const done = (...ids: string[]) => new Set(ids)

describe('the next reminder', () => {
  test('has its date from the due date, earliest step first', () => {
    expect(nextReminder(invoice, plan, done())).toMatchObject({ kind: 'planned', on: '2026-03-28', why: null })
    expect(nextReminder(invoice, plan, done('before'))).toMatchObject({ on: '2026-04-07' })
    expect(nextReminder(invoice, plan, done('before', 'after', 'final'))).toEqual({
      kind: 'none',
      why: 'all-steps-done',
    })
  })

  test.each([
    ['not-issued', { ...invoice, state: 'draft' }, plan],
    ['void', { ...invoice, state: 'void' }, plan],
    ['settled', { ...invoice, state: 'paid' }, plan],
    ['no-due-date', { ...invoice, dueOn: null }, plan],
    ['no-plan', invoice, null],
    ['no-plan', invoice, { ...plan, steps: [] }],
    ['stopped', { ...invoice, isStopped: true }, plan],
    ['too-little-open', { ...invoice, openE4: amountOf('4.99') }, plan],
  ] as const)('says why there is none: %s', (why, given, thePlan) => {
    expect(nextReminder(given, thePlan, done())).toEqual({ kind: 'none', why })
  })

  test('says why its message could not go', () => {
    expect(nextReminder({ ...invoice, hasAddress: false }, plan, done())).toMatchObject({ why: 'no-address' })
    expect(nextReminder({ ...invoice, hasMailAccount: false }, plan, done())).toMatchObject({ why: 'no-mail-account' })
  })
})

test('after an absence one message goes, the last that is due; the others are left out for good', () => {
  expect(dueSteps('2026-03-31', plan.steps, done(), '2026-03-27')).toBeNull()
  expect(dueSteps('2026-03-31', plan.steps, done(), '2026-03-28')).toMatchObject({ take: { id: 'before' }, skip: [] })
  expect(dueSteps('2026-03-31', plan.steps, done(), '2026-04-30')).toMatchObject({
    take: { id: 'final' },
    skip: [{ id: 'before' }, { id: 'after' }],
  })
  expect(dueSteps('2026-03-31', plan.steps, done('before', 'after', 'final'), '2026-04-30')).toBeNull()
})

test('a late fee is a percentage of what is open, an amount, or both', () => {
  const fee = (more: Partial<ReminderStep>) => lateFeeOf(step('x', 7, more), amountOf('120.55'), 2, 'half-up')
  expect(fee({})).toBe(0n)
  expect(fee({ feePercentE6: percentOf('1.5') })).toBe(amountOf('1.81'))
  expect(fee({ feeAmountE4: amountOf('40') })).toBe(amountOf('40'))
  expect(fee({ feePercentE6: percentOf('8'), feeAmountE4: amountOf('40') })).toBe(amountOf('49.64'))
})

import { describe, expect, test } from 'vitest'
import { nextStep, standardPlan } from '../../renderer/features/reminders/plan-values.ts'
import {
  awayText,
  feeText,
  obstacleWords,
  outcomeText,
  shortObstacles,
  whenText,
} from '../../renderer/features/reminders/reminder-words.ts'
import { formatsOf } from '../../renderer/ui/locale.tsx'
import { type ReminderObstacle, reminderObstacles } from '../../shared/documents/reminders.ts'
import { amountOf, percentOf } from '../../shared/money/decimal-string.ts'

const formats = formatsOf('en-GB', 'GBP')

describe('the words of reminders', () => {
  test('say when a step falls', () => {
    expect([-3, -1, 0, 1, 14].map(whenText)).toEqual([
      '3 days before it is due',
      '1 day before it is due',
      'On the day it is due',
      '1 day after it is due',
      '14 days after it is due',
    ])
  })

  test('say how a day lies from today', () => {
    const away = (on: string) => awayText(on, '2026-03-01')
    expect(['2026-03-01', '2026-03-02', '2026-03-08', '2026-02-28', '2026-02-20'].map(away)).toEqual([
      'today',
      'tomorrow',
      'in 7 days',
      'since yesterday',
      'for 9 days',
    ])
  })

  test('name a fee by percentage, amount or both, and none as none', () => {
    const fee = (percent: string | null, amount: string | null) =>
      feeText(
        {
          feePercentE6: percent === null ? null : percentOf(percent),
          feeAmountE4: amount === null ? null : amountOf(amount),
        },
        formats,
      )
    expect(fee(null, null)).toBeNull()
    expect(fee('0', '0')).toBeNull()
    expect(fee('5', null)).toBe('5% of what is open')
    expect(fee('2.5', '40')).toBe('2.5% of what is open + 40.00')
  })

  test('have a sentence for every obstacle, with the client, the plan and the reason in it', () => {
    const facts = { clientName: 'Rosewood Bakery', planName: 'Standard', stopReason: 'In dispute' }
    const sentences = reminderObstacles.map((why) => obstacleWords(why, facts).sentence)
    expect(new Set(sentences).size).toBe(reminderObstacles.length)
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].{8,}/)
    expect(new Set(Object.values(shortObstacles)).size).toBe(reminderObstacles.length)
    const of = (why: ReminderObstacle) => obstacleWords(why, facts)
    expect(of('no-address')).toEqual({ sentence: 'Rosewood Bakery has no e-mail address.', cure: 'client' })
    expect(of('stopped')).toEqual({ sentence: 'Stopped: In dispute', cure: 'go-on' })
    expect(of('no-mail-account').cure).toBe('mail')
    expect(of('no-plan').cure).toBe('plans')
    expect(of('all-steps-done').sentence).toContain('“Standard”')
  })

  test('tell what became of a step', () => {
    expect(outcomeText({ outcome: 'skipped', messageState: null })).toBe('Left out')
    expect(outcomeText({ outcome: 'by-hand', messageState: null })).toBe('Told by hand')
    expect(outcomeText({ outcome: 'sent', messageState: 'failed' })).toBe('Not delivered')
    expect(outcomeText({ outcome: 'sent', messageState: 'accepted' })).toBe('Sent')
  })
})

describe('the steps of a plan', () => {
  test('begin before the due date and grow sterner; what is added follows a week later', () => {
    const { steps } = standardPlan()
    expect(steps.map(({ days, tone }) => [days, tone])).toEqual([
      [-3, 'friendly'],
      [7, 'firm'],
      [14, 'final'],
    ])
    expect(nextStep(steps)).toMatchObject({ days: 21, tone: 'final' })
    expect(nextStep(steps.slice(0, 1))).toMatchObject({ days: 4, tone: 'firm' })
    expect(nextStep([])).toMatchObject({ days: 7, tone: 'friendly' })
  })
})

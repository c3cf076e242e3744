import { daysBetween } from '../../../shared/dates.ts'
import type { ReminderObstacle, ReminderStep, ReminderTone } from '../../../shared/documents/reminders.ts'
import type { LocaleFormats } from '../../ui/locale.tsx'

const daysText = (days: number) => (days === 1 ? '1 day' : `${days} days`)

/** When a step falls, seen from the due date: `3 days before it is due`. */
export const whenText = (days: number): string => {
  if (days === 0) return 'On the day it is due'
  return days < 0 ? `${daysText(-days)} before it is due` : `${daysText(days)} after it is due`
}

/** The same in few words, for a timeline: `3 days before`. */
export const shortWhenText = (days: number): string => {
  if (days === 0) return 'due date'
  return days < 0 ? `${daysText(-days)} before` : `${daysText(days)} after`
}

export const toneNames: Readonly<Record<ReminderTone, string>> = {
  friendly: 'Friendly',
  firm: 'Firm',
  final: 'Final',
}

/** The fee of a step: `5 %`, `£40.00` or both; null where it charges none. */
export const feeText = (
  { feePercentE6, feeAmountE4 }: Pick<ReminderStep, 'feePercentE6' | 'feeAmountE4'>,
  formats: Pick<LocaleFormats, 'percent' | 'figures'>,
): string | null => {
  const parts = [
    ...(feePercentE6 ? [`${formats.percent(feePercentE6)} of what is open`] : []),
    // In the currency of each invoice, which a plan does not know.
    ...(feeAmountE4 ? [formats.figures(feeAmountE4)] : []),
  ]
  return parts.length === 0 ? null : parts.join(' + ')
}

/** How a day lies from today: `in 3 days`, `today`, `for 4 days`. */
export const awayText = (on: string, today: string): string => {
  const days = daysBetween(today, on)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'since yesterday'
  return days > 0 ? `in ${days} days` : `for ${-days} days`
}

/** Where what stands in the way of a reminder can be put right. */
export type Cure = 'plans' | 'client' | 'mail' | 'go-on'

type Words = { readonly sentence: string; readonly cure: Cure | null }
type Facts = { readonly clientName: string; readonly planName: string | null; readonly stopReason: string | null }

const planOf = ({ planName }: Facts) => (planName === null ? 'the plan' : `“${planName}”`)

const texts: Readonly<Record<ReminderObstacle, (facts: Facts) => Words>> = {
  'not-issued': () => ({ sentence: 'A draft is not reminded of. Reminders begin once it is issued.', cure: null }),
  void: () => ({ sentence: 'This invoice is void: nothing is to be paid.', cure: null }),
  settled: () => ({ sentence: 'This invoice is settled: there is nothing to remind of.', cure: null }),
  'no-due-date': () => ({ sentence: 'It has no due date from which the days could be counted.', cure: null }),
  'no-plan': () => ({ sentence: 'There is no reminder plan yet.', cure: 'plans' }),
  'too-little-open': (facts) => ({
    sentence: `Less is open than ${planOf(facts)} reminds of.`,
    cure: 'plans',
  }),
  stopped: ({ stopReason }) => ({
    sentence: stopReason === null ? 'Reminders are stopped.' : `Stopped: ${stopReason}`,
    cure: 'go-on',
  }),
  'all-steps-done': (facts) => ({ sentence: `Every step of ${planOf(facts)} has had its turn.`, cure: null }),
  'no-address': ({ clientName }) => ({ sentence: `${clientName} has no e-mail address.`, cure: 'client' }),
  'no-mail-account': () => ({ sentence: 'No mail account is set up to send it with.', cure: 'mail' }),
}

/** Why no reminder goes, in a sentence, and where that can be changed. */
export const obstacleWords = (why: ReminderObstacle, facts: Facts): Words => texts[why](facts)

/** The same for a row of a list. */
export const shortObstacles: Readonly<Record<ReminderObstacle, string>> = {
  'not-issued': 'Draft',
  void: 'Void',
  settled: 'Settled',
  'no-due-date': 'No due date',
  'no-plan': 'No plan',
  'too-little-open': 'Little open',
  stopped: 'Stopped',
  'all-steps-done': 'All steps done',
  'no-address': 'No e-mail address',
  'no-mail-account': 'No mail account',
}

type Done = { readonly outcome: 'sent' | 'by-hand' | 'skipped'; readonly messageState: string | null }

const messageWords: Readonly<Record<string, string>> = {
  queued: 'Waits in the outbox',
  sending: 'Being sent',
  accepted: 'Sent',
  failed: 'Not delivered',
  bounced: 'Came back',
  cancelled: 'Message cancelled',
}

/** What became of a step: `Sent`, `Told by hand`, `Left out`. */
export const outcomeText = ({ outcome, messageState }: Done): string => {
  if (outcome === 'skipped') return 'Left out'
  if (outcome === 'by-hand') return 'Told by hand'
  return messageWords[messageState ?? ''] ?? 'Sent'
}

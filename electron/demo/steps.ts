import { addDays, weekday } from '../../shared/dates.ts'
import type { Stage } from './stage.ts'

/** One thing that happens in the demo's year. */
export type Step = { readonly at: string; readonly play: (stage: Stage) => Promise<void> }

/** An instant on a day: `time` is HH:MM in UTC, which is the studio's office day all year. */
export const instantOf = (date: string, time: string): string => `${date}T${time}:00.000Z`

/** The day itself, or the Friday before a weekend. */
export const workday = (date: string): string => {
  const day = weekday(date)
  return day > 5 ? addDays(date, 5 - day) : date
}

/** Steps in the order of their instants; of one instant in the order of the plan. Nothing happens after `now`. */
export const inOrder = (steps: readonly Step[], now: string): Step[] =>
  steps
    .map((step) => (step.at > now ? { ...step, at: now } : step))
    .map((step, index) => ({ step, index }))
    .sort((one, other) =>
      one.step.at < other.step.at ? -1 : one.step.at > other.step.at ? 1 : one.index - other.index,
    )
    .map(({ step }) => step)

import type { CSSProperties } from 'react'
import type { ReminderTone } from '../../../shared/documents/reminders.ts'
import classes from './plans.module.css'
import { shortWhenText, toneNames } from './reminder-words.ts'

type Step = { readonly id: string; readonly days: number; readonly tone: ReminderTone; readonly withFee: boolean }

type Mark = {
  readonly id: string
  readonly days: number
  readonly tone: ReminderTone | null
  readonly withFee: boolean
}

// Far days are drawn nearer, or a step after a year would press all others into one point.
const bent = (days: number) => Math.sign(days) * Math.sqrt(Math.abs(days))

/** The places of marks in per cent of the line, in order and never on top of each other. */
const placesOf = (marks: readonly Mark[]): number[] => {
  const bents = marks.map(({ days }) => bent(days))
  const first = bents[0] ?? 0
  const span = (bents.at(-1) ?? 0) - first || 1
  const gap = 100 / Math.max(marks.length - 1, 1)
  // Half by the days, half evenly: the order and the rough distance are seen, and the words have room.
  return marks.map((_, index) => (((bents[index] ?? 0) - first) / span) * 50 + index * gap * 0.5)
}

/** The steps of a plan on a line around the due date. */
export const PlanTimeline = ({ steps }: { readonly steps: readonly Step[] }) => {
  const due: Mark = { id: 'due', days: 0, tone: null, withFee: false }
  const marks: Mark[] = [...steps, ...(steps.some(({ days }) => days === 0) ? [] : [due])].sort(
    (one, other) => one.days - other.days,
  )
  const places = placesOf(marks)
  return (
    <ol className={classes['line']} aria-label="Steps around the due date">
      {marks.map(({ id, days, tone, withFee }, index) => (
        // A custom property, which the style object's type does not know.
        <li key={id} style={{ '--at': `${places[index] ?? 0}%` } as CSSProperties} data-tone={tone ?? 'due'}>
          <span className={classes['dot']} aria-hidden="true" />
          <span className={classes['dot-when']}>{shortWhenText(days)}</span>
          <span className={classes['dot-tone']}>
            {tone === null ? '' : toneNames[tone]}
            {withFee ? ' + fee' : ''}
          </span>
        </li>
      ))}
    </ol>
  )
}

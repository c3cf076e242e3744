import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { addDays, addMonths, civilParts, firstDayOfMonth, weekday } from '../../shared/dates.ts'
import classes from './calendar.module.css'
import { useFormats } from './locale.tsx'

type Props = {
  readonly value: string | null
  readonly today: string
  readonly onPick: (date: string) => void
}

const moves: Readonly<Record<string, (date: string) => string>> = {
  ArrowLeft: (date) => addDays(date, -1),
  ArrowRight: (date) => addDays(date, 1),
  ArrowUp: (date) => addDays(date, -7),
  ArrowDown: (date) => addDays(date, 7),
  PageUp: (date) => addMonths(date, -1),
  PageDown: (date) => addMonths(date, 1),
}

/** Six weeks from the Monday before the first of the month. */
const weeksOf = (month: string): string[][] => {
  const start = addDays(month, 1 - weekday(month))
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_, day) => addDays(start, week * 7 + day)))
}

/** A month to pick a day from: arrows move by day and week, Page Up and Down by month. */
export const Calendar = ({ value, today, onPick }: Props) => {
  const formats = useFormats()
  const [focused, setFocused] = useState(value ?? today)
  const grid = useRef<HTMLTableElement>(null)
  const month = firstDayOfMonth(focused)
  const byKey = useRef(false)
  useEffect(() => {
    // Only after a key in the days: the buttons above keep their focus.
    if (!byKey.current) return
    byKey.current = false
    grid.current?.querySelector<HTMLButtonElement>(`[data-date="${focused}"]`)?.focus()
  }, [focused])
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    byKey.current = true
    setFocused(move(focused))
  }
  const weeks = weeksOf(month)
  const dayName = new Intl.DateTimeFormat(formats.locale, { weekday: 'short', timeZone: 'UTC' })
  return (
    <div className={classes['calendar']}>
      <div className={classes['head']}>
        <ActionIcon size={28} aria-label="Month before" onClick={() => setFocused(addMonths(focused, -1))}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <span aria-live="polite">{formats.month(month)}</span>
        <ActionIcon size={28} aria-label="Next month" onClick={() => setFocused(addMonths(focused, 1))}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </div>
      <table ref={grid} onKeyDown={onKeyDown} className={classes['grid']}>
        <thead>
          <tr>
            {weeks[0]?.map((date) => (
              <th key={date} scope="col">
                {dayName.format(Date.parse(`${date}T00:00:00Z`))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((date) => (
                <td key={date}>
                  <button
                    type="button"
                    className={classes['day']}
                    data-date={date}
                    data-outside={firstDayOfMonth(date) !== month || undefined}
                    data-today={date === today || undefined}
                    aria-pressed={date === value}
                    aria-label={formats.date(date)}
                    tabIndex={date === focused ? 0 : -1}
                    data-autofocus={date === focused || undefined}
                    onClick={() => onPick(date)}
                  >
                    {civilParts(date).day}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

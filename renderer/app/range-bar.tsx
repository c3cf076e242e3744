import { Select } from '@mantine/core'
import { DateField } from '../ui/date-field.tsx'
import { type DayRange, type FiscalYear, fiscalYearName, rangeNames, rangeOf, rangeTitles } from './date-ranges.ts'
import { useToday } from './organization.ts'
import classes from './range-bar.module.css'

export type ChosenRange = DayRange & {
  /** Its name, or `custom` for days of one's own. */
  readonly name: string
}

type Props = {
  readonly years: readonly FiscalYear[]
  readonly value: ChosenRange
  readonly onChange: (value: ChosenRange) => void
  readonly label?: string
}

// Civil dates sort as text.
const first = (one: string, other: string) => (one < other ? one : other)
const last = (one: string, other: string) => (one < other ? other : one)

const choicesOf = (years: readonly FiscalYear[], today: string) => {
  const named = rangeNames.filter((name) => rangeOf(name, today, years) !== null)
  return [
    ...named.map((value) => ({ value: String(value), label: rangeTitles[value] })),
    ...years.map((year) => ({ value: fiscalYearName(year), label: `Fiscal year ${year.label}` })),
    { value: 'custom', label: 'Other dates' },
  ]
}

/** A period by its name, or by its first and last day. */
export const RangeBar = ({ years, value, onChange, label = 'Period' }: Props) => {
  const today = useToday()
  const { from, to, name } = value
  return (
    <>
      <Select
        aria-label={label}
        className={classes['name']}
        allowDeselect={false}
        maxDropdownHeight={360}
        value={name}
        data={choicesOf(years, today)}
        onChange={(next) => {
          if (next === null) return
          onChange({ name: next, ...(rangeOf(next, today, years) ?? { from, to }) })
        }}
      />
      {name === 'custom' && (
        <>
          <DateField
            aria-label="From"
            today={today}
            className={classes['date']}
            value={from}
            onChange={(day) => day !== null && onChange({ name, from: day, to: last(day, to) })}
          />
          <DateField
            aria-label="To"
            today={today}
            className={classes['date']}
            value={to}
            onChange={(day) => day !== null && onChange({ name, from: first(day, from), to: day })}
          />
        </>
      )}
    </>
  )
}

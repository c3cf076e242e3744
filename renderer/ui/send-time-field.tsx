import { Select } from '@mantine/core'
import { addDays } from '../../shared/dates.ts'
import { DateField } from './date-field.tsx'
import { useFormats } from './locale.tsx'
import classes from './send-time-field.module.css'

type Props = {
  readonly today: string
  /** The instant, or null for at once. */
  readonly value: string | null
  readonly onChange: (value: string | null) => void
}

const pad = (value: number) => String(value).padStart(2, '0')

// A day and a time as the clock of this computer has them.
const instantOf = (day: string, time: string): string => new Date(`${day}T${time}:00`).toISOString()

const partsOf = (instant: string) => {
  const at = new Date(instant)
  return {
    day: `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`,
    time: `${pad(at.getHours())}:${pad(at.getMinutes())}`,
  }
}

/** When a message goes out: at once, tomorrow morning, or at a day and time. */
export const SendTimeField = ({ today, value, onChange }: Props) => {
  const formats = useFormats()
  const tomorrow = instantOf(addDays(today, 1), '08:00')
  const parts = value === null ? null : partsOf(value)
  const choice = value === null ? 'now' : value === tomorrow ? 'tomorrow' : 'own'
  return (
    <div className={classes['row']}>
      <Select
        label="When"
        allowDeselect={false}
        value={choice}
        data={[
          { value: 'now', label: 'At once' },
          { value: 'tomorrow', label: `Tomorrow at ${formats.time(tomorrow)}` },
          { value: 'own', label: 'Another day…' },
        ]}
        onChange={(next) =>
          onChange(next === 'now' ? null : next === 'tomorrow' ? tomorrow : instantOf(addDays(today, 7), '08:00'))
        }
      />
      {choice === 'own' && parts !== null && (
        <>
          <DateField
            label="Day"
            today={today}
            value={parts.day}
            onChange={(day) => day !== null && onChange(instantOf(day, parts.time))}
          />
          <label className={classes['time']}>
            Time
            <input
              type="time"
              value={parts.time}
              onChange={(event) => {
                const time = event.currentTarget.value
                if (time !== '') onChange(instantOf(parts.day, time))
              }}
            />
          </label>
        </>
      )}
    </div>
  )
}

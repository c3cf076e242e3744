import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { addDays, weekday } from '../../../shared/dates.ts'
import { useToday } from '../../app/organization.ts'
import { DateField } from '../../ui/date-field.tsx'
import classes from './send.module.css'
import { instantOf, usualTime } from './send-time.ts'

type Props = {
  /** The instant before which it does not go; null for at once. */
  readonly value: string | null
  readonly onChange: (instant: string | null) => void
  readonly error?: string | undefined
}

/** When a message goes: at once, or on a day at a time. */
export const SendWhen = ({ value, onChange, error }: Props) => {
  const today = useToday()
  const [isLater, setLater] = useState(value !== null)
  const [on, setOn] = useState<string | null>(null)
  const [time, setTime] = useState(usualTime)
  const pick = (day: string | null, clock: string) => {
    setOn(day)
    setTime(clock)
    onChange(day === null ? null : instantOf(day, clock))
  }
  const isPast = on !== null && on < today
  const choices = [
    { label: 'Tomorrow', on: addDays(today, 1) },
    { label: 'Next Monday', on: addDays(today, 8 - weekday(today)) },
  ]
  return (
    <div className={classes['when']}>
      <SegmentedControl
        aria-label="When it goes"
        value={isLater ? 'later' : 'now'}
        data={[
          { value: 'now', label: 'Send now' },
          { value: 'later', label: 'Send later' },
        ]}
        onChange={(chosen) => {
          setLater(chosen === 'later')
          if (chosen === 'later') pick(addDays(today, 1), usualTime)
          else pick(null, usualTime)
        }}
      />
      {isLater ? (
        <div className={classes['when-fields']}>
          <DateField
            aria-label="Day on which it goes"
            w={150}
            today={today}
            value={on}
            onChange={(day) => pick(day, time)}
            error={isPast ? 'This day has passed.' : error}
          />
          <TextInput
            aria-label="Time at which it goes"
            type="time"
            w={128}
            value={time}
            onChange={(event) => pick(on, event.currentTarget.value)}
          />
          {choices.map((choice) => (
            <Button key={choice.label} variant="subtle" size="compact-sm" onClick={() => pick(choice.on, usualTime)}>
              {choice.label}
            </Button>
          ))}
        </div>
      ) : (
        <span className={classes['quiet']}>Without a network it waits in the outbox.</span>
      )}
    </div>
  )
}

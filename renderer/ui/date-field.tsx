import { ActionIcon, Popover } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { useState } from 'react'
import { Calendar } from './calendar.tsx'
import { parseDateText } from './date-text.ts'
import { useFormats } from './locale.tsx'
import { ParsedField, type ParsedFieldProps } from './parsed-field.tsx'

type Props = ParsedFieldProps<string> & {
  /** Where typing and the calendar begin; what is left out of a date comes from it. */
  readonly today: string
}

/** A civil date: typed in the locale's way (`31/3`, `+30`, `t`), or picked. */
export const DateField = ({ today, ...rest }: Props) => {
  const formats = useFormats()
  const [open, setOpen] = useState(false)
  const pick = (date: string) => {
    rest.onChange(date)
    setOpen(false)
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus withRoles={false}>
      <Popover.Target>
        <div>
          <ParsedField
            {...rest}
            parse={(text) => {
              const date = parseDateText(text, formats.locale, today)
              return date === null
                ? { ok: false, problem: `Enter a date, such as ${formats.date(today)}.` }
                : { ok: true, value: date }
            }}
            format={formats.date}
            rightSection={
              <ActionIcon
                size={24}
                aria-label="Choose from the calendar"
                aria-haspopup="dialog"
                aria-expanded={open}
                disabled={rest.disabled === true}
                onClick={() => setOpen(!open)}
              >
                <IconCalendar size={16} />
              </ActionIcon>
            }
          />
        </div>
      </Popover.Target>
      <Popover.Dropdown p={8} role="dialog" aria-label="Calendar">
        <Calendar value={rest.value ?? null} today={today} onPick={pick} />
      </Popover.Dropdown>
    </Popover>
  )
}

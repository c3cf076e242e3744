import { Checkbox, Select } from '@mantine/core'
import { useId } from 'react'
import { addMonths } from '../../../shared/dates.ts'
import { recurrenceUnits } from '../../../shared/documents/recurrence.ts'
import { useToday } from '../../app/organization.ts'
import { DateField } from '../../ui/date-field.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { WholeNumberField } from '../../ui/number-fields.tsx'
import { Panel } from '../../ui/panel.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { actionTexts, catchUpTexts, endText, firstDate, rhythmText, type ScheduleFields } from './rhythm.ts'
import classes from './schedule.module.css'

type Problems = Readonly<Record<string, string>>

type Props = {
  readonly fields: ScheduleFields
  readonly onChange: (change: Partial<ScheduleFields>) => void
  readonly problems: Problems
}

const unitLabels = { day: 'days', week: 'weeks', month: 'months', quarter: 'quarters', year: 'years' } as const
const units = recurrenceUnits.map((unit) => ({ value: unit, label: unitLabels[unit] }))
const actions = Object.entries(actionTexts).map(([value, { label }]) => ({ value, label }))
const catchUps = Object.entries(catchUpTexts).map(([value, label]) => ({ value, label }))
const prices = [
  { value: 'fixed', label: 'As written here' },
  { value: 'item', label: "The item's price then" },
]
const ends = [
  { value: 'never', label: 'Never' },
  { value: 'on', label: 'On a day' },
  { value: 'count', label: 'After a number' },
]

/** How often: the interval, its unit, the first day, and whether it goes by last days. */
const Rhythm = ({ fields, onChange, problems }: Props) => {
  const today = useToday()
  const label = useId()
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset draws a legend that cannot stand among the labels of the row */}
      <div className={classes['every']} role="group" aria-labelledby={label}>
        <span id={label} className={classes['label']}>
          Every
        </span>
        <WholeNumberField
          aria-label="Every how many"
          w={56}
          data-field="every"
          value={fields.every}
          error={problems['every']}
          onChange={(every) => every !== null && onChange({ every })}
        />
        <Select
          aria-label="Unit of time"
          data={units}
          value={fields.unit}
          // The list gives back one of the units.
          onChange={(unit) => unit !== null && onChange({ unit: unit as ScheduleFields['unit'] })}
        />
      </div>
      <DateField
        label="First on"
        data-field="startsOn"
        today={today}
        value={fields.startsOn}
        error={problems['startsOn']}
        onChange={(startsOn) => startsOn !== null && onChange({ startsOn })}
      />
    </>
  )
}

/** When it ends: never, on a day, after a number of times. */
const End = ({ fields, onChange, problems }: Props) => {
  const today = useToday()
  const mode = fields.endsOn !== null ? 'on' : fields.count !== null ? 'count' : 'never'
  return (
    <>
      <Select
        label="Ends"
        data={ends}
        value={mode}
        onChange={(next) =>
          onChange({
            endsOn: next === 'on' ? (fields.endsOn ?? addMonths(fields.startsOn, 12)) : null,
            count: next === 'count' ? (fields.count ?? 12) : null,
          })
        }
      />
      {mode === 'on' && (
        <DateField
          label="Last possible day"
          data-field="endsOn"
          today={today}
          value={fields.endsOn}
          error={problems['endsOn']}
          onChange={(endsOn) => endsOn !== null && onChange({ endsOn })}
        />
      )}
      {mode === 'count' && (
        <WholeNumberField
          label="Times"
          data-field="count"
          value={fields.count}
          error={problems['count']}
          onChange={(count) => count !== null && onChange({ count })}
        />
      )}
    </>
  )
}

/** What happens on each date: the act, the prices, and what becomes of periods that were missed. */
const Acts = ({ fields, onChange }: Omit<Props, 'problems'>) => (
  <>
    <Select
      label="Then"
      data={actions}
      value={fields.action}
      // The lists below give back one of their values.
      onChange={(action) => action !== null && onChange({ action: action as ScheduleFields['action'] })}
    />
    <Select
      label="Prices"
      data={prices}
      value={fields.prices}
      onChange={(value) => value !== null && onChange({ prices: value as ScheduleFields['prices'] })}
    />
    <Select
      label="Several missed"
      data={catchUps}
      value={fields.catchUp}
      onChange={(value) => value !== null && onChange({ catchUp: value as ScheduleFields['catchUp'] })}
    />
  </>
)

/** The schedule in place of the dates of an invoice: when it repeats, until when, and what happens then. */
export const ScheduleForm = ({ fields, onChange, problems }: Props) => {
  const formats = useFormats()
  const end = endText(fields, formats.date)
  const isValid = fields.every >= 1
  const byMonth = fields.unit !== 'day' && fields.unit !== 'week'
  return (
    <Panel title="Schedule">
      <div className={classes['grid']}>
        <div className={classes['name']}>
          <TextField
            label="Name"
            placeholder="Hosting"
            data-field="name"
            maxLength={120}
            value={fields.name}
            error={problems['name']}
            onChange={(name) => onChange({ name })}
          />
        </div>
        <Rhythm fields={fields} onChange={onChange} problems={problems} />
        <End fields={fields} onChange={onChange} problems={problems} />
        <Acts fields={fields} onChange={onChange} />
        {byMonth && (
          <Checkbox
            className={classes['wide'] ?? ''}
            label="On the last day of the month"
            checked={fields.anchor === 'last-day'}
            onChange={(event) => onChange({ anchor: event.currentTarget.checked ? 'last-day' : 'same-day' })}
          />
        )}
      </div>
      <p className={classes['sentence']} role="status" aria-label="The schedule in words">
        {isValid ? (
          <>
            <strong>{rhythmText(fields)}</strong>
            {end === null ? '' : `, ${end}`}, first on {formats.date(firstDate(fields))}.{' '}
            {actionTexts[fields.action].about}
          </>
        ) : (
          'Every 1 or more.'
        )}
      </p>
    </Panel>
  )
}

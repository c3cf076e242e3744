import { Select, TextInput } from '@mantine/core'
import type { FilteredList, FilterField } from '../../../shared/contract/list-filter.ts'
import { fromDecimalString, toDecimalString } from '../../../shared/money/decimal-string.ts'
import { amount, digits } from '../../../shared/money/scaled.ts'
import { DateField } from '../../ui/date-field.tsx'
import { AmountField, WholeNumberField } from '../../ui/number-fields.tsx'
import { useBranches } from '../branches.ts'
import { useToday } from '../organization.ts'
import { useApiQuery } from '../queries.ts'
import { choiceWords, daysValue, readDateValue } from './filter-words.ts'
import classes from './filters.module.css'

type EditorProps = {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly 'aria-label': string
  readonly error: string | undefined
}

const dateModes = [
  { value: 'on', label: 'The day' },
  { value: 'today', label: 'Today' },
  { value: 'ago', label: 'Days ago' },
  { value: 'ahead', label: 'Days from now' },
] as const
type DateMode = (typeof dateModes)[number]['value']

const modeOf = (value: string): DateMode => {
  const date = readDateValue(value)
  if ('on' in date) return 'on'
  return date.days === 0 ? 'today' : date.days < 0 ? 'ago' : 'ahead'
}

const beginOf: Readonly<Record<DateMode, string>> = { on: '', today: 'today', ago: 'today-30', ahead: 'today+30' }

const DateValue = ({ value, onChange, error, 'aria-label': label }: EditorProps) => {
  const today = useToday()
  const mode = modeOf(value)
  const date = readDateValue(value)
  return (
    <div className={classes['date']}>
      <Select
        aria-label={`${label}, kind of day`}
        data={dateModes}
        value={mode}
        // The list gives back one of its own values.
        onChange={(next) => onChange(beginOf[(next ?? 'on') as DateMode])}
      />
      {mode === 'on' && (
        <DateField
          aria-label={label}
          today={today}
          value={'on' in date && date.on !== '' ? date.on : null}
          onChange={(on) => onChange(on ?? '')}
          error={error}
        />
      )}
      {'days' in date && mode !== 'today' && (
        <WholeNumberField
          aria-label={`${label}, days`}
          value={Math.abs(date.days)}
          onChange={(days) => {
            if (days !== null && days > 0 && days < 10_000) onChange(daysValue(mode === 'ago' ? -days : days))
          }}
        />
      )}
    </div>
  )
}

const AmountValue = ({ value, onChange, ...field }: EditorProps) => {
  const parsed = fromDecimalString(value, digits.amount)
  return (
    <AmountField
      {...field}
      // Rows of every currency are compared by their own figures.
      leftSection={null}
      leftSectionWidth={0}
      value={parsed.ok ? amount(parsed.value) : null}
      onChange={(next) => onChange(next === null ? '' : toDecimalString(next, digits.amount, 2))}
    />
  )
}

const TagValue = ({ value, onChange, ...field }: EditorProps) => {
  const tags = useApiQuery('tags', 'list', {}).data ?? []
  return (
    <Select
      {...field}
      placeholder={tags.length === 0 ? 'No tags yet' : 'Choose a tag'}
      searchable
      openOnFocus={false}
      data={tags.map(({ id, name }) => ({ value: id, label: name }))}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
    />
  )
}

const BranchValue = ({ value, onChange, ...field }: EditorProps) => {
  const { all } = useBranches()
  return (
    <Select
      {...field}
      placeholder="Choose a branch"
      searchable
      openOnFocus={false}
      data={all.map(({ id, name }) => ({ value: id, label: name }))}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
    />
  )
}

type Props = EditorProps & { readonly list: FilteredList; readonly field: FilterField }

/** The field in which the value of a condition is given, by the kind of what it is compared with. */
export const FilterValue = ({ list, field, ...editor }: Props) => {
  const { value, onChange, ...shown } = editor
  switch (field.kind) {
    case 'date':
    case 'instant':
      return <DateValue {...editor} />
    case 'amount':
      return <AmountValue {...editor} />
    case 'tag':
      return <TagValue {...editor} />
    case 'branch':
      return <BranchValue {...editor} />
    case 'choice':
      return (
        <Select
          {...shown}
          placeholder="Choose"
          data={(field.choices ?? []).map((choice) => ({ value: choice, label: choiceWords(list, choice) }))}
          value={value === '' ? null : value}
          onChange={(choice) => onChange(choice ?? '')}
        />
      )
    case 'whole':
      return (
        <WholeNumberField
          {...shown}
          value={value === '' ? null : Number(value)}
          onChange={(next) => onChange(next === null ? '' : String(next))}
        />
      )
    default:
      return (
        <TextInput
          {...shown}
          placeholder="Words"
          maxLength={200}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
  }
}

import { type Icon, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { addDays } from '../../../shared/dates.ts'
import { DateField } from '../../ui/date-field.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusChip, type Tone } from '../../ui/status-chip.tsx'
import { describeError } from '../errors.ts'
import { useWorkspace } from '../organization.ts'
import { endOf } from '../past/moments.ts'
import { type ApiOutput, useApiQuery } from '../queries.ts'
import { ChangeValues, changedFields } from './change-values.tsx'
import { tableName } from './field-words.ts'
import classes from './record.module.css'

type Difference = ApiOutput<'audit', 'between'>['rows'][number]
type Subject = { readonly table: string; readonly id: string }

const kinds: Readonly<Record<Difference['kind'], { readonly tone: Tone; readonly icon: Icon; readonly text: string }>> =
  {
    added: { tone: 'positive', icon: IconPlus, text: 'Added' },
    removed: { tone: 'negative', icon: IconTrash, text: 'Removed' },
    changed: { tone: 'neutral', icon: IconPencil, text: 'Changed' },
  }

// What is gone shows what it was, in the way in which something new shows what it is.
const shownAs = ({ kind, oldValues, newValues, names }: Difference) =>
  kind === 'changed'
    ? { action: 'update' as const, oldValues, newValues, names }
    : {
        action: 'insert' as const,
        oldValues: null,
        newValues: kind === 'removed' ? (oldValues ?? {}) : newValues,
        names,
      }

const Row = ({ row }: { readonly row: Difference }) => {
  const formats = useFormats()
  const shown = shownAs(row)
  const { tone, icon, text } = kinds[row.kind]
  return (
    <li className={classes['row']}>
      <div className={classes['compared-head']}>
        <span className={classes['of']}>
          {tableName(row.table)}
          {row.label !== null && <span className={classes['label']}> {row.label}</span>}
        </span>
        <StatusChip tone={tone} icon={icon}>
          {text}
        </StatusChip>
      </div>
      <ChangeValues row={shown} only={changedFields(shown, formats)} />
    </li>
  )
}

const Differences = ({ of, from, to }: { readonly of: Subject; readonly from: string; readonly to: string }) => {
  const query = useApiQuery('audit', 'between', { subject: of, from: endOf(from), to: endOf(to) })
  if (query.isError) return <ErrorPanel {...describeError(query.error)} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <Skeleton lines={4} label="Comparing the two days" />
  const { wasThere, rows } = query.data
  if (rows.length === 0) {
    return <EmptyState sentence="Nothing of this differs between these two days." />
  }
  return (
    <>
      {!wasThere && <p className={classes['not-yet']}>On the first day this was not there yet.</p>}
      <ul className={classes['compared']} aria-label="What differs">
        {rows.map((row) => (
          <Row key={`${row.table} ${row.rowId}`} row={row} />
        ))}
      </ul>
    </>
  )
}

type Days = { readonly from?: string | null; readonly to?: string | null }
type Props = { readonly of: Subject }

const TwoDays = ({ of, today }: Props & { readonly today: string }) => {
  const [days, setDays] = useState<Days>({})
  // Until a day is chosen: what is another today. Emptied, a field waits for its day.
  const from = days.from === undefined ? addDays(today, -1) : days.from
  const to = days.to === undefined ? today : days.to
  const isBackwards = from !== null && to !== null && from > to
  return (
    <>
      <div className={classes['days']}>
        <DateField
          label="At the end of"
          today={today}
          value={from}
          onChange={(day) => setDays({ ...days, from: day })}
        />
        <DateField
          label="And of"
          today={today}
          value={to}
          onChange={(day) => setDays({ ...days, to: day })}
          error={isBackwards ? 'This day is before the first one.' : undefined}
        />
      </div>
      {(from === null || to === null) && <p className={classes['not-yet']}>Choose the two days to compare.</p>}
      {from !== null && to !== null && !isBackwards && <Differences of={of} from={from} to={to} />}
    </>
  )
}

/** What differs of a thing between the ends of two days: its fields and parts, as they were and became. */
export const Compared = ({ of }: Props) => {
  const today = useWorkspace().data?.today
  return today === undefined ? <Skeleton lines={4} label="Comparing the two days" /> : <TwoDays of={of} today={today} />
}

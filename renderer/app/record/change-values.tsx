import type { AuditEntry } from '../../../shared/contract/audit.ts'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import { columnName, valueInWords } from './field-words.ts'
import { namedInWords } from './named-values.ts'
import classes from './record.module.css'

type Change = Pick<AuditEntry, 'action' | 'oldValues' | 'newValues' | 'names'>

export type ChangedField = {
  readonly column: string
  readonly name: string
  readonly before: string | null
  readonly after: string | null
}

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

// What leads somewhere else says nothing by its letters; that it is another one now does.
const told = (column: string, value: unknown, { names, newValues }: Change, formats: LocaleFormats) =>
  namedInWords(column, value, names) ??
  (typeof value === 'string' && uuid.test(value)
    ? `…${value.slice(-6)}`
    : valueInWords(column, value, newValues, formats))

const silent: ReadonlySet<string> = new Set(['position', 'sort_name'])

const saysNothing = (column: string, value: unknown) =>
  silent.has(column) || value === '[]' || (typeof value === 'string' && column !== 'role_id' && uuid.test(value))

/** The fields of a change in words; of a new row only those that say something. */
export const changedFields = (row: Change, formats: LocaleFormats): ChangedField[] => {
  const old = row.oldValues ?? {}
  return Object.keys(row.newValues)
    .map((column) => ({
      column,
      name: columnName(column),
      before: told(column, old[column], row, formats),
      after: told(column, row.newValues[column], row, formats),
    }))
    .filter(
      ({ column, before, after }) =>
        row.action === 'update' || (!saysNothing(column, row.newValues[column]) && (before !== null || after !== null)),
    )
}

const Value = ({ text, isOld = false }: { readonly text: string | null; readonly isOld?: boolean }) => {
  if (text === null) return <span className={classes['none']}>empty</span>
  return isOld ? <s>{text}</s> : <span>{text}</span>
}

/** Each field as it was and became. */
export const ChangeValues = ({ row, only }: { readonly row: Change; readonly only?: readonly ChangedField[] }) => {
  const formats = useFormats()
  return (
    <dl className={classes['values']}>
      {(only ?? changedFields(row, formats)).map(({ column, name, before, after }) => (
        <div key={column}>
          <dt>{name}</dt>
          <dd>
            {row.action === 'update' && (
              <>
                <Value isOld text={before} />
                <span aria-hidden="true"> → </span>
                <span className="visually-hidden"> became </span>
              </>
            )}
            <Value text={after} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

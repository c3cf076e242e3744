import { Select, Switch } from '@mantine/core'
import { useState } from 'react'
import { Panel } from '../../ui/panel.tsx'
import type { Inspection } from './import-words.ts'
import classes from './imports.module.css'

type Columns = readonly (string | null)[]
type Props = { readonly found: Inspection; readonly columns: Columns; readonly onChange: (columns: Columns) => void }

/** The fields that every record needs and no column fills. */
export const missingFields = ({ fields, entity }: Inspection, columns: Columns): string[] => {
  // A company or a person stands for the name of a client.
  const named = entity === 'clients' && ['company', 'firstName', 'lastName'].some((key) => columns.includes(key))
  return fields
    .filter((field) => field.required && !columns.includes(field.key) && !(named && field.key === 'name'))
    .map((field) => field.label)
}

/** Says for each column of the file what it fills; a field that another column had moves here. */
export const ColumnsPanel = ({ found, columns, onChange }: Props) => {
  const [all, setAll] = useState(false)
  const empty = found.columns.filter((column) => column.samples.length === 0 && columns[column.index] === null)
  const shown = all ? found.columns : found.columns.filter((column) => !empty.includes(column))
  const missing = missingFields(found, columns)
  const fields = found.fields.map((field) => ({
    value: field.key,
    label: field.required ? `${field.label} (needed)` : field.label,
  }))
  const set = (index: number, field: string | null) =>
    onChange(columns.map((it, at) => (at === index ? field : field !== null && it === field ? null : it)))
  return (
    <Panel
      title="What each column holds"
      {...(empty.length === 0
        ? {}
        : {
            actions: (
              <Switch
                label={`Show ${empty.length} empty columns`}
                checked={all}
                onChange={(event) => setAll(event.currentTarget.checked)}
              />
            ),
          })}
    >
      {missing.length > 0 && (
        <p className={classes['caution']} role="status">
          Say which column holds {missing.join(' and ')}: without it no row can come in.
        </p>
      )}
      <table className={`${classes['table']} ${classes['mapping']}`}>
        <thead>
          <tr>
            <th scope="col">Column in the file</th>
            <th scope="col">For example</th>
            <th scope="col" className={classes['field']}>
              Goes to
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((column) => (
            <tr key={column.index} data-unused={(columns[column.index] ?? null) === null || undefined}>
              <th scope="row" className={classes['column']}>
                {column.header}
              </th>
              <td className={classes['samples']}>{column.samples.join(' · ') || '—'}</td>
              <td>
                <Select
                  aria-label={`Field of ${column.header}`}
                  searchable
                  clearable
                  placeholder="Left out"
                  data={fields}
                  value={columns[column.index] ?? null}
                  onChange={(field) => set(column.index, field)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

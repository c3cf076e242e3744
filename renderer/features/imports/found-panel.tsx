import { Select } from '@mantine/core'
import { useFormats } from '../../ui/locale.tsx'
import { WholeNumberField } from '../../ui/number-fields.tsx'
import { Panel } from '../../ui/panel.tsx'
import {
  dateOrderTitles,
  decimalTitles,
  encodingTitles,
  entityTitles,
  formatTitles,
  type Inspection,
  separatorTitles,
} from './import-words.ts'
import classes from './imports.module.css'
import type { ImportActs, ImportState } from './use-import.ts'

type Props = { readonly found: Inspection; readonly state: ImportState; readonly acts: ImportActs }

const options = <T extends string>(titles: Readonly<Record<T, string>>) =>
  // The keys of a record of titles are what the select may say.
  (Object.keys(titles) as T[]).map((value) => ({ value, label: titles[value] }))

const keyOf = <T extends string>(titles: Readonly<Record<T, string>>, value: string | null): T | null =>
  (Object.keys(titles) as T[]).find((key) => key === value) ?? null

const hasNumbers = (found: Inspection) => found.entity !== null && found.entity !== 'clients'
const hasDates = (found: Inspection) => found.entity === 'invoices' || found.entity === 'payments'

const DateOrder = ({ found, acts }: Omit<Props, 'state'>) => {
  const formats = useFormats()
  const { value, certain, example, conflict } = found.dateOrder
  return (
    <div>
      <Select
        label="Order of dates"
        allowDeselect={false}
        data={options(dateOrderTitles)}
        value={value}
        onChange={(order) => acts.choose({ dateOrder: keyOf(dateOrderTitles, order) })}
      />
      <span className={classes['example']} data-unsure={!certain || undefined}>
        {example === null ? '' : `“${example.text}” is ${formats.date(example.date)}. `}
        {conflict ?? (certain || example === null ? '' : 'No date of the file decides it: please check.')}
      </span>
    </div>
  )
}

const DecimalMark = ({ found, state, acts }: Props) => {
  const { value, certain, example } = found.decimal
  return (
    <div>
      <Select
        label="Decimals"
        allowDeselect={false}
        data={options(decimalTitles)}
        value={state.decisions.decimal ?? value}
        onChange={(mark) => acts.decide({ decimal: keyOf(decimalTitles, mark) })}
      />
      <span className={classes['example']} data-unsure={(!certain && example !== null) || undefined}>
        {example === null ? '' : `As in “${example}”.`}
      </span>
    </div>
  )
}

const TextSource = ({ found, acts }: Omit<Props, 'state'>) => (
  <>
    {found.encoding !== null && (
      <Select
        label="Encoding"
        allowDeselect={false}
        data={options(encodingTitles)}
        value={found.encoding}
        onChange={(encoding) => acts.choose({ encoding: keyOf(encodingTitles, encoding) })}
      />
    )}
    {found.separator !== null && (
      <Select
        label="Columns are parted by"
        allowDeselect={false}
        data={options(separatorTitles)}
        value={found.separator}
        onChange={(separator) => acts.choose({ separator: keyOf(separatorTitles, separator) })}
      />
    )}
  </>
)

const Holds = ({ found, acts }: Omit<Props, 'state'>) => (
  <Select
    label="Import as"
    placeholder="Choose"
    allowDeselect={false}
    data={found.entities.map((value) => ({ value, label: entityTitles[value] }))}
    value={found.entity}
    onChange={(entity) => acts.choose({ entity: keyOf(entityTitles, entity) })}
  />
)

const sentence = ({ format, template, holds }: Inspection) =>
  template === null
    ? `${formatTitles[format]} with ${holds}.`
    : `${formatTitles[format]} of ${template.product} (${template.label.toLowerCase()}) with ${holds}.`

/** What was found in the file; each of it can be said otherwise. */
export const FoundPanel = ({ found, state, acts }: Props) => (
  <Panel title="What we found">
    <div className={classes['stack']}>
      <p>{sentence(found)}</p>
      {found.earlier !== null && (
        <p className={classes['caution']}>
          This very file was imported before and not undone. What is there already is skipped as a duplicate.
        </p>
      )}
      {found.note !== null && <p className={classes['note']}>{found.note}</p>}
      <div className={classes['facts']}>
        {found.entities.length > 0 && <Holds found={found} acts={acts} />}
        {found.sheets.length > 1 && (
          <Select
            label="Sheet"
            allowDeselect={false}
            data={[...found.sheets]}
            value={found.sheet}
            onChange={(sheet) => acts.choose({ sheet, headerRow: null })}
          />
        )}
        <TextSource found={found} acts={acts} />
        <WholeNumberField
          label="Row of the column names"
          value={found.headerRow}
          onChange={(headerRow) => headerRow !== null && headerRow > 0 && acts.choose({ headerRow })}
        />
        {hasDates(found) && <DateOrder found={found} acts={acts} />}
        {hasNumbers(found) && <DecimalMark found={found} state={state} acts={acts} />}
      </div>
    </div>
  </Panel>
)

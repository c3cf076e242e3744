import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ReportGroup, ReportKind, ReportRow } from '../../../../shared/contract/reports.ts'
import { subtract } from '../../../../shared/money/arithmetic.ts'
import { unsaidKey } from '../../../app/report-search.ts'
import { changeInTenths, tenthsText } from './change.ts'
import { type Definition, daysText, groupTitles, type Look, rowTitle } from './definitions.ts'
import classes from './figures.module.css'

// More are drawn on demand: a list of every client may be long.
const atFirst = 200

type ComparedProps = { readonly report: ReportKind; readonly row: ReportRow; readonly look: Look }

const Signed = ({ value, text }: { readonly value: number | bigint; readonly text: string }) => (
  <span data-tone={value < 0 ? 'negative' : value > 0 ? 'positive' : undefined} className={classes['change']}>
    {text}
  </span>
)

const ComparedDays = ({ row, look }: Omit<ComparedProps, 'report'>) => {
  const { locale } = look.formats
  const { averageDays, previousDays } = row
  const change =
    averageDays === null || previousDays === null ? null : Math.round((averageDays - previousDays) * 10) / 10
  const text = change === null ? '–' : `${change > 0 ? '+' : ''}${daysText(change, locale)}`
  return (
    <>
      <td data-align="end">{daysText(previousDays, locale)}</td>
      {/* Fewer days are the better news. */}
      <td data-align="end">
        <Signed value={change === null ? 0 : -change} text={text} />
      </td>
    </>
  )
}

const Compared = ({ report, row, look }: ComparedProps) => {
  const { formats, currency } = look
  if (report === 'days-to-pay') return <ComparedDays row={row} look={look} />
  const before = row.previousE4 ?? row.amountE4
  const change = subtract(row.amountE4, before)
  const sign = change > 0n ? '+' : ''
  return (
    <>
      <td data-align="end">{formats.figures(before, currency)}</td>
      <td data-align="end">
        <Signed value={change} text={`${sign}${formats.figures(change, currency)}`} />
      </td>
      <td data-align="end" data-percent>
        <Signed value={change} text={tenthsText(changeInTenths(before, row.amountE4), formats.locale, 'always')} />
      </td>
    </>
  )
}

const Cells = ({ definition, row, look }: { definition: Definition; row: ReportRow; look: Look }) =>
  definition.figures.map((figure) => (
    <td key={figure.id} data-align="end" data-minor={figure.isMinor} data-main={figure.isMain}>
      {figure.text(row, look)}
    </td>
  ))

type Props = {
  readonly report: ReportKind
  readonly definition: Definition
  readonly rows: readonly ReportRow[]
  readonly groupBy: ReportGroup
  readonly look: Look
  /** What it is compared with, in words; null without a comparison. */
  readonly before: string | null
  /** The key of the open row; undefined for none. */
  readonly open?: string | undefined
  /** Without it nothing opens, as on paper. */
  readonly onOpen?: (key: string | null) => void
}

const Head = ({ report, definition, groupBy, before }: Pick<Props, 'report' | 'definition' | 'groupBy' | 'before'>) => (
  <thead>
    <tr>
      <th scope="col">{groupTitles[groupBy]}</th>
      {definition.figures.map((figure) => (
        <th key={figure.id} scope="col" data-align="end" data-minor={figure.isMinor}>
          {figure.header}
        </th>
      ))}
      {before !== null && (
        <>
          <th scope="col" data-align="end">
            {before}
          </th>
          <th scope="col" data-align="end">
            Change
          </th>
          {report !== 'days-to-pay' && (
            <th scope="col" data-align="end" data-percent>
              %
            </th>
          )}
        </>
      )}
    </tr>
  </thead>
)

type RowProps = Omit<Props, 'rows'> & { readonly row: ReportRow }

const BodyRow = ({ row, open, onOpen, ...props }: RowProps) => {
  const { report, definition, groupBy, look, before } = props
  const title = rowTitle(row, groupBy, look.formats)
  const isEmpty = row.count === 0
  const isOpen = open === (row.key ?? unsaidKey)
  const act = onOpen === undefined || isEmpty ? undefined : () => onOpen(row.key)
  return (
    // The button in the first cell does the same by keyboard.
    <tr
      onClick={act}
      data-clickable={act !== undefined || undefined}
      data-open={isOpen || undefined}
      data-empty={isEmpty || undefined}
    >
      <th scope="row">
        {act === undefined ? (
          title
        ) : (
          <button
            type="button"
            className={classes['open']}
            aria-pressed={isOpen}
            aria-label={`${title}: show ${definition.behind.toLowerCase()}`}
            onClick={(event) => {
              event.stopPropagation()
              act()
            }}
          >
            {title}
          </button>
        )}
      </th>
      <Cells definition={definition} row={row} look={look} />
      {before !== null && <Compared report={report} row={row} look={look} />}
    </tr>
  )
}

/** The figures of a report with their sum; a row opens what is behind it. */
export const ReportTable = (props: Props) => {
  const { report, definition, rows, look, before } = props
  const [isWhole, setWhole] = useState(false)
  const isPaper = props.onOpen === undefined
  const shown = isWhole || isPaper ? rows : rows.slice(0, atFirst)
  return (
    <>
      <div className={classes['scroll']}>
        <table className={classes['table']} data-compared={before !== null || undefined}>
          <caption className="visually-hidden">
            {definition.title} by {groupTitles[props.groupBy].toLowerCase()}, in {look.currency}
          </caption>
          <Head {...props} />
          <tbody>
            {shown.map((row) => (
              <BodyRow key={row.key ?? unsaidKey} {...props} row={row} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Total</th>
              <Cells definition={definition} row={look.total} look={look} />
              {before !== null && <Compared report={report} row={look.total} look={look} />}
            </tr>
          </tfoot>
        </table>
      </div>
      {shown.length < rows.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setWhole(true)}>
          Show all {rows.length} rows
        </Button>
      )}
    </>
  )
}

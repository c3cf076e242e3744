import { Button } from '@mantine/core'
import { IconBan, IconCircleCheck, IconLineDashed } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { useActions } from '../../../app/actions.ts'
import { describeError } from '../../../app/errors.ts'
import { useToday } from '../../../app/organization.ts'
import { useApiQuery } from '../../../app/queries.ts'
import { PdfButton, useReportPdf } from '../../../app/report-pdf.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { downloadFile } from '../../../ui/files.ts'
import { useFormats } from '../../../ui/locale.tsx'
import { Page } from '../../../ui/page.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import { FilterTabs } from '../../../ui/tabs.tsx'
import classes from './numbering.module.css'
import { gapText, type ReportRow, reportCsv } from './report-csv.ts'
import { numbersPaper } from './report-paper.ts'
import { kindTitles, type SeriesKind, seriesKinds } from './series-pattern.tsx'

const kindTitle = (kind: string): string => {
  const known = seriesKinds.find((it) => it === kind)
  return known === undefined ? kind : kindTitles[known]
}

const documentPaths = { invoice: '/invoices/$id', quote: '/quotes/$id', 'credit-note': '/credit-notes/$id' } as const

const VoidNumber = ({ kind, id, number }: { readonly kind: string; readonly id: string; readonly number: string }) => {
  const known = (['invoice', 'quote', 'credit-note'] as const).find((it) => it === kind)
  return known === undefined ? (
    <span>{number}</span>
  ) : (
    <Link to={documentPaths[known]} params={{ id }}>
      {number}
    </Link>
  )
}

const State = ({ row }: { readonly row: ReportRow }) => {
  if (row.gaps.some(({ cause }) => cause === 'unknown')) {
    return (
      <StatusChip tone="negative" icon={IconLineDashed}>
        Gap without cause
      </StatusChip>
    )
  }
  return row.gaps.length > 0 ? (
    <StatusChip tone="caution" icon={IconLineDashed}>
      {row.gaps.length === 1 ? '1 gap, explained' : `${row.gaps.length} gaps, explained`}
    </StatusChip>
  ) : (
    <StatusChip tone="positive" icon={IconCircleCheck}>
      Without gaps
    </StatusChip>
  )
}

const Details = ({ row }: { readonly row: ReportRow }) => {
  const formats = useFormats()
  return (
    <tr data-detail>
      <td colSpan={7}>
        <ul className={classes['details']} aria-label={`Void numbers and gaps of ${row.code} ${row.period}`}>
          {row.gaps.map((gap) => (
            <li key={gap.from}>
              <span>Missing</span>
              <span>{gapText(gap)}</span>
              <span className={gap.cause === 'unknown' ? classes['unexplained'] : undefined}>{gap.detail}</span>
            </li>
          ))}
          {row.voids.map((it) => (
            <li key={it.id}>
              <span>
                <IconBan size={13} aria-hidden="true" /> Void
              </span>
              <VoidNumber kind={row.documentKind} id={it.id} number={it.number} />
              <span>
                {formats.date(it.on)}: {it.reason}
              </span>
            </li>
          ))}
        </ul>
      </td>
    </tr>
  )
}

const Report = ({ rows }: { readonly rows: readonly ReportRow[] }) => (
  <table className={classes['report']}>
    <caption className="visually-hidden">Every series and period</caption>
    <thead>
      <tr>
        <th scope="col">Kind</th>
        <th scope="col">Series</th>
        <th scope="col">Period</th>
        <th scope="col">First</th>
        <th scope="col">Last</th>
        <th scope="col" data-align="end">
          Numbers
        </th>
        <th scope="col">Gaps</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => {
        const hasDetails = row.gaps.length + row.voids.length > 0
        return (
          <Fragment key={`${row.seriesId} ${row.period}`}>
            <tr data-open={hasDetails || undefined}>
              <td>{kindTitle(row.documentKind)}</td>
              <th scope="row">{row.code}</th>
              <td>{row.period === '' ? 'All' : row.period}</td>
              <td>{row.firstNumber ?? 'None left'}</td>
              <td>{row.lastNumber ?? ''}</td>
              <td data-align="end">{row.count}</td>
              <td>
                <State row={row} />
              </td>
            </tr>
            {hasDetails && <Details row={row} />}
          </Fragment>
        )
      })}
    </tbody>
  </table>
)

/** Every number that was given, by series and period: what is void, and why a number is missing. */
export const NumberReportPage = () => {
  const today = useToday()
  const navigate = useNavigate()
  const [kind, setKind] = useState<SeriesKind | 'all'>('all')
  const report = useApiQuery('numberSeries', 'report', { documentKind: kind === 'all' ? null : kind })
  const rows = report.data ?? []
  const save = () =>
    // A mark at the beginning tells spreadsheets that this is UTF-8.
    downloadFile(new TextEncoder().encode(`\uFEFF${reportCsv(rows)}`), `numbers-${today}.csv`, 'text/csv')
  const formats = useFormats()
  const pdf = useReportPdf(() =>
    rows.length === 0 ? null : { paper: numbersPaper(rows, kindTitle, formats), name: `numbers-${today}` },
  )
  useActions([
    { id: 'numbers.pdf', title: 'Save this report as PDF', group: 'This page', calls: 'nothing', run: pdf.save },
    {
      id: 'numbers.leave',
      title: 'Back to numbering',
      group: 'This page',
      shortcut: 'escape',
      calls: 'nothing',
      run: () => navigate({ to: '/settings/$section', params: { section: 'numbering' } }),
    },
    { id: 'numbers.csv', title: 'Save this report as CSV', group: 'This page', calls: 'nothing', run: save },
  ])
  return (
    <Page
      title="Numbers and gaps"
      subtitle="Every series and period, with the cause of each missing number."
      actions={
        <>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/settings/$section" params={{ section: 'numbering' }} {...props} />}
          >
            Numbering
          </Button>
          <Button variant="default" disabled={rows.length === 0} onClick={save}>
            Save as CSV
          </Button>
          <PdfButton pdf={pdf} disabled={rows.length === 0} />
        </>
      }
      toolbar={
        <FilterTabs
          label="Kinds of documents"
          tabs={[{ value: 'all', label: 'All' }, ...seriesKinds.map((value) => ({ value, label: kindTitles[value] }))]}
          value={kind}
          onChange={setKind}
        />
      }
    >
      {report.data === undefined ? (
        report.isError ? (
          <ErrorPanel {...describeError(report.error)} onRetry={() => void report.refetch()} />
        ) : (
          <Skeleton lines={6} label="Reading the numbers" />
        )
      ) : rows.length === 0 ? (
        <EmptyState
          sentence="No number was given yet; each one will be listed here."
          action={
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/settings/$section" params={{ section: 'numbering' }} {...props} />}
            >
              See how documents are numbered
            </Button>
          }
        />
      ) : (
        <Report rows={rows} />
      )}
    </Page>
  )
}

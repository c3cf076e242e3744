import { Button } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import type { ReportKind } from '../../../../shared/contract/reports.ts'
import { useActions } from '../../../app/actions.ts'
import { describeError } from '../../../app/errors.ts'
import { useOrganization } from '../../../app/organization.ts'
import { type ApiOutput, useApiQuery } from '../../../app/queries.ts'
import type { ChosenRange } from '../../../app/range-bar.tsx'
import { PdfButton, useReportPdf } from '../../../app/report-pdf.tsx'
import { unsaidKey } from '../../../app/report-search.ts'
import { csvBytes } from '../../../ui/csv.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { downloadFile } from '../../../ui/files.ts'
import { useFormats } from '../../../ui/locale.tsx'
import { Page } from '../../../ui/page.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { usePrintSheet } from '../../../ui/print-sheet.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { definitions, groupTitles, rowTitle } from './definitions.ts'
import classes from './figures.module.css'
import { ReportChart } from './report-chart.tsx'
import { ReportDocuments } from './report-documents.tsx'
import { reportFile } from './report-file.ts'
import { reportPaper } from './report-paper.ts'
import { type ReportState, useReportState } from './report-state.ts'
import { ReportTable } from './report-table.tsx'
import { ReportToolbar } from './report-toolbar.tsx'

type Answer = ApiOutput<'reports', 'run'>
type Facts = { readonly report: ReportKind; readonly state: ReportState; readonly chosen: ChosenRange }

const beforeWords = { none: null, 'period-before': 'Period before', 'year-before': 'Year before' } as const

/** What the report counts, over which days, in words. */
const useSentence = ({ report, state, chosen }: Facts, currency: string, previous: Answer['previous']) => {
  const formats = useFormats()
  const days = (range: { readonly from: string; readonly to: string }) =>
    `${formats.date(range.from)} to ${formats.date(range.to)}`
  const counted = {
    revenue: state.basis === 'issued' ? 'by date of issue, less credit notes' : 'by day of payment, less refunds',
    payments: 'by day of payment',
    'days-to-pay': 'by the day on which an invoice was paid in full',
    quotes: 'by date of issue',
  }[report]
  const compared = previous === null ? '' : `, compared with ${days(previous)}`
  return `${days(chosen)}, ${counted}${compared}. Amounts in ${currency}.`
}

type BodyProps = Facts & { readonly answer: Answer; readonly sentence: string }

const Body = ({ report, state, chosen, answer }: Omit<BodyProps, 'sentence'>) => {
  const formats = useFormats()
  const definition = definitions[report]
  const { groupBy, basis, clientId, compare } = state
  const look = { formats, currency: answer.baseCurrency, total: answer.total }
  const before = answer.previous === null ? null : beforeWords[compare]
  const open = state.search.row
  const row = answer.rows.find((it) => (it.key ?? unsaidKey) === open)
  if (answer.total.count === 0 && (answer.total.previousCount ?? 0) === 0) {
    return <EmptyState sentence={definition.emptySentence} />
  }
  return (
    <>
      <Panel>
        <ReportChart definition={definition} rows={answer.rows} groupBy={groupBy} look={look} before={before} />
      </Panel>
      <div className={classes['report']} data-open={row !== undefined || undefined}>
        <ReportTable
          report={report}
          definition={definition}
          rows={answer.rows}
          groupBy={groupBy}
          look={look}
          before={before}
          open={open}
          onOpen={(key) => (open === (key ?? unsaidKey) ? state.closeRow() : state.openRow(key))}
        />
        {row !== undefined && (
          <ReportDocuments
            key={`${row.key} ${chosen.from} ${chosen.to}`}
            asked={{ report, groupBy, basis, clientId, from: chosen.from, to: chosen.to, key: row.key }}
            title={rowTitle(row, groupBy, formats)}
            currency={answer.baseCurrency}
            onClose={state.closeRow}
          />
        )}
      </div>
    </>
  )
}

const Paper = ({ report, state, answer, sentence }: BodyProps) => {
  const formats = useFormats()
  const name = useOrganization()?.name
  const definition = definitions[report]
  const look = { formats, currency: answer.baseCurrency, total: answer.total }
  const before = answer.previous === null ? null : beforeWords[state.compare]
  const shared = { definition, rows: answer.rows, groupBy: state.groupBy, look, before }
  return (
    <div className={classes['paper']}>
      <p>{name}</p>
      <h1>
        {definition.title} by {groupTitles[state.groupBy].toLowerCase()}
      </h1>
      <p>{sentence}</p>
      <ReportChart {...shared} />
      <ReportTable report={report} {...shared} />
    </div>
  )
}

const Loaded = ({ report, state, chosen }: Facts) => {
  const formats = useFormats()
  const { groupBy, basis, clientId, compare } = state
  const { from, to } = chosen
  const run = useApiQuery('reports', 'run', { report, groupBy, basis, clientId, compare, from, to })
  const answer = run.data
  // Of the choice before, until the next is there: to look at, not to be written under another name.
  const isOld = answer === undefined || run.isPlaceholderData
  const sentence = useSentence(
    { report, state, chosen },
    answer?.baseCurrency ?? formats.currency,
    answer?.previous ?? null,
  )
  const { print, sheet } = usePrintSheet(() =>
    answer === undefined ? null : <Paper {...{ report, state, chosen, answer, sentence }} />,
  )
  const save = () => {
    if (answer === undefined || isOld) return
    const { rows, total, baseCurrency: currency, previous } = answer
    const file = reportFile({ report, groupBy, currency, formats, rows, total, isCompared: previous !== null })
    downloadFile(csvBytes(file), `${report}-by-${groupBy}-${from}-${to}.csv`, 'text/csv')
  }
  const pdf = useReportPdf(() => {
    if (answer === undefined || isOld) return null
    const { rows, total, baseCurrency: currency, previous } = answer
    const before = previous === null ? null : beforeWords[compare]
    const look = { formats, currency, total }
    return {
      paper: reportPaper({ report, groupBy, look, rows, about: sentence, before }),
      name: `${report}-by-${groupBy}-${from}-${to}`,
    }
  })
  useActions([
    {
      id: 'report.pdf',
      title: 'Save this report as PDF',
      group: 'This page',
      keywords: 'download',
      calls: 'nothing',
      run: pdf.save,
    },
    {
      id: 'report.csv',
      title: 'Save this report as CSV',
      group: 'This page',
      keywords: 'export download',
      calls: 'nothing',
      run: save,
    },
    {
      id: 'report.print',
      title: 'Print this report',
      group: 'This page',
      shortcut: 'mod+p',
      calls: 'nothing',
      run: print,
    },
    ...(state.search.row === undefined
      ? []
      : [
          {
            id: 'report.close',
            title: 'Close the documents',
            group: 'This page' as const,
            shortcut: 'escape',
            calls: 'nothing' as const,
            run: state.closeRow,
          },
        ]),
  ])
  return (
    <Page
      title={definitions[report].title}
      subtitle={sentence}
      actions={
        <>
          <Button
            variant="default"
            disabled={isOld}
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            onClick={save}
          >
            CSV
          </Button>
          <PdfButton pdf={pdf} disabled={isOld} />
          <Button
            variant="default"
            disabled={isOld}
            leftSection={<IconPrinter size={15} aria-hidden="true" />}
            onClick={print}
          >
            Print
          </Button>
        </>
      }
      toolbar={<ReportToolbar report={report} state={state} chosen={chosen} />}
    >
      {run.isError && <ErrorPanel {...describeError(run.error)} onRetry={() => void run.refetch()} />}
      {run.isPending && <Skeleton lines={9} label="Loading the report" />}
      {!run.isError && answer !== undefined && (
        <div className={classes['body']} aria-busy={run.isPlaceholderData}>
          <Body {...{ report, state, chosen, answer }} />
        </div>
      )}
      {sheet}
    </Page>
  )
}

const FiguresPage = ({ report }: { readonly report: ReportKind }) => {
  const state = useReportState(report)
  const { chosen, error, retry } = state.range
  if (chosen !== null) return <Loaded report={report} state={state} chosen={chosen} />
  return (
    <Page title={definitions[report].title}>
      {error === null ? <Skeleton /> : <ErrorPanel {...describeError(error)} onRetry={retry} />}
    </Page>
  )
}

/** What was earned, by issue or by what came in. */
export const RevenuePage = () => <FiguresPage report="revenue" />

/** Money that came in. */
export const PaymentsPage = () => <FiguresPage report="payments" />

/** How long clients take to pay. */
export const DaysToPayPage = () => <FiguresPage report="days-to-pay" />

/** What was offered, and what became of it. */
export const QuotesPage = () => <FiguresPage report="quotes" />

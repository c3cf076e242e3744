import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconDownload, IconSend } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useActions } from '../../app/actions.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useApiQuery } from '../../app/queries.ts'
import { PdfButton, useReportPdf } from '../../app/report-pdf.tsx'
import { Amount } from '../../ui/amount.tsx'
import { csvBytes } from '../../ui/csv.ts'
import { DataTable } from '../../ui/data-table.tsx'
import type { Column } from '../../ui/data-table-types.ts'
import { DateField } from '../../ui/date-field.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { downloadFile } from '../../ui/files.ts'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { agedPaper } from './aged-paper.ts'
import { type Aged, type AgedRow, agedFile, type Basis, rowIdOf, useAgedState } from './aged-state.ts'
import { AgeingBar, AgeingTable } from './ageing-totals.tsx'
import { buckets, bucketTitles } from './buckets.ts'
import { OpenInvoices } from './open-invoices.tsx'
import { SendManyDialog } from './send-many-dialog.tsx'
import classes from './statements.module.css'

const currencyColumn: Column<AgedRow> = {
  id: 'currency',
  header: 'In',
  width: '36px',
  cell: (row) => <span className={classes['quiet']}>{row.currency}</span>,
}

const columnsOf = (basis: Basis, isMixed: boolean): readonly Column<AgedRow>[] => {
  const titles = bucketTitles(basis)
  const money =
    (id: Exclude<keyof AgedRow, 'clientId' | 'clientName' | 'currency' | 'invoiceCount' | 'oldestDueOn'>) =>
    (row: AgedRow) => <Amount bare value={row[id]} currency={row.currency} strong={id === 'balanceE4'} />
  return [
    {
      id: 'client',
      header: 'Client',
      width: 'minmax(120px, 2fr)',
      cell: (row) => row.clientName,
    },
    ...(isMixed ? [currencyColumn] : []),
    ...buckets.map(
      (bucket): Column<AgedRow> => ({
        id: bucket,
        header: titles[bucket],
        width: 'minmax(74px, 1fr)',
        align: 'end',
        from: 660,
        cell: money(bucket),
      }),
    ),
    { id: 'open', header: 'Open', width: 'minmax(84px, 1fr)', align: 'end', from: 1000, cell: money('openE4') },
    { id: 'credit', header: 'Credit', width: 'minmax(70px, 1fr)', align: 'end', from: 900, cell: money('creditE4') },
    { id: 'balance', header: 'Balance', width: 'minmax(92px, 1fr)', align: 'end', cell: money('balanceE4') },
  ]
}

type State = ReturnType<typeof useAgedState>

const Toolbar = ({ state, currencies }: { readonly state: State; readonly currencies: readonly string[] }) => {
  const { change, today, on, basis, currency } = state
  return (
    <>
      <span className={classes['as-of']}>As of</span>
      <DateField
        aria-label="As of"
        today={today}
        className={classes['date']}
        value={on}
        onChange={(day) => day !== null && change({ on: day === today ? undefined : day, row: undefined })}
      />
      <SegmentedControl
        aria-label="Age counted"
        size="xs"
        value={basis}
        onChange={(value) => change({ basis: value === 'issued' ? 'issued' : undefined })}
        data={[
          { value: 'due', label: 'From the due date' },
          { value: 'issued', label: 'From issue' },
        ]}
      />
      {(currencies.length > 1 || currency !== null) && (
        <Select
          aria-label="Currency"
          className={classes['currency']}
          allowDeselect={false}
          value={currency ?? 'all'}
          data={[
            { value: 'all', label: 'All currencies' },
            ...(currency !== null && !currencies.includes(currency) ? [currency] : []),
            ...currencies,
          ]}
          onChange={(value) => change({ currency: value === 'all' ? undefined : (value ?? undefined), row: undefined })}
        />
      )}
    </>
  )
}

type LoadedProps = { readonly aged: Aged; readonly state: State }

const Loaded = ({ aged, state }: LoadedProps) => {
  const { on, basis, change, search } = state
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [sending, setSending] = useState<readonly AgedRow[] | null>(null)
  const isMixed = aged.totals.length > 1
  const columns = useMemo(() => columnsOf(basis, isMixed), [basis, isMixed])
  const open = aged.rows.find((row) => rowIdOf(row) === search.row)
  const isForeign = aged.totals.some((line) => line.currency !== aged.baseCurrency)
  useActions(
    open === undefined
      ? []
      : [
          {
            id: 'aged.close',
            title: 'Close the invoices',
            group: 'This page',
            shortcut: 'escape',
            calls: 'nothing',
            run: () => change({ row: undefined }),
          },
        ],
  )
  if (aged.rows.length === 0) {
    return <EmptyState sentence="Nobody owed anything on this day; unpaid invoices will be listed here by their age." />
  }
  return (
    <>
      <Panel>
        <AgeingBar ageing={aged.base} basis={basis} />
        <AgeingTable
          label="What is owed by age"
          lines={aged.totals}
          base={isForeign ? { ...aged.base, currency: aged.baseCurrency } : undefined}
          basis={basis}
        />
      </Panel>
      <div className={classes['with-panel']} data-open={open !== undefined || undefined}>
        <div className={classes['list']}>
          <DataTable
            label="Aged receivables"
            columns={columns}
            rows={aged.rows}
            rowId={rowIdOf}
            onOpen={(row) => change({ row: rowIdOf(row) })}
            openId={search.row ?? null}
            selected={selected}
            onSelect={setSelected}
            total={aged.rows.length}
            empty={null}
            selectionActions={(rows) => (
              <MayCall call={['statements.compose', 'statements.send']}>
                <Button
                  size="compact-sm"
                  leftSection={<IconSend size={14} aria-hidden="true" />}
                  onClick={() => setSending(rows)}
                >
                  Send statements…
                </Button>
              </MayCall>
            )}
          />
        </div>
        {open !== undefined && (
          <OpenInvoices key={rowIdOf(open)} row={open} on={on} onClose={() => change({ row: undefined })} />
        )}
      </div>
      {sending !== null && <SendManyDialog rows={sending} on={on} onClose={() => setSending(null)} />}
    </>
  )
}

/** Who owes how much since when, as of any day. */
export const AgedPage = () => {
  const formats = useFormats()
  const state = useAgedState()
  const { on, basis, currency, today } = state
  const aged = useApiQuery('statements', 'aged', { on, basis, currency }, { enabled: today !== '' })
  // Of the day before, until the next is there: to look at, not to be written under another name.
  const isOld = aged.data === undefined || aged.isPlaceholderData
  const save = () => {
    if (aged.data === undefined || isOld) return
    const { rows, baseCurrency } = aged.data
    downloadFile(csvBytes(agedFile(rows, basis, baseCurrency)), `aged-receivables-${on}.csv`, 'text/csv')
  }
  const pdf = useReportPdf(() =>
    aged.data === undefined || isOld
      ? null
      : { paper: agedPaper({ aged: aged.data, basis, on, formats }), name: `aged-receivables-${on}` },
  )
  useActions([
    {
      id: 'aged.pdf',
      title: 'Save this list as PDF',
      group: 'This page',
      keywords: 'download',
      calls: 'nothing',
      run: pdf.save,
    },
    {
      id: 'aged.csv',
      title: 'Save this list as CSV',
      group: 'This page',
      keywords: 'export download',
      calls: 'nothing',
      run: save,
    },
  ])
  const owed = aged.data === undefined ? null : formats.amount(aged.data.base.balanceE4, aged.data.baseCurrency)
  return (
    <Page
      fill
      title="Aged receivables"
      subtitle={
        owed === null
          ? ''
          : `${owed} owed on ${formats.date(on)}, after credit; other currencies at the rate of each document.`
      }
      actions={
        <>
          <Button
            variant="default"
            disabled={isOld || aged.data?.rows.length === 0}
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            onClick={save}
          >
            CSV
          </Button>
          <PdfButton pdf={pdf} disabled={isOld || aged.data?.rows.length === 0} />
        </>
      }
      toolbar={<Toolbar state={state} currencies={(aged.data?.totals ?? []).map((line) => line.currency)} />}
    >
      {aged.isError && <ErrorPanel {...describeError(aged.error)} onRetry={() => void aged.refetch()} />}
      {aged.isPending && <Skeleton lines={9} label="Loading what is owed" />}
      {!aged.isError && aged.data !== undefined && <Loaded aged={aged.data} state={state} />}
    </Page>
  )
}

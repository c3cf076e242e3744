import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { Contract, Output } from '../../../../shared/contract/index.ts'
import { minorUnitsOf } from '../../../../shared/money/currencies.ts'
import { toDecimalString } from '../../../../shared/money/decimal-string.ts'
import { digits } from '../../../../shared/money/scaled.ts'
import { regimeOf } from '../../../../shared/tax/regimes/index.ts'
import { Editable } from '../../../app/editable.tsx'
import { describeError } from '../../../app/errors.ts'
import { useMayCall } from '../../../app/me.ts'
import { useToday } from '../../../app/organization.ts'
import { useApiQuery } from '../../../app/queries.ts'
import { PdfButton, useReportPdf } from '../../../app/report-pdf.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { downloadFile } from '../../../ui/files.ts'
import { useFormats } from '../../../ui/locale.tsx'
import { Page } from '../../../ui/page.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { FilterTabs } from '../../../ui/tabs.tsx'
import { DocumentRows } from './document-rows.tsx'
import { LockPanel } from './lock-panel.tsx'
import { type Chosen, ReturnTable } from './return-table.tsx'
import { taxPaper } from './tax-paper.ts'
import classes from './tax-report.module.css'
import { hasTypedCell, type Period, periodsFor, tablesToCsv } from './tax-report-state.ts'
import { useTypedFigures } from './use-typed-figures.ts'

type Settings = Output<Contract['taxSettings']['get']>
type Basis = 'issue' | 'payment'
type Chosing = { readonly from: string; readonly to: string; readonly basis: Basis }

type BarProps = {
  readonly periods: readonly Period[]
  readonly value: Chosing
  readonly onChange: (value: Chosing) => void
}

// Civil dates sort as text.
const first = (one: string, other: string) => [one, other].toSorted()[0] ?? one
const last = (one: string, other: string) => [one, other].toSorted()[1] ?? one

const keyOf = (period: { readonly from: string; readonly to: string }) => `${period.from} ${period.to}`

const PeriodBar = ({ periods, value, onChange }: BarProps) => {
  const today = useToday()
  const known = periods.find((it) => keyOf(it) === keyOf(value))
  const [isOwn, setOwn] = useState(false)
  return (
    <>
      <Select
        aria-label="Period"
        className={classes['period']}
        allowDeselect={false}
        value={known === undefined || isOwn ? 'own' : keyOf(value)}
        data={[...periods.map((it) => ({ value: keyOf(it), label: it.label })), { value: 'own', label: 'Other dates' }]}
        onChange={(key) => {
          const next = periods.find((it) => keyOf(it) === key)
          setOwn(next === undefined)
          if (next !== undefined) onChange({ ...value, from: next.from, to: next.to })
        }}
      />
      {(isOwn || known === undefined) && (
        <>
          <DateField
            aria-label="From"
            today={today}
            className={classes['date']}
            value={value.from}
            onChange={(from) => from !== null && onChange({ ...value, from, to: last(from, value.to) })}
          />
          <DateField
            aria-label="To"
            today={today}
            className={classes['date']}
            value={value.to}
            onChange={(to) => to !== null && onChange({ ...value, to, from: first(to, value.from) })}
          />
        </>
      )}
      <SegmentedControl
        aria-label="Basis"
        size="xs"
        value={value.basis}
        onChange={(basis) => onChange({ ...value, basis: basis === 'payment' ? 'payment' : 'issue' })}
        data={[
          { value: 'issue', label: 'By issue' },
          { value: 'payment', label: 'By payment' },
        ]}
      />
    </>
  )
}

const Loaded = ({ settings, fiscalYearStart }: { readonly settings: Settings; readonly fiscalYearStart: string }) => {
  const formats = useFormats()
  const today = useToday()
  const { current } = settings
  const periods = useMemo(
    () =>
      periodsFor(
        today,
        { frequency: current.filingFrequency, endMonth: current.periodEndMonth, regime: current.regime },
        fiscalYearStart,
        formats,
      ),
    [today, current, fiscalYearStart, formats],
  )
  // The last period that is over is the one to file.
  const start = periods.find((it) => it.to < today) ?? periods[0]
  const [value, setValue] = useState<Chosing>({
    from: start?.from ?? today,
    to: start?.to ?? today,
    basis: current.basis,
  })
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [returnId, setReturnId] = useState<string | null>(null)
  const report = useApiQuery('taxReports', 'figures', value)
  const change = (next: Chosing) => {
    setValue(next)
    setChosen(null)
  }
  const regime = regimeOf(report.data?.regime ?? current.regime)
  const shown = regime.returns.find((it) => it.id === returnId) ?? regime.returns[0]
  const mayType = useMayCall()('taxReports.setFigure')
  const { typed, type } = useTypedFigures(
    { from: value.from, to: value.to, taxReturn: shown?.id ?? '' },
    // While another period is read, what is shown is still the one before.
    report.isPlaceholderData ? undefined : report.data?.typed,
  )
  const tables = report.data === undefined ? [] : (shown?.build({ ...report.data, typed }) ?? [])
  const currency = report.data?.currency ?? formats.currency
  const due = periods.find((it) => keyOf(it) === keyOf(value))?.dueOn ?? null
  // A period without a sale still has purchases to type.
  const isEmpty = report.data?.figures.length === 0 && !hasTypedCell(tables)
  const save = () => {
    const text = tablesToCsv(tables, (it) => toDecimalString(it, digits.amount, minorUnitsOf(currency)))
    downloadFile(new TextEncoder().encode(`\uFEFF${text}`), `tax-${value.from}-${value.to}.csv`, 'text/csv')
  }
  // What is still of the period before is looked at, not written under another name.
  const isUnprintable = report.data === undefined || report.isPlaceholderData || isEmpty
  const pdf = useReportPdf(() => {
    if (isUnprintable || shown === undefined) return null
    const { basis, from, to } = value
    const counted = basis === 'payment' ? 'by payment' : 'by issue'
    const about = `${formats.date(from)} to ${formats.date(to)}, ${counted}. Amounts in ${currency}.`
    const title = shown.name === regime.name ? shown.name : `${regime.name}: ${shown.name}`
    return { paper: taxPaper({ title, about, tables, currency, formats }), name: `tax-${from}-${to}` }
  })
  return (
    <Page
      title="Tax"
      subtitle={`${regime.name}${due === null ? '' : `, return due ${formats.date(due)}`}. Amounts in ${currency}.`}
      actions={
        <>
          <Button
            variant="default"
            disabled={isUnprintable}
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            onClick={save}
          >
            CSV
          </Button>
          <PdfButton pdf={pdf} disabled={isUnprintable} />
        </>
      }
      toolbar={
        <>
          <PeriodBar periods={periods} value={value} onChange={change} />
          {regime.returns.length > 1 && (
            <FilterTabs
              label="Return"
              tabs={regime.returns.map((it) => ({ value: it.id, label: it.name }))}
              value={shown?.id ?? ''}
              onChange={(id) => {
                setReturnId(id)
                setChosen(null)
              }}
            />
          )}
        </>
      }
    >
      <Editable calls="taxSettings.lockPeriod">
        <LockPanel to={value.to} today={today} />
      </Editable>
      {report.isError && <ErrorPanel {...describeError(report.error)} onRetry={() => void report.refetch()} />}
      {report.isPending && <Skeleton />}
      {isEmpty && <EmptyState sentence="No document of this period carries a tax; choose another period above." />}
      {report.data !== undefined && !isEmpty && (
        <div className={classes['report']} data-open={chosen !== null || undefined}>
          <div className={classes['tables']}>
            {tables.map((table) => (
              <ReturnTable
                key={table.id}
                table={table}
                currency={currency}
                chosen={chosen}
                onOpen={setChosen}
                onType={mayType ? type : null}
              />
            ))}
          </div>
          {chosen !== null && (
            <DocumentRows chosen={chosen} period={value} currency={currency} onClose={() => setChosen(null)} />
          )}
        </div>
      )}
    </Page>
  )
}

/** Taxes of a period as the return of the business's tax system asks for them. */
export const TaxReportPage = () => {
  const settings = useApiQuery('taxSettings', 'get', {})
  const organization = useApiQuery('organizations', 'get', {})
  if (settings.isError) {
    return (
      <Page title="Tax">
        <ErrorPanel {...describeError(settings.error)} onRetry={() => void settings.refetch()} />
      </Page>
    )
  }
  if (settings.data === undefined || organization.data === undefined) return <Skeleton />
  return <Loaded settings={settings.data} fiscalYearStart={organization.data.fiscalYearStart} />
}

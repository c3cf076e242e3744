import { SegmentedControl, Select } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { groupsOfReport, type ReportKind } from '../../../../shared/contract/reports.ts'
import { api } from '../../../api.ts'
import { useApiQuery } from '../../../app/queries.ts'
import { type ChosenRange, RangeBar } from '../../../app/range-bar.tsx'
import { reportSearch } from '../../../app/report-search.ts'
import { SavedViews } from '../../../app/saved-views.tsx'
import { type Choice, EntityCombobox } from '../../../ui/entity-combobox.tsx'
import { groupTitles } from './definitions.ts'
import classes from './figures.module.css'
import type { ReportState } from './report-state.ts'

const compareChoices = [
  { value: 'none', label: 'No comparison' },
  { value: 'period-before', label: 'With the period before' },
  { value: 'year-before', label: 'With a year before' },
] as const

const findClients = async (text: string, signal: AbortSignal): Promise<readonly Choice[]> => {
  const page = await api.clients.list({ search: text.trim(), status: 'all', limit: 8 }, { signal })
  return page.rows.map(({ id, name }) => ({ id, label: name }))
}

const ClientFilter = ({ clientId, onChange }: { clientId: string | null; onChange: (id: string | null) => void }) => {
  const client = useApiQuery('clients', 'get', { id: clientId ?? '' }, { enabled: clientId !== null })
  return (
    <EntityCombobox
      aria-label="Client"
      noun="client"
      placeholder="All clients"
      className={classes['client']}
      value={clientId === null ? null : { id: clientId, label: client.data?.name ?? '…' }}
      onChange={(choice) => onChange(choice?.id ?? null)}
      search={findClients}
    />
  )
}

type Props = { readonly report: ReportKind; readonly state: ReportState; readonly chosen: ChosenRange }

/** What a report is about: its days, its rows, what it counts by, what it is compared with. */
export const ReportToolbar = ({ report, state, chosen }: Props) => {
  const navigate = useNavigate()
  const { search, change, groupBy, basis, compare, clientId } = state
  const { row: _open, ...kept } = search
  return (
    <>
      <RangeBar years={state.range.years} value={chosen} onChange={state.setRange} />
      <Select
        aria-label="Rows by"
        className={classes['group']}
        allowDeselect={false}
        value={groupBy}
        data={groupsOfReport[report].map((value) => ({ value, label: `By ${groupTitles[value].toLowerCase()}` }))}
        onChange={(value) => change({ group: groupsOfReport[report].find((it) => it === value), row: undefined })}
      />
      {report === 'revenue' && (
        <SegmentedControl
          aria-label="Basis"
          size="xs"
          value={basis}
          onChange={(value) => change({ basis: value === 'received' ? 'received' : undefined, row: undefined })}
          data={[
            { value: 'issued', label: 'Issued' },
            { value: 'received', label: 'Received' },
          ]}
        />
      )}
      <Select
        aria-label="Comparison"
        className={classes['compare']}
        allowDeselect={false}
        value={compare}
        data={[...compareChoices]}
        onChange={(value) => {
          const next = compareChoices.find((it) => it.value === value)?.value
          change({ compare: next === 'none' ? undefined : next })
        }}
      />
      <ClientFilter clientId={clientId} onChange={(id) => change({ clientId: id ?? undefined, row: undefined })} />
      <span className={classes['spring']} />
      <SavedViews
        list="reports"
        current={{ report, ...kept }}
        onApply={({ report: other, ...definition }) =>
          void navigate({
            to: '/reports/$report',
            params: { report: typeof other === 'string' ? other : report },
            search: reportSearch(definition),
          })
        }
      />
    </>
  )
}

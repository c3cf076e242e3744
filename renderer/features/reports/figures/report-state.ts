import { useNavigate, useSearch } from '@tanstack/react-router'
import { groupsOfReport, type ReportKind } from '../../../../shared/contract/reports.ts'
import type { ChosenRange } from '../../../app/range-bar.tsx'
import { type ReportSearch, reportSearch, unsaidKey } from '../../../app/report-search.ts'
import { keptRange, useRange } from '../../../app/use-range.ts'

export type SearchChange = { readonly [K in keyof ReportSearch]: ReportSearch[K] | undefined }

/** The state of a report in its address, and how to change it. */
export const useReportState = (report: ReportKind) => {
  const search = useSearch({ from: '/reports/$report' })
  const navigate = useNavigate()
  const range = useRange(search, 'this-fiscal-year')
  const change = (next: SearchChange) =>
    void navigate({
      to: '/reports/$report',
      params: { report },
      search: (old) => reportSearch({ ...old, ...next }),
      replace: true,
    })
  const { group } = search
  const groupBy = group !== undefined && groupsOfReport[report].includes(group) ? group : 'month'
  const basis: 'issued' | 'received' = report === 'revenue' && search.basis === 'received' ? 'received' : 'issued'
  return {
    search,
    change,
    range,
    groupBy,
    basis,
    compare: search.compare ?? 'none',
    clientId: search.clientId ?? null,
    setRange: (chosen: ChosenRange) => change({ from: undefined, to: undefined, ...keptRange(chosen), row: undefined }),
    openRow: (key: string | null) => change({ row: key ?? unsaidKey }),
    closeRow: () => change({ row: undefined }),
  }
}

export type ReportState = ReturnType<typeof useReportState>

import type { ReportPaper } from '../../../../shared/contract/reports.ts'
import type { LocaleFormats } from '../../../ui/locale.tsx'
import { gapText, type ReportRow } from './report-csv.ts'

type Line = ReportPaper['tables'][number]['rows'][number]

const stateText = ({ gaps }: ReportRow): string => {
  if (gaps.some(({ cause }) => cause === 'unknown')) return 'Gap without cause'
  if (gaps.length === 0) return 'Without gaps'
  return gaps.length === 1 ? '1 gap, explained' : `${gaps.length} gaps, explained`
}

/** The report of numbers as its paper has it: each period, under it what is missing and what is void. */
export const numbersPaper = (
  rows: readonly ReportRow[],
  kindTitle: (kind: string) => string,
  formats: LocaleFormats,
): ReportPaper => ({
  title: 'Numbers and gaps',
  about: 'Every series and period, with the cause of each missing number.',
  tables: [
    {
      title: '',
      columns: [
        ...['Kind', 'Series', 'Period', 'First', 'Last'].map((label) => ({ label, align: 'start' as const })),
        { label: 'Numbers', align: 'end' },
        { label: 'Gaps', align: 'start' },
      ],
      rows: rows.flatMap((row): Line[] => [
        {
          kind: 'row',
          cells: [
            kindTitle(row.documentKind),
            row.code,
            row.period === '' ? 'All' : row.period,
            row.firstNumber ?? 'None left',
            row.lastNumber ?? '',
            new Intl.NumberFormat(formats.locale).format(row.count),
            stateText(row),
          ],
        },
        ...row.gaps.map((gap): Line => ({ kind: 'detail', cells: [`Missing ${gapText(gap)}: ${gap.detail}`] })),
        ...row.voids.map(
          (it): Line => ({
            kind: 'detail',
            cells: [`Void ${it.number}, ${formats.date(it.on)}: ${it.reason}`.slice(0, 500)],
          }),
        ),
      ]),
    },
  ],
})

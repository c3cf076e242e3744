import {
  type Icon,
  IconChartBar,
  IconClockDollar,
  IconCoins,
  IconFileDescription,
  IconFileExport,
  IconHourglassHigh,
  IconReceiptTax,
} from '@tabler/icons-react'
import { type ComponentType, lazy } from 'react'
import type { Calls } from './calls.ts'

export type ReportSection = {
  /** The last part of its address: `/reports/tax`. */
  readonly id: string
  readonly title: string
  /** What it answers, in one line. */
  readonly about: string
  readonly icon: Icon
  /** Other words that find it. */
  readonly keywords: string
  /** What it reads: whoever may not call that is not offered the report. */
  readonly reads: Calls
  readonly Content: ComponentType
}

/** Every report in order; a feature brings its own by one entry here. Each draws its own page. */
export const reportSections: readonly ReportSection[] = [
  {
    id: 'revenue',
    title: 'Revenue',
    about: 'What you earned, by month, client, item and more: by date of issue, or by what came in.',
    icon: IconChartBar,
    keywords: 'sales turnover income issued received month client item manager',
    reads: 'reports.run',
    Content: lazy(async () => ({
      default: (await import('../features/reports/figures/figures-page.tsx')).RevenuePage,
    })),
  },
  {
    id: 'payments',
    title: 'Payments',
    about: 'The money that came in, by month, client and way of paying.',
    icon: IconCoins,
    keywords: 'money received cash method transfer card',
    reads: 'reports.run',
    Content: lazy(async () => ({
      default: (await import('../features/reports/figures/figures-page.tsx')).PaymentsPage,
    })),
  },
  {
    id: 'aged',
    title: 'Aged receivables',
    about: 'Who owes how much since when, as of any day, in each currency.',
    icon: IconHourglassHigh,
    keywords: 'ageing debtors overdue outstanding open buckets statements',
    reads: 'statements.aged',
    Content: lazy(async () => ({ default: (await import('../features/statements/aged-page.tsx')).AgedPage })),
  },
  {
    id: 'days-to-pay',
    title: 'Days to pay',
    about: 'How long clients take from an invoice to its full payment.',
    icon: IconClockDollar,
    keywords: 'average late slow DSO payment time',
    reads: 'reports.run',
    Content: lazy(async () => ({
      default: (await import('../features/reports/figures/figures-page.tsx')).DaysToPayPage,
    })),
  },
  {
    id: 'quotes',
    title: 'Quotes won',
    about: 'What you offered, and how much of it was accepted.',
    icon: IconFileDescription,
    keywords: 'offers estimates accepted rate conversion',
    reads: 'reports.run',
    Content: lazy(async () => ({
      default: (await import('../features/reports/figures/figures-page.tsx')).QuotesPage,
    })),
  },
  {
    id: 'tax',
    title: 'Tax',
    about: 'What is owed for a period, as the return asks for it, down to the documents.',
    icon: IconReceiptTax,
    keywords: 'VAT GST return boxes sales tax locked period',
    reads: 'taxReports.figures',
    Content: lazy(async () => ({
      default: (await import('../features/reports/tax/tax-report-page.tsx')).TaxReportPage,
    })),
  },
  {
    id: 'export',
    title: 'Export',
    about: 'Your tables as CSV or one workbook, and a bundle for the accountant.',
    icon: IconFileExport,
    keywords: 'csv xlsx excel download accountant bundle zip audit',
    reads: 'dataExports.sheet',
    Content: lazy(async () => ({ default: (await import('../features/exports/export-page.tsx')).ExportPage })),
  },
]

import { type Icon, IconReceiptTax } from '@tabler/icons-react'
import { type ComponentType, lazy } from 'react'

export type ReportSection = {
  /** The last part of its address: `/reports/tax`. */
  readonly id: string
  readonly title: string
  /** What it answers, in one line. */
  readonly about: string
  readonly icon: Icon
  /** Other words that find it. */
  readonly keywords: string
  readonly Content: ComponentType
}

/** Every report in order; a feature brings its own by one entry here. Each draws its own page. */
export const reportSections: readonly ReportSection[] = [
  {
    id: 'tax',
    title: 'Tax',
    about: 'What is owed for a period, as the return asks for it, down to the documents.',
    icon: IconReceiptTax,
    keywords: 'VAT GST return boxes sales tax locked period',
    Content: lazy(async () => ({
      default: (await import('../features/reports/tax/tax-report-page.tsx')).TaxReportPage,
    })),
  },
]

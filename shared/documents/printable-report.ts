/** A column of a report: words at the start of their place, figures at its end. */
export type ReportColumn = { readonly label: string; readonly align: 'start' | 'end' }

/**
 * A row of a report, its figures written already. `group` heads the rows under it, `sum` closes them, `total` closes
 * the report, `detail` says more of the row above.
 */
export type ReportLine = {
  readonly kind: 'row' | 'group' | 'sum' | 'total' | 'detail'
  readonly cells: readonly string[]
}

export type ReportTable = {
  /** Empty where the report is one table. */
  readonly title: string
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly ReportLine[]
  readonly notes: readonly string[]
}

/** Everything that a printed report needs. Two equal values give the same PDF, byte for byte. */
export type PrintableReport = {
  readonly language: string
  readonly pageSize: 'A4' | 'LETTER'
  readonly business: string
  /** `#rrggbb` of the business. */
  readonly accentColor: string
  readonly title: string
  /** What is counted, over which days, against what. */
  readonly about: string
  /** When it was drawn up, in words. */
  readonly madeOn: string
  readonly tables: readonly ReportTable[]
  /** Instant written into the file as its creation date: ISO 8601 UTC. */
  readonly createdAt: string
}

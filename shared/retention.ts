import { addDays, civilDate, civilParts, type FiscalYearStart, fiscalYearOf } from './dates.ts'

export type RetentionRule = {
  /** ISO 3166 code of the country; null where none is known. */
  readonly country: string | null
  readonly years: number
  /** What the years are counted from: the end of the calendar year or of the fiscal year of the document. */
  readonly from: 'calendar-year' | 'fiscal-year'
  /** First day on which this rule is asked; earlier the rule before it. */
  readonly since: string
  readonly source: string
}

const ever = '0001-01-01'

/**
 * How long a business keeps invoices and records of payment. Where the law of tax and the law of trade differ, the longer
 * counts. A rule that replaces another is asked by the day of the question: what has not run out yet runs by the new one.
 */
export const retentionRules: readonly RetentionRule[] = [
  { country: 'AT', years: 7, from: 'calendar-year', since: ever, source: 'Section 132 BAO' },
  { country: 'AU', years: 7, from: 'fiscal-year', since: ever, source: 'Corporations Act 2001, s. 286' },
  { country: 'BE', years: 7, from: 'calendar-year', since: ever, source: 'Article 60 CTVA until 2022' },
  { country: 'BE', years: 10, from: 'calendar-year', since: '2023-01-01', source: 'Article 60 CTVA, as of 2023' },
  { country: 'CA', years: 6, from: 'fiscal-year', since: ever, source: 'Income Tax Act, s. 230(4)' },
  { country: 'CH', years: 10, from: 'fiscal-year', since: ever, source: 'Article 958f OR' },
  { country: 'DE', years: 10, from: 'calendar-year', since: ever, source: 'Section 147 AO until 2024' },
  {
    country: 'DE',
    years: 8,
    from: 'calendar-year',
    since: '2025-01-01',
    source: 'Section 147 AO and section 14b UStG, as of 2025 (BEG IV)',
  },
  { country: 'ES', years: 6, from: 'calendar-year', since: ever, source: 'Article 30 Código de Comercio' },
  { country: 'FR', years: 10, from: 'fiscal-year', since: ever, source: 'Article L123-22 Code de commerce' },
  {
    country: 'GB',
    years: 6,
    from: 'fiscal-year',
    since: ever,
    source: 'VAT Notice 700/21; Companies Act 2006, s. 388',
  },
  { country: 'IE', years: 6, from: 'fiscal-year', since: ever, source: 'Taxes Consolidation Act 1997, s. 886' },
  { country: 'IN', years: 8, from: 'fiscal-year', since: ever, source: 'Companies Act 2013, s. 128(5)' },
  { country: 'IT', years: 10, from: 'calendar-year', since: ever, source: 'Article 2220 Codice civile' },
  { country: 'NL', years: 7, from: 'calendar-year', since: ever, source: 'Article 52 AWR' },
  { country: 'NZ', years: 7, from: 'fiscal-year', since: ever, source: 'Tax Administration Act 1994, s. 22' },
  { country: 'PT', years: 10, from: 'calendar-year', since: ever, source: 'Article 52 CIVA' },
  { country: 'US', years: 7, from: 'fiscal-year', since: ever, source: 'IRS Publication 583, longest period' },
]

const unknown: RetentionRule = {
  country: null,
  years: 10,
  from: 'fiscal-year',
  since: ever,
  source: 'No rule of this country is known here: the longest usual period',
}

/** The rule of a country that is asked on a day; ten years where none is known. */
export const retentionRuleOf = (country: string, today: string): RetentionRule =>
  retentionRules.findLast((rule) => rule.country === country && rule.since <= today) ?? unknown

/** The first day on which a document of a date need not be kept any more. */
export const freeFrom = (rule: RetentionRule, date: string, fiscalYearStart: FiscalYearStart): string => {
  const next =
    rule.from === 'calendar-year'
      ? civilDate(civilParts(date).year + 1, 1, 1)
      : fiscalYearOf(date, fiscalYearStart).until
  const { year, month, day } = civilParts(next)
  // The day after the last of the years; a fiscal year that begins on 29 February ends them on the 1st of March.
  return month === 2 && day === 29 ? civilDate(year + rule.years, 3, 1) : civilDate(year + rule.years, month, day)
}

/** The last date whose documents need not be kept any more on a day. */
export const lastFreeDate = (rule: RetentionRule, today: string, fiscalYearStart: FiscalYearStart): string => {
  const { year } = civilParts(today)
  // The years end with a calendar or fiscal year: the last day of one of these is the answer.
  for (let back = rule.years - 1; ; back += 1) {
    const end = civilDate(year - back, 12, 31)
    const last = rule.from === 'calendar-year' ? end : addDays(fiscalYearOf(end, fiscalYearStart).from, -1)
    if (freeFrom(rule, last, fiscalYearStart) <= today) return last
  }
}

import { fillPeriod } from './recurrence.ts'

type Line = { readonly name: string; readonly description: string | null }

/** The texts of a document that repeats. */
export type PeriodTexts<L extends Line = Line> = {
  readonly language: string
  readonly reference: string | null
  readonly notes: string | null
  readonly terms: string | null
  readonly lines: readonly L[]
}

type Period = { readonly from: string; readonly to: string }

/** A content with the period in each of its texts, in its own language. */
export const fillContent = <L extends Line, C extends PeriodTexts<L>>(content: C & { lines: L[] }, period: Period) => {
  const fill = (text: string) => fillPeriod(text, period, content.language)
  const fillOptional = (text: string | null) => (text === null ? null : fill(text))
  return {
    ...content,
    reference: fillOptional(content.reference),
    notes: fillOptional(content.notes),
    terms: fillOptional(content.terms),
    lines: content.lines.map((line) => ({
      ...line,
      name: fill(line.name),
      description: fillOptional(line.description),
    })),
  }
}

const holdsToken = /\{(?:MONTH|YEAR|QUARTER|PERIOD|DATE)\}/

/** Whether a text changes with the period. */
export const hasPeriodToken = (text: string | null): boolean => text !== null && holdsToken.test(text)

/**
 * A text that names the month or the year of a day, with tokens in their place: `Hosting March 2026` becomes
 * `Hosting {MONTH} {YEAR}`. Null where it names neither.
 */
export const withPeriodTokens = (text: string, on: string, language: string): string | null => {
  if (hasPeriodToken(text)) return null
  const day = new Date(`${on}T00:00:00Z`)
  const month = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC', calendar: 'gregory' }).format(day)
  const whole = (word: string) =>
    new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu')
  const found = text.replace(whole(month), '{MONTH}').replace(whole(on.slice(0, 4)), '{YEAR}')
  return found === text ? null : found
}

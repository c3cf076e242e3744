import { civilParts, type FiscalYearStart, fiscalYearOf } from '../dates.ts'
import { type PatternPart, type PatternProblem, type PatternToken, readPattern } from './number-pattern.ts'

export type { PatternProblem } from './number-pattern.ts'

export type NumberInput = {
  readonly counter: number
  /** Civil date of issue. */
  readonly issuedOn: string
  readonly fiscalYearStart: FiscalYearStart
  /** Code of the series, for `{SERIES}`. */
  readonly series: string
  /** Code of the branch, for `{BRANCH}`. */
  readonly branch: string
  /** Code of the client, for `{CLIENT}`, which counts each client's documents by themselves. */
  readonly client?: string
}

export type PatternContext = {
  /** ISO 3166 alpha-2: decides the legal limits. */
  readonly country: string
  /** Codes that `{SERIES}` and `{BRANCH}` stand for, so that the length can be told. */
  readonly series?: string
  readonly branch?: string
  readonly client?: string
}

type NumberLimit = {
  readonly longest: number
  readonly allowed: RegExp
  readonly words: string
  readonly source: string
}

/** What the law of a country allows in a document number. */
const limits: ReadonlyMap<string, NumberLimit> = new Map([
  [
    'IN',
    {
      longest: 16,
      allowed: /^[A-Za-z0-9/-]*$/,
      words: 'letters, digits, - and /',
      source: 'CGST Rules 2017, rule 46(b)',
    },
  ],
])

/** Longest number that the books take anywhere. */
const longestAnywhere = 40
// No control characters, no quotes or angle brackets that break file names and XML ids further on.
const allowedAnywhere = /^[\p{L}\p{N} ./_#()-]*$/u

/** What is wrong with a number in a country, in words; empty when it may be used. */
export const checkNumber = (number: string, country: string): PatternProblem[] => {
  const limit = limits.get(country)
  const longest = limit?.longest ?? longestAnywhere
  const problems: PatternProblem[] = []
  if (number.length > longest) {
    const law = limit ? ` (${limit.source})` : ''
    const message = `"${number}" has ${number.length} characters, at most ${longest} are allowed${law}: shorten the pattern`
    problems.push({ code: 'too-long', message })
  }
  if (!(limit?.allowed ?? allowedAnywhere).test(number)) {
    const words = limit ? `${limit.words} (${limit.source})` : 'letters, digits, spaces and . / _ # ( ) -'
    problems.push({ code: 'bad-character', message: `"${number}" may only contain ${words}` })
  }
  return problems
}

/** What is wrong with a number pattern, in words; empty when documents can be numbered by it. */
export const validatePattern = (pattern: string, context: PatternContext): PatternProblem[] => {
  if (pattern.trim() === '') return [{ code: 'empty', message: 'Write a pattern, for example INV-{YYYY}-{0000}' }]
  const { parts, problems: found } = readPattern(pattern)
  const problems = [...found]
  const counters = parts.filter((part) => part.kind === 'counter').length
  if (counters === 0) {
    const message = 'The counter is missing: add zeros in braces, one for each digit, like {0000}'
    problems.push({ code: 'counter-missing', message })
  }
  if (counters > 1) problems.push({ code: 'counter-twice', message: 'The counter may stand in the pattern only once' })
  const has = (...tokens: readonly PatternToken[]) => tokensOf(parts).some((token) => tokens.includes(token))
  if (has('MM') && !has('YYYY', 'YY', 'FY')) {
    const message = '{MM} alone gives the same numbers each year: add {YYYY}, {YY} or {FY}'
    problems.push({ code: 'month-without-year', message })
  }
  // A fiscal year other than the calendar year has the longer label, so that is the one to measure.
  const sample = render(parts, {
    counter: 1,
    issuedOn: '2026-12-31',
    fiscalYearStart: '04-01',
    series: context.series ?? '',
    branch: context.branch ?? '',
    client: context.client ?? 'C-0001',
  })
  return found.some((problem) => problem.code === 'unclosed-brace')
    ? problems
    : [...problems, ...checkNumber(sample, context.country)]
}

const tokensOf = (parts: readonly PatternPart[]): PatternToken[] =>
  parts.flatMap((part) => (part.kind === 'token' ? [part.token] : []))

const render = (parts: readonly PatternPart[], input: NumberInput): string =>
  parts.map((part) => renderPart(part, input)).join('')

const renderPart = (part: PatternPart, input: NumberInput): string => {
  if (part.kind === 'text') return part.text
  if (part.kind === 'counter') return String(input.counter).padStart(part.width, '0')
  return tokenText(part.token, input)
}

const tokenText = (token: PatternToken, input: NumberInput): string => {
  const { issuedOn, fiscalYearStart, series, branch, client = '' } = input
  switch (token) {
    case 'YYYY':
      return issuedOn.slice(0, 4)
    case 'YY':
      return issuedOn.slice(2, 4)
    case 'MM':
      return issuedOn.slice(5, 7)
    case 'FY':
      return fiscalYearOf(issuedOn, fiscalYearStart).label
    case 'SERIES':
      return series
    case 'BRANCH':
      return branch
    case 'CLIENT':
      return client
  }
}

/**
 * The number of a document: `INV-{YYYY}-{0000}` with counter 7 in 2026 is `INV-2026-0007`. A counter past its width
 * keeps all its digits. RangeError for a pattern that `validatePattern` refuses, a bad date or a counter below 1.
 */
export const formatNumber = (pattern: string, input: NumberInput): string => {
  const { parts, problems } = readPattern(pattern)
  const [problem] = problems
  if (problem) throw new RangeError(`Number pattern ${pattern}: ${problem.message}`)
  if (parts.filter((part) => part.kind === 'counter').length !== 1) {
    throw new RangeError(`Number pattern ${pattern}: it needs the counter, like {0000}, exactly once`)
  }
  if (!Number.isSafeInteger(input.counter) || input.counter < 1) {
    throw new RangeError(`A document counter starts at 1, not at ${input.counter}`)
  }
  civilParts(input.issuedOn)
  return render(parts, input)
}

/**
 * The key of the period in which a pattern's counter runs: it starts again at 1 where the key changes. By calendar year,
 * month or fiscal year, and by client, as the pattern's tokens say; `all` where it names none of them.
 */
export const counterPeriod = (
  pattern: string,
  issuedOn: string,
  fiscalYearStart: FiscalYearStart,
  clientId = '',
): string => {
  const tokens = new Set(tokensOf(readPattern(pattern).parts))
  const keys: string[] = []
  if (tokens.has('FY')) keys.push(`FY${fiscalYearOf(issuedOn, fiscalYearStart).label}`)
  if (tokens.has('YYYY') || tokens.has('YY')) keys.push(issuedOn.slice(0, 4))
  if (tokens.has('MM')) keys.push(`M${issuedOn.slice(5, 7)}`)
  if (tokens.has('CLIENT')) keys.push(`C${clientId}`)
  return keys.join('/') || 'all'
}

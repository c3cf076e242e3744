import { AppError } from '../../../shared/errors.ts'
import {
  type Direction,
  type RateProblem,
  type RateReading,
  type ReadRate,
  readRate,
  readRatesCsv,
  valueAtPath,
} from './reading.ts'

export type RateSource = {
  readonly name: string
  readonly urlTemplate: string
  readonly format: 'json' | 'ecb-csv'
  readonly jsonPath: string | null
  readonly direction: Direction
}

const patience = 10_000
const largest = 2_000_000

const fill = (template: string, values: Readonly<Record<string, string>>, encode = true) =>
  template.replace(/\{(base|currency|date)\}/g, (_, name: string) =>
    encode ? encodeURIComponent(values[name] ?? '') : (values[name] ?? ''),
  )

const failed = (reason: string) => new AppError('IMPORT_FAILED', `The rates could not be fetched: ${reason}`)

/** The address of a template; AppError VALIDATION unless it is https (or this machine). */
export const addressOf = (template: string, values: Readonly<Record<string, string>>): URL => {
  let url: URL | null = null
  try {
    url = new URL(fill(template, values))
  } catch {
    url = null
  }
  const isHere = url !== null && (url.hostname === '127.0.0.1' || url.hostname === 'localhost')
  if (url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isHere))) return url
  const message = 'Enter an address that begins with https://, with {currency}, {base} and {date} where they belong.'
  throw new AppError('VALIDATION', message, { fields: { urlTemplate: message } })
}

const textAt = async (url: URL, signal: AbortSignal | undefined): Promise<string> => {
  const limit = AbortSignal.timeout(patience)
  try {
    const answer = await fetch(url, {
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      redirect: 'follow',
      headers: { accept: 'application/json, text/csv' },
    })
    if (!answer.ok) throw failed(`${url.host} answered ${answer.status}. Check the address in Settings.`)
    const text = await answer.text()
    if (text.length > largest) throw failed(`the answer of ${url.host} is too large.`)
    return text
  } catch (error) {
    if (error instanceof AppError) throw error
    if (limit.aborted) throw failed(`${url.host} did not answer within 10 seconds.`)
    throw failed(`${url.host} cannot be reached. Check the network and try again.`)
  }
}

const fromJson = (text: string, source: RateSource, values: Readonly<Record<string, string>>): ReadRate | string => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'the answer is no JSON.'
  }
  const path = fill(source.jsonPath ?? 'rates.{currency}', values, false)
  const value = valueAtPath(json, path)
  const rateE10 = value === null ? null : readRate(value, source.direction)
  if (rateE10 === null) return `the answer has no rate at "${path}".`
  return { currency: values['currency'] ?? '', rateOn: values['date'] ?? '', rateE10 }
}

/**
 * Asks a source for the rates of a day, one question a currency. What fails is a problem with its currency; nothing at
 * all is AppError IMPORT_FAILED in words.
 */
export const fetchRates = async (
  source: RateSource,
  baseCurrency: string,
  currencies: readonly string[],
  on: string,
  signal: AbortSignal | undefined,
): Promise<RateReading> => {
  const rates: ReadRate[] = []
  const problems: RateProblem[] = []
  for (const [index, currency] of currencies.filter((it) => it !== baseCurrency).entries()) {
    const values = { base: baseCurrency, currency, date: on }
    const text = await textAt(addressOf(source.urlTemplate, values), signal)
    if (source.format === 'ecb-csv') {
      const read = readRatesCsv(text, baseCurrency, source.direction)
      const own = read.rates.filter((rate) => rate.currency === currency)
      if (own.length === 0) problems.push({ line: index + 1, message: `${currency}: the answer has no rate.` })
      rates.push(...own)
      continue
    }
    const read = fromJson(text, source, values)
    if (typeof read === 'string') problems.push({ line: index + 1, message: `${currency}: ${read}` })
    else rates.push(read)
  }
  return { rates, problems }
}

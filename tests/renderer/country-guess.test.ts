import { expect, test } from 'vitest'
import { type Country, guessCountry } from '../../renderer/features/setup/country-guess.ts'

const country = (code: string, timezone: string): Country => ({
  code,
  name: code,
  currency: 'EUR',
  language: 'en-GB',
  timezone,
  fiscalYearStart: '01-01',
  taxName: 'VAT',
  taxIdLabels: ['VAT no.'],
  numberPattern: 'INV-{0000}',
  taxRates: [],
})

const all = [
  country('GB', 'Europe/London'),
  country('DE', 'Europe/Berlin'),
  country('US', 'America/New_York'),
  country('CA', 'America/New_York'),
]

test('the time zone decides before the language', () => {
  expect(guessCountry(all, { timezone: 'Europe/Berlin', languages: ['en-GB'] })?.code).toBe('DE')
})

test('the language decides between countries of one time zone', () => {
  expect(guessCountry(all, { timezone: 'America/New_York', languages: ['fr', 'fr-CA'] })?.code).toBe('CA')
})

test('a time zone of no country leaves it to the language', () => {
  expect(guessCountry(all, { timezone: 'UTC', languages: ['en-US'] })?.code).toBe('US')
})

test('nothing is guessed when nothing tells', () => {
  expect(guessCountry(all, { timezone: 'UTC', languages: ['en', 'ja-JP'] })).toBeNull()
})

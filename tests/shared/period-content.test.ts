import { describe, expect, test } from 'vitest'
import { fillContent, hasPeriodToken, withPeriodTokens } from '../../shared/documents/period-content.ts'

const march = { from: '2026-03-01', to: '2026-03-31' }

test('each text of a content takes the period, in the language of the document', () => {
  const content = {
    language: 'de',
    reference: 'Q: {QUARTER}',
    notes: null,
    terms: 'Leistung {PERIOD}',
    lines: [{ name: 'Hosting {MONTH} {YEAR}', description: 'Ab {DATE}' }],
  }
  expect(fillContent(content, march)).toEqual({
    language: 'de',
    reference: 'Q: Q1',
    notes: null,
    terms: expect.stringMatching(/^Leistung 1\. März 2026 – 31\. März 2026$/),
    lines: [{ name: 'Hosting März 2026', description: 'Ab 1. März 2026' }],
  })
})

describe('tokens in place of the month and the year of an invoice', () => {
  test.each([
    ['Hosting March 2026', '2026-03-05', 'en', 'Hosting {MONTH} {YEAR}'],
    ['hosting, march', '2026-03-05', 'en', 'hosting, {MONTH}'],
    ['Wartung März 2026', '2026-03-05', 'de', 'Wartung {MONTH} {YEAR}'],
    ['Marching band', '2026-03-05', 'en', null],
    ['Order 120261', '2026-03-05', 'en', null],
    ['Hosting {MONTH} 2026', '2026-03-05', 'en', null],
    ['Hosting', '2026-03-05', 'en', null],
  ])('%s of %s', (text, on, language, expected) => {
    expect(withPeriodTokens(text, on, language)).toBe(expected)
  })

  test('a text without tokens stays as it is in every period', () => {
    expect(hasPeriodToken('Hosting {MONTHS}')).toBe(false)
    expect(hasPeriodToken('Hosting {MONTH}')).toBe(true)
    expect(hasPeriodToken(null)).toBe(false)
  })
})

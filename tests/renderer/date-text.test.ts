import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDateText } from '../../renderer/ui/date-text.ts'
import { formatsOf } from '../../renderer/ui/locale.tsx'
import { addDays } from '../../shared/dates.ts'

const today = '2026-07-14'
const read = (text: string, locale = 'en-GB') => parseDateText(text, locale, today)

describe('a typed date', () => {
  it.each([
    ['31/3/26', 'en-GB', '2026-03-31'],
    ['31.3.2026', 'de-DE', '2026-03-31'],
    ['31.3.', 'de-DE', '2026-03-31'],
    ['3/31/2026', 'en-US', '2026-03-31'],
    ['3/31', 'en-US', '2026-03-31'],
    ['2026/3/31', 'en-GB', '2026-03-31'],
    ['2026-03-31', 'en-US', '2026-03-31'],
    ['31 mar', 'en-GB', '2026-03-31'],
    ['Mar 31, 2027', 'en-US', '2027-03-31'],
    ['31 märz 2026', 'de-DE', '2026-03-31'],
    ['5', 'en-GB', '2026-07-05'],
    ['+30', 'en-GB', '2026-08-13'],
    ['-14', 'en-GB', '2026-06-30'],
    ['t', 'en-GB', '2026-07-14'],
  ])('reads %s in %s', (text, locale, date) => {
    expect(read(text, locale)).toBe(date)
  })

  it.each(['31/2/26', '2026-02-30', '32', 'soon', '1/2/3/4', '31 xyz', '0', '', '1e3'])('refuses %s', (text) => {
    expect(read(text)).toBeNull()
  })

  it('reads back whatever it writes, in every order of day and month', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -20_000, max: 20_000 }),
        fc.constantFrom('en-GB', 'en-US', 'de-DE', 'fr-FR', 'sv-SE', 'pl-PL', 'en-IN'),
        (days, locale) => {
          const date = addDays(today, days)
          expect(parseDateText(formatsOf(locale, 'EUR').date(date), locale, today)).toBe(date)
        },
      ),
    )
  })

  it('never throws for any text', () => {
    fc.assert(fc.property(fc.string(), (text) => read(text) === null || /^\d{4}-\d{2}-\d{2}$/.test(read(text) ?? '')))
  })
})

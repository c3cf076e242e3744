import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_ATTEMPTS, nextAttemptAt, shouldRetry } from '../../electron/mail/backoff.ts'
import { MailError, type MailErrorCode } from '../../electron/mail/mail-error.ts'

const NOW = 1_741_064_767_000
const MINUTE = 60_000
const LONGEST = 6 * 60 * MINUTE
const failed = (code: MailErrorCode, permanent: boolean) =>
  new MailError({ code, step: 'data', permanent, message: 'x' })

describe('the wait between attempts', () => {
  it('doubles from a minute to six hours', () => {
    const waits = [1, 2, 3, 4, 8, 9, 10, 19, 1000].map(
      (attempt) => (nextAttemptAt(attempt, NOW, () => 1) - NOW) / MINUTE,
    )
    expect(waits).toEqual([1, 2, 4, 8, 128, 256, 360, 360, 360])
  })

  it('is always between half of it and the whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const longest = Math.min(LONGEST, MINUTE * 2 ** (attempt - 1))
          const wait = nextAttemptAt(attempt, NOW, () => random) - NOW
          expect(wait).toBeGreaterThanOrEqual(longest / 2)
          expect(wait).toBeLessThanOrEqual(longest)
          expect(Number.isInteger(wait)).toBe(true)
        },
      ),
    )
  })

  it.each([0, -1, 1.5, Number.NaN])('is not defined before the first attempt (%s)', (attempt) => {
    expect(() => nextAttemptAt(attempt, NOW, () => 0)).toThrow(RangeError)
  })
})

describe('a retry', () => {
  it('is made for what may pass, until enough attempts were made', () => {
    expect(shouldRetry(failed('temporary', false), 1)).toBe(true)
    expect(shouldRetry(failed('timeout', false), MAX_ATTEMPTS - 1)).toBe(true)
    expect(shouldRetry(failed('timeout', false), MAX_ATTEMPTS)).toBe(false)
  })

  it('is not made for what cannot', () => {
    expect(shouldRetry(failed('auth-failed', true), 1)).toBe(false)
    expect(shouldRetry(failed('recipient-refused', true), 1)).toBe(false)
  })

  it('is made however long there is no network', () => {
    expect(shouldRetry(failed('offline', false), 10_000)).toBe(true)
  })

  it('goes on for about three days', () => {
    let at = NOW
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) at = nextAttemptAt(attempt, at, () => 0.5)
    const days = (at - NOW) / (24 * 60 * MINUTE)
    expect(days).toBeGreaterThan(1.5)
    expect(days).toBeLessThan(4)
  })
})

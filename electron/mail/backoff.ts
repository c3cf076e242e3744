import type { MailError } from './mail-error.ts'

/** With the delays below, the last attempt comes about three days after the first. */
export const MAX_ATTEMPTS = 20

const FIRST_DELAY_MS = 60_000
const LONGEST_DELAY_MS = 6 * 60 * 60_000

/**
 * Gives when to try again (epoch milliseconds) after `attempt` failed attempts (1 = the first one failed): a minute,
 * doubled each time up to six hours, of which a random half is taken off so that a full outbox does not retry as one.
 * `random` gives [0, 1).
 */
export function nextAttemptAt(attempt: number, now: number, random: () => number): number {
  if (!Number.isInteger(attempt) || attempt < 1)
    throw new RangeError(`attempt must be a whole number from 1, not ${attempt}`)
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 32))
  return now + Math.round(longest / 2 + (longest / 2) * random())
}

/** Whether a failed attempt uses one up: having no network does not, however long it lasts. */
export function countsAsAttempt(error: MailError): boolean {
  return error.code !== 'offline'
}

/** Whether to try again after `attempt` counted attempts, the failed one included. */
export function shouldRetry(error: MailError, attempt: number): boolean {
  if (error.permanent) return false
  return !countsAsAttempt(error) || attempt < MAX_ATTEMPTS
}

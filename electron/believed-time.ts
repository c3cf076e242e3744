const day = 86_400_000
const settled = 7 * day
const mostAway = 31 * day

const later = (instant: string, milliseconds: number) => new Date(Date.parse(instant) + milliseconds).toISOString()

/** Up to when something has to have been written for a clock to be believed: a week before what it says. */
export const settledUpTo = (clock: string): string => later(clock, -settled)

/**
 * The time by which what is past its time may be removed for good. Once a clock has gone on for a week it is believed,
 * however long nobody was here; until then it may only be set wrong, and counts as 31 days after the last instant that was
 * written up to a week before it. `lastSettled` is that instant; null where nothing was written by then.
 */
export const believedTime = (clock: string, lastSettled: string | null): string => {
  if (lastSettled === null) return clock
  const latest = later(lastSettled, mostAway)
  return latest < clock ? latest : clock
}

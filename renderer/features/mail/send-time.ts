/** When most offices begin to read their mail. */
export const usualTime = '09:00'

/** The instant of a civil day and time on this computer; null where one of them is missing or no time. */
export const instantOf = (day: string, time: string): string | null => {
  const at = Date.parse(`${day}T${time === '' ? 'x' : time}:00`)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

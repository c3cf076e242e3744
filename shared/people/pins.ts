import { runAt, yearAt } from './password-runs.ts'

/** What a PIN is asked to be: six figures are proposed, four are enough. */
export const shortestPin = 4
export const longestPin = 12

/** Why a PIN is not taken, in one sentence; null where it is. */
export const refusePin = (pin: string): string | null => {
  if (!/^\d+$/.test(pin)) return 'A PIN is made of figures.'
  if (pin.length < shortestPin || pin.length > longestPin)
    return `Use ${shortestPin} to ${longestPin} figures; 6 are a good choice.`
  if (/^(\d{1,3})\1+$/.test(pin)) return 'The same figures again and again are tried first. Choose others.'
  if (runAt(pin, 0) === pin.length || /^(\d)\1+(\d)\2+$/.test(pin))
    return 'Figures in a row are tried first. Choose others.'
  if (pin.length === 4 && yearAt(pin, 0) === 4) return 'A year is tried first. Choose other figures.'
  return null
}

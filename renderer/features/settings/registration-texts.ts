import type { FilingFrequency, TaxScheme } from '../../../shared/tax/regimes/regime.ts'

/** The words of schemes, for choosing and for reading. */
export const schemeTexts: Readonly<Record<TaxScheme, string>> = {
  standard: 'Standard',
  'flat-rate': 'Flat rate',
  cash: 'Cash accounting',
  composition: 'Composition',
  'small-business': 'Small business, no tax charged',
}

export const frequencyTexts: Readonly<Record<FilingFrequency, string>> = {
  monthly: 'Monthly',
  quarterly: 'Quarterly',
  'half-yearly': 'Half-yearly',
  yearly: 'Yearly',
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Choices of the month that filing periods end with; quarters and half-years name each end once. */
export const endMonthChoices = (frequency: FilingFrequency): { value: string; label: string }[] => {
  const step = { monthly: 1, quarterly: 3, 'half-yearly': 6, yearly: 12 }[frequency]
  if (step === 1) return [{ value: '12', label: 'Each month' }]
  return Array.from({ length: step }, (_, index) => {
    const ends = Array.from({ length: 12 / step }, (_, turn) => months[(index + turn * step) % 12])
    return { value: String(index + 1), label: ends.map((it) => (step === 12 ? it : it?.slice(0, 3))).join(', ') }
  })
}

/** The first month of the year that periods ending with a month end with: 9 in quarters is 3. */
export const firstEnd = (month: number, frequency: FilingFrequency): string => {
  const step = { monthly: 1, quarterly: 3, 'half-yearly': 6, yearly: 12 }[frequency]
  return step === 1 ? '12' : String(((month - 1) % step) + 1)
}

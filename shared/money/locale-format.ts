/** How a locale writes numbers, as far as reading them needs. */
export type NumberFormatOfLocale = {
  readonly decimal: string
  /** Separator of thousands, empty where the locale uses none. */
  readonly group: string
  /** The digits zero to nine in the locale's own script. */
  readonly digits: readonly string[]
}

const known = new Map<string, NumberFormatOfLocale>()

/** Separators and digits of a locale (BCP 47, `de-DE`); RangeError from the platform for a malformed tag. */
export const numberFormatOf = (locale: string): NumberFormatOfLocale => {
  const found = known.get(locale)
  if (found) return found
  const parts = new Intl.NumberFormat(locale).formatToParts(-123456789.5)
  const plain = new Intl.NumberFormat(locale, { useGrouping: false })
  const format: NumberFormatOfLocale = {
    decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
    group: parts.find((part) => part.type === 'group')?.value ?? '',
    digits: Array.from({ length: 10 }, (_, digit) => plain.format(digit)),
  }
  known.set(locale, format)
  return format
}

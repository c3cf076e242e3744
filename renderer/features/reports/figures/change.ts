/** The change from one whole number to another in tenths of a percent, half away from zero; null from nothing. */
export const changeInTenths = (before: bigint, now: bigint): number | null => {
  if (before === 0n) return null
  const size = before < 0n ? -before : before
  const scaled = (now - before) * 1000n
  const half = size / 2n
  return Number((scaled < 0n ? scaled - half : scaled + half) / size)
}

/** A part of a whole in tenths of a percent, half away from zero; null of nothing. */
export const shareInTenths = (part: bigint, whole: bigint): number | null => {
  if (whole === 0n) return null
  const change = changeInTenths(whole, part)
  return change === null ? null : whole < 0n ? null : change + 1000
}

/** Tenths of a percent in a locale's way: `+12.5%`, `37.5%`; an en dash for none. */
export const tenthsText = (tenths: number | null, locale: string, sign: 'always' | 'none'): string =>
  tenths === null
    ? '–'
    : new Intl.NumberFormat(locale, {
        style: 'percent',
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
        signDisplay: sign === 'always' ? 'exceptZero' : 'auto',
      }).format(tenths / 1000)

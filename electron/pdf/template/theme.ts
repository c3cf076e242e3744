import type { PrintableDocument } from '../../../shared/documents/printable.ts'

/** Points of a millimetre. */
export const millimetre = 72 / 25.4

/** Size of the paper and where the content stands on it, in points. */
export type Paper = {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  /** Where the content of the second and later pages begins. */
  readonly top: number
  /** Where content ends, above the foot line. */
  readonly bottom: number
  readonly foot: number
}

const sizes = { A4: [595.28, 841.89], LETTER: [612, 792] } as const

/** Width and height of a paper size, in points. */
export const paperSize = (pageSize: PrintableDocument['pageSize']): readonly [width: number, height: number] =>
  sizes[pageSize]

/** Where the buyer's address stands so that it shows in the window of DL, C5/6 and #10 envelopes. */
export const windowTop = 54 * millimetre

export const colors = {
  ink: '#1c1b19',
  soft: '#6a675f',
  hairline: '#d8d4ca',
  draftMark: '#f3f1eb',
  voidMark: '#faece8',
  draftChip: '#8a867c',
  voidChip: '#a03524',
} as const

const channel = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16)

const linear = (value: number): number => {
  const part = value / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

const luminance = (hex: string): number =>
  0.2126 * linear(channel(hex, 1)) + 0.7152 * linear(channel(hex, 3)) + 0.0722 * linear(channel(hex, 5))

const darker = (hex: string): string =>
  `#${[1, 3, 5]
    .map((at) =>
      Math.floor(channel(hex, at) * 0.92)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

const mixed = (hex: string, share: number): string =>
  `#${[1, 3, 5]
    .map((at) =>
      Math.round(255 + (channel(hex, at) - 255) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

/** A colour thinned with white: `share` of it stays. */
export const tintOf = (hex: string, share: number): string => mixed(hex, share)

/** A quieter shade of the text colour that still reads on white paper (contrast 4.5 to 1). */
export const softInk = (ink: string): string => (ink === colors.ink ? colors.soft : accentInk(mixed(ink, 0.68)))

/**
 * The accent as ink on white paper: darkened until it reads (contrast 4.5 to 1), whatever colour the business chose.
 * Anything but `#rrggbb` gives the ink of the text.
 */
export const accentInk = (accent: string): string => {
  if (!/^#[0-9a-f]{6}$/i.test(accent)) return colors.ink
  let ink = accent.toLowerCase()
  while (1.05 / (luminance(ink) + 0.05) < 4.5) ink = darker(ink)
  return ink
}

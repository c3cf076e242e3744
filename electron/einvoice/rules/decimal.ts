/**
 * Decimals of any length, exact: the rules compare what a file says, which may have more digits than our own amounts
 * keep. A value is `units` / 10^`scale`.
 */
export type Decimal = { readonly units: bigint; readonly scale: number }

const shape = /^([+-]?)(\d*)(?:\.(\d*))?$/
// A number of a hostile file must not cost more than its reading.
const maxDigits = 60

/** The decimal that a text writes (xs:decimal, spaces around it allowed), or null where it writes none. */
export function parseDecimal(text: string): Decimal | null {
  const [, sign = '', whole = '', fraction = ''] = shape.exec(text.trim()) ?? []
  const figures = whole + fraction
  if (figures === '' || figures.length > maxDigits) return null
  const units = BigInt(figures)
  return { units: sign === '-' ? -units : units, scale: fraction.length }
}

export const zeroDecimal: Decimal = { units: 0n, scale: 0 }

/** A whole number as a decimal. */
export const whole = (value: number): Decimal => ({ units: BigInt(value), scale: 0 })

const unitsAt = (value: Decimal, scale: number): bigint => value.units * 10n ** BigInt(scale - value.scale)

function align(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale)
  return [unitsAt(a, scale), unitsAt(b, scale), scale]
}

/** a + b, exact. */
export function add(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = align(a, b)
  return { units: x + y, scale }
}

/** a - b, exact. */
export function subtract(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = align(a, b)
  return { units: x - y, scale }
}

/** a * b, exact. */
export const multiply = (a: Decimal, b: Decimal): Decimal => ({ units: a.units * b.units, scale: a.scale + b.scale })

/** percent of a value, exact. */
export const percentOf = (value: Decimal, percent: Decimal): Decimal => {
  const product = multiply(value, percent)
  return { units: product.units, scale: product.scale + 2 }
}

/** -1, 0 or 1 as a is below, equal to or above b. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const [x, y] = align(a, b)
  return x < y ? -1 : x > y ? 1 : 0
}

export const equal = (a: Decimal, b: Decimal): boolean => compare(a, b) === 0

/** The value without its sign. */
export const absolute = (value: Decimal): Decimal => (value.units < 0n ? { ...value, units: -value.units } : value)

const floorDivide = (a: bigint, b: bigint): bigint => {
  const quotient = a / b
  return a % b !== 0n && a < 0n ? quotient - 1n : quotient
}

/** Rounds to `places` digits, halves towards plus infinity, as round() of XPath does and the official rules with it. */
export function roundUp(value: Decimal, places: number): Decimal {
  if (value.scale <= places) return value
  const step = 10n ** BigInt(value.scale - places)
  return { units: floorDivide(2n * value.units + step, 2n * step), scale: places }
}

/** Rounds to `places` digits, halves away from zero, as tax offices do. */
export function roundAway(value: Decimal, places: number): Decimal {
  const rounded = roundUp(absolute(value), places)
  return value.units < 0n ? { units: -rounded.units, scale: rounded.scale } : rounded
}

/** a / b with 12 digits behind the point, cut off; b must not be zero. */
export function divide(a: Decimal, b: Decimal): Decimal {
  const [x, y] = align(a, b)
  return { units: (x * 10n ** 12n) / y, scale: 12 }
}

/** Whether |a - b| is below the tolerance, or equal to it where `inclusive`. */
export function isWithin(a: Decimal, b: Decimal, tolerance: Decimal, inclusive: boolean): boolean {
  const difference = compare(absolute(subtract(a, b)), tolerance)
  return difference < 0 || (inclusive && difference === 0)
}

/** The value as people read it: at least two digits behind the point, no more than it has. */
export function showDecimal(value: Decimal): string {
  const { units, scale } = value.scale < 2 ? { units: unitsAt(value, 2), scale: 2 } : value
  const figures = absolute({ units, scale })
    .units.toString()
    .padStart(scale + 1, '0')
  const fraction = figures.slice(-scale).replace(/0+$/, '').padEnd(2, '0')
  return `${units < 0n ? '-' : ''}${figures.slice(0, -scale)}.${fraction}`
}

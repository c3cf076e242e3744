import type { RoundingMode } from '../../shared/money/rounding.ts'

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** Below this, cutting a fraction costs more than carrying it. */
const small = 2n ** 96n

/** An exact fraction, for oracles that must not share the product's arithmetic. */
export class Rational {
  static readonly zero = new Rational(0n, 1n)
  static readonly half = new Rational(1n, 2n)
  readonly top: bigint
  readonly bottom: bigint

  constructor(top: bigint, bottom: bigint) {
    const sign = bottom < 0n ? -1n : 1n
    const common = bottom > small || bottom < -small ? gcd(top, bottom) : 1n
    this.top = (top * sign) / common
    this.bottom = (bottom * sign) / common
  }

  /** An integer with so many decimals: `scaled(1230n, 2)` is 12.3. */
  static scaled(units: bigint, decimals: number): Rational {
    return new Rational(units, 10n ** BigInt(decimals))
  }

  static sum(values: readonly Rational[]): Rational {
    return values.reduce((all, value) => all.plus(value), Rational.zero)
  }

  plus(other: Rational): Rational {
    if (other.bottom === this.bottom) return new Rational(this.top + other.top, this.bottom)
    return new Rational(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom)
  }

  minus(other: Rational): Rational {
    return this.plus(other.negated())
  }

  times(other: Rational): Rational {
    return new Rational(this.top * other.top, this.bottom * other.bottom)
  }

  over(other: Rational): Rational {
    return new Rational(this.top * other.bottom, this.bottom * other.top)
  }

  negated(): Rational {
    return new Rational(-this.top, this.bottom)
  }

  magnitude(): Rational {
    return this.top < 0n ? this.negated() : this
  }

  /** -1, 0 or 1. */
  compare(other: Rational): number {
    const difference = this.top * other.bottom - other.top * this.bottom
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }

  equals(other: Rational): boolean {
    return this.compare(other) === 0
  }

  sign(): number {
    return this.compare(Rational.zero)
  }

  /** The greatest whole number that is not above. */
  floor(): bigint {
    const cut = this.top / this.bottom
    return this.top < 0n && cut * this.bottom !== this.top ? cut - 1n : cut
  }

  /** Rounded to so many decimals: between the neighbours below and above, whichever the mode asks for. */
  rounded(decimals: number, mode: RoundingMode): Rational {
    const step = new Rational(1n, 10n ** BigInt(decimals))
    const scaled = this.over(step)
    const below = scaled.floor()
    const rest = scaled.minus(new Rational(below, 1n))
    if (rest.sign() === 0) return new Rational(below, 1n).times(step)
    const farther = this.sign() < 0 ? below : below + 1n
    const nearer = this.sign() < 0 ? below + 1n : below
    const toHalf = rest.compare(Rational.half)
    const nearest = toHalf < 0 ? below : below + 1n
    const even = below % 2n === 0n ? below : below + 1n
    const whole = {
      up: farther,
      down: nearer,
      'half-up': toHalf === 0 ? farther : nearest,
      'half-even': toHalf === 0 ? even : nearest,
    }[mode]
    return new Rational(whole, 1n).times(step)
  }

  /** The integer with so many decimals; throws when there are more of them. */
  toScaled(decimals: number): bigint {
    const units = this.top * 10n ** BigInt(decimals)
    if (units % this.bottom !== 0n) throw new Error(`${this.top}/${this.bottom} has more than ${decimals} decimals`)
    return units / this.bottom
  }
}

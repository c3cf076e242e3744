import type { AdjustmentInput, DocumentInput, TaxInput } from '../../shared/documents/model.ts'
import { Rational } from '../support/rational.ts'

/**
 * The calculation model once more, written from its description and not from the product: fractions of currency units,
 * every amount kept per line and per tax, cents handed out one at a time. Slow and plain on purpose.
 */
export type OracleTotals = {
  readonly lines: readonly {
    readonly id: string
    readonly gross: Rational
    readonly net: Rational
    readonly tax: Rational
  }[]
  readonly adjustments: readonly Rational[]
  readonly lineNet: Rational
  readonly allowance: Rational
  readonly charge: Rational
  readonly net: Rational
  readonly taxes: readonly { readonly key: string; readonly taxable: Rational; readonly tax: Rational }[]
  readonly tax: Rational
  readonly total: Rational
  readonly rounding: Rational
  readonly payable: Rational
}

type Piece = { readonly taxes: readonly TaxInput[]; amount: Rational; readonly own: boolean }
type Split = { readonly piece: Piece; readonly net: Rational; readonly taxes: readonly Rational[] }

const { zero } = Rational
const one = new Rational(1n, 1n)
const e4 = (units: bigint) => Rational.scaled(units, 4)
const percentage = (units: bigint) => Rational.scaled(units, 8)
export const rowKeyOf = (tax: TaxInput): string => `${tax.category}|${tax.rateE6}|${tax.compound ? 1 : 0}|${tax.name}`
const setKeyOf = (taxes: readonly TaxInput[]): string => JSON.stringify(taxes.map(rowKeyOf))
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

class Oracle {
  readonly input: DocumentInput
  readonly cent: Rational

  constructor(input: DocumentInput) {
    this.input = input
    this.cent = Rational.scaled(1n, input.minorUnits)
  }

  round(value: Rational): Rational {
    return value.rounded(this.input.minorUnits, this.input.rounding.mode)
  }

  adjustment(input: AdjustmentInput, soFar: Rational): Rational {
    const base = input.baseE4 === null ? soFar : e4(input.baseE4)
    const exact = input.amountE4 === null ? base.times(percentage(input.percentE6 ?? 0n)) : e4(input.amountE4)
    const amount = this.round(exact)
    return input.kind === 'charge' ? amount : amount.negated()
  }

  /** Cuts each share to whole cents, then moves single cents to whoever is furthest from its exact share. */
  handOut(total: Rational, exact: readonly Rational[]): Rational[] {
    const parts = exact.map((share) => share.rounded(this.input.minorUnits, 'down'))
    for (let left = total.minus(Rational.sum(parts)); left.sign() !== 0; left = total.minus(Rational.sum(parts))) {
      const step = left.sign() > 0 ? this.cent : this.cent.negated()
      let best = -1
      let bestGap = zero
      for (const [index, share] of exact.entries()) {
        if (share.sign() === 0) continue
        const gap = share.minus(parts[index] ?? zero).times(step)
        if (best < 0 || gap.compare(bestGap) > 0) [best, bestGap] = [index, gap]
      }
      parts[best] = (parts[best] ?? zero).plus(step)
    }
    return parts
  }

  proportional(total: Rational, nets: readonly Rational[]): Rational[] {
    const sum = Rational.sum(nets)
    const bounded = total.magnitude().compare(sum.magnitude()) <= 0
    const sizes = nets.some((net) => net.sign() !== 0) ? nets.map((net) => net.magnitude()) : nets.map(() => one)
    const weights = bounded ? nets : sizes
    const whole = Rational.sum(weights)
    if (total.sign() === 0) return nets.map(() => zero)
    return this.handOut(
      total,
      weights.map((weight) => total.times(weight).over(whole)),
    )
  }

  /** 1 + the sum of what the taxes add to one unit of net, and each of them. */
  factors(taxes: readonly TaxInput[]): { all: Rational; each: Rational[]; bases: Rational[] } {
    let all = one
    const each: Rational[] = []
    const bases: Rational[] = []
    for (const tax of taxes) {
      const base = tax.compound ? all : one
      const factor = base.times(percentage(tax.rateE6))
      bases.push(base)
      each.push(factor)
      all = all.plus(factor)
    }
    return { all, each, bases }
  }

  taxesOn(net: Rational, taxes: readonly TaxInput[]): Rational[] {
    const due: Rational[] = []
    for (const tax of taxes) {
      const base = tax.compound ? Rational.sum([net, ...due]) : net
      due.push(this.round(base.times(percentage(tax.rateE6))))
    }
    return due
  }

  splitGross(piece: Piece): Split {
    const { all, each } = this.factors(piece.taxes)
    const nearest = this.input.rounding.mode.startsWith('half')
    if (nearest && piece.taxes.length === 1) {
      const net = this.round(piece.amount.over(all))
      return { piece, net, taxes: [piece.amount.minus(net)] }
    }
    const taxes = each.map((factor) => this.round(piece.amount.over(all).times(factor)))
    return { piece, net: piece.amount.minus(Rational.sum(taxes)), taxes }
  }

  /** The pieces that are rounded as one: each by itself, or all with the same taxes together. */
  pooled(pieces: readonly Piece[]): Piece[] {
    if (this.input.rounding.scope === 'line') return [...pieces]
    const pools = new Map<string, Piece>()
    for (const piece of pieces) {
      const key = setKeyOf(piece.taxes)
      const pool = pools.get(key) ?? { taxes: piece.taxes, amount: zero, own: false }
      pool.amount = pool.amount.plus(piece.amount)
      pools.set(key, pool)
    }
    return [...pools.values()]
  }

  splitAll(pieces: readonly Piece[]): Split[] {
    const pools = this.pooled(pieces)
    if (!this.input.pricesIncludeTax) {
      return pools.map((piece) => ({ piece, net: piece.amount, taxes: this.taxesOn(piece.amount, piece.taxes) }))
    }
    if (this.input.rounding.scope !== 'document') return pools.map((piece) => this.splitGross(piece))
    const ordered = [...pools].sort((a, b) => byText(setKeyOf(a.taxes), setKeyOf(b.taxes)))
    const exact = ordered.flatMap((piece) => {
      const { all, each } = this.factors(piece.taxes)
      return each.map((factor) => piece.amount.over(all).times(factor))
    })
    const gross = Rational.sum(ordered.map((piece) => piece.amount))
    const taxExact = Rational.sum(exact)
    const nearest = this.input.rounding.mode.startsWith('half')
    const tax = nearest ? gross.minus(this.round(gross.minus(taxExact))) : this.round(taxExact)
    const parts = this.handOut(tax, exact)
    return ordered.map((piece) => {
      const taxes = parts.splice(0, piece.taxes.length)
      return { piece, net: piece.amount.minus(Rational.sum(taxes)), taxes }
    })
  }

  spread(amount: Rational, pieces: readonly Piece[]): void {
    const lines = pieces.filter((piece) => !piece.own)
    const keys = [...new Set(lines.map((line) => setKeyOf(line.taxes)))].sort(byText)
    const groups = keys.map((key) => lines.filter((line) => setKeyOf(line.taxes) === key))
    const nets = groups.map((group) => Rational.sum(group.map((line) => line.amount)))
    const parts = this.proportional(amount, nets)
    for (const [index, group] of groups.entries()) {
      const part = parts[index] ?? zero
      const sign = part.sign() < 0 ? -1 : 1
      const ordered = [...group].sort(
        (a, b) => b.amount.magnitude().compare(a.amount.magnitude()) || b.amount.compare(a.amount) * sign,
      )
      const shares = this.proportional(
        part,
        ordered.map((line) => line.amount),
      )
      for (const [at, line] of ordered.entries()) line.amount = line.amount.plus(shares[at] ?? zero)
    }
  }

  rows(pieces: readonly Piece[]): OracleTotals['taxes'] {
    const { scope } = this.input.rounding
    const rows = new Map<string, { taxable: Rational; tax: Rational; rate: Rational }>()
    const put = (tax: TaxInput, taxable: Rational, due: Rational) => {
      const key = rowKeyOf(tax)
      const row = rows.get(key) ?? { taxable: zero, tax: zero, rate: percentage(tax.rateE6) }
      rows.set(key, { ...row, taxable: row.taxable.plus(taxable), tax: row.tax.plus(due) })
    }
    if (this.input.pricesIncludeTax || scope === 'line') {
      for (const { piece, net, taxes } of this.splitAll(pieces)) {
        for (const [index, tax] of piece.taxes.entries()) {
          put(tax, tax.compound ? Rational.sum([net, ...taxes.slice(0, index)]) : net, taxes[index] ?? zero)
        }
      }
      return [...rows].map(([key, { taxable, tax }]) => ({ key, taxable, tax }))
    }
    for (const piece of pieces) {
      const { each, bases } = this.factors(piece.taxes)
      for (const [index, tax] of piece.taxes.entries()) {
        put(tax, piece.amount.times(bases[index] ?? one), piece.amount.times(each[index] ?? zero))
      }
    }
    const exact = [...rows].map(([key, row]) => ({ key, ...row, taxable: this.round(row.taxable) }))
    if (scope === 'rate') {
      return exact.map(({ key, taxable, rate }) => ({ key, taxable, tax: this.round(taxable.times(rate)) }))
    }
    const ordered = exact.sort((a, b) => byText(a.key, b.key))
    const dues = ordered.map((row) => row.tax)
    const parts = this.handOut(this.round(Rational.sum(dues)), dues)
    return ordered.map(({ key, taxable }, index) => ({ key, taxable, tax: parts[index] ?? zero }))
  }

  lineFigures(pieces: readonly Piece[]): { net: Rational; tax: Rational }[] {
    const { pricesIncludeTax, rounding } = this.input
    if (!pricesIncludeTax) {
      return pieces.map(({ amount, taxes }) => ({ net: amount, tax: Rational.sum(this.taxesOn(amount, taxes)) }))
    }
    if (rounding.scope === 'line') {
      return pieces.map((piece) => {
        const { net } = this.splitGross(piece)
        return { net, tax: piece.amount.minus(net) }
      })
    }
    const nets = new Map<Piece, Rational>()
    for (const split of this.splitAll(pieces)) {
      const key = setKeyOf(split.piece.taxes)
      const members = pieces.filter((piece) => setKeyOf(piece.taxes) === key)
      const { all } = this.factors(split.piece.taxes)
      const parts = this.handOut(
        split.net,
        members.map((piece) => piece.amount.over(all)),
      )
      for (const [index, piece] of members.entries()) nets.set(piece, parts[index] ?? zero)
    }
    return pieces.map((piece) => {
      const net = nets.get(piece) ?? zero
      return { net, tax: piece.amount.minus(net) }
    })
  }

  netOf(pieces: readonly Piece[]): Rational {
    return Rational.sum(this.splitAll(pieces).map((split) => split.net))
  }

  calculate(): OracleTotals {
    const { input } = this
    const lines = input.lines.map((line) => {
      const price = Rational.scaled(line.priceE6, 6)
      const quantity = Rational.scaled(line.quantityE6, 6)
      const gross = this.round(price.times(quantity).over(Rational.scaled(line.baseQuantityE6, 6)))
      const amount = line.adjustments.reduce((soFar, it) => soFar.plus(this.adjustment(it, soFar)), gross)
      return { id: line.id, gross, piece: { taxes: line.taxes, amount, own: false } }
    })
    const pieces: Piece[] = lines.map((line) => line.piece)
    const figures = this.lineFigures(pieces)
    let soFar = Rational.sum(pieces.map((piece) => piece.amount))
    let net = this.netOf(pieces)
    const lineNet = net
    const adjustments: Rational[] = []
    for (const it of input.adjustments) {
      const amount = this.adjustment(it, soFar)
      if (it.taxes === null && lines.length > 0) this.spread(amount, pieces)
      else pieces.push({ taxes: it.taxes ?? [], amount, own: true })
      const after = this.netOf(pieces)
      adjustments.push(it.kind === 'charge' ? after.minus(net) : net.minus(after))
      net = after
      soFar = soFar.plus(amount)
    }
    const ofKind = (kind: string) =>
      Rational.sum(adjustments.filter((_, index) => input.adjustments[index]?.kind === kind))
    const taxes = this.rows(pieces)
    const tax = Rational.sum(taxes.map((row) => row.tax))
    const total = net.plus(tax)
    const rounding = this.rounding(total.minus(e4(input.prepaidE4)))
    return {
      lines: lines.map(({ id, gross }, index) => ({ id, gross, net: zero, tax: zero, ...figures[index] })),
      adjustments,
      lineNet,
      allowance: ofKind('allowance'),
      charge: ofKind('charge'),
      net,
      taxes,
      tax,
      total,
      rounding,
      payable: total.minus(e4(input.prepaidE4)).plus(rounding),
    }
  }

  rounding(open: Rational): Rational {
    if (this.input.roundingAmountE4 !== null) return e4(this.input.roundingAmountE4)
    if (this.input.payableStepE4 === null) return zero
    const step = e4(this.input.payableStepE4)
    return open.over(step).rounded(0, 'half-up').times(step).minus(open)
  }
}

/** All totals of a document by the plain way. */
export const oracleTotals = (input: DocumentInput): OracleTotals => new Oracle(input).calculate()

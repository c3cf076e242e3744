import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calculateDocument } from '../../shared/documents/calculate.ts'
import { explainDocument } from '../../shared/documents/explain.ts'
import type { DocumentInput, DocumentTotals } from '../../shared/documents/model.ts'
import { allocate } from '../../shared/money/allocate.ts'
import { amount, quantity } from '../../shared/money/scaled.ts'
import type { Rational } from '../support/rational.ts'
import { casesOf, documents } from './document-cases.ts'
import { type OracleTotals, oracleTotals, rowKeyOf } from './document-oracle.ts'

const check = (share: number, property: fc.IProperty<[DocumentInput, number]>) =>
  fc.assert(property, { numRuns: casesOf(share) })
const given = (predicate: (input: DocumentInput, choice: number) => void) =>
  fc.property(documents, fc.nat({ max: 1_000_000 }), predicate)

/** Fails with both texts when they differ; comparing text is what a hundred thousand cases can afford. */
const same = (actual: string, expected: string) => {
  if (actual !== expected) expect(actual).toBe(expected)
}

const rowsText = (rows: readonly (readonly [key: string, taxable: bigint, tax: bigint])[]) =>
  rows
    .map((row) => row.join(':'))
    .sort()
    .join(' ')

const sumsText = (totals: DocumentTotals, sign = 1n): string =>
  [
    `adjustments ${totals.adjustments.map((it) => it.amountE4 * sign)}`,
    `sums ${totals.lineNetE4 * sign} ${totals.allowanceE4 * sign} ${totals.chargeE4 * sign} ${totals.netE4 * sign}`,
    `taxes ${rowsText(totals.taxes.map((row) => [rowKeyOf(row), row.taxableE4 * sign, row.taxE4 * sign]))}`,
    `tax ${totals.taxE4 * sign} total ${totals.totalE4 * sign} payable ${totals.roundingE4 * sign} ${totals.payableE4 * sign}`,
  ].join('\n')

const linesText = (totals: DocumentTotals, sign = 1n): string =>
  totals.lines
    .map((it) => `${it.id} ${it.grossE4 * sign} ${it.netE4 * sign} ${it.taxE4 * sign} ${it.totalE4 * sign}`)
    .sort()
    .join('\n')

const e4 = (value: Rational): bigint => value.toScaled(4)

const oracleSumsText = (it: OracleTotals): string =>
  [
    `adjustments ${it.adjustments.map(e4)}`,
    `sums ${e4(it.lineNet)} ${e4(it.allowance)} ${e4(it.charge)} ${e4(it.net)}`,
    `taxes ${rowsText(it.taxes.map((row) => [row.key, e4(row.taxable), e4(row.tax)]))}`,
    `tax ${e4(it.tax)} total ${e4(it.total)} payable ${e4(it.rounding)} ${e4(it.payable)}`,
  ].join('\n')

const oracleLinesText = (oracle: OracleTotals): string =>
  oracle.lines
    .map((it) => `${it.id} ${e4(it.gross)} ${e4(it.net)} ${e4(it.tax)} ${e4(it.net.plus(it.tax))}`)
    .sort()
    .join('\n')

const sum = (values: readonly bigint[]): bigint => values.reduce((all, value) => all + value, 0n)

const permuted = <T>(items: readonly T[], choice: number): T[] => {
  const left = [...items]
  const result: T[] = []
  for (let rest = choice; left.length > 0; rest = Math.floor(rest / 7))
    result.push(...left.splice(rest % left.length, 1))
  return result
}

const reversed = (input: DocumentInput): DocumentInput => {
  const mirror = <T extends DocumentInput['lines'][number]['adjustments'][number]>(it: T): T => ({
    ...it,
    amountE4: it.amountE4 === null ? null : amount(-it.amountE4),
    baseE4: it.baseE4 === null ? null : amount(-it.baseE4),
  })
  return {
    ...input,
    lines: input.lines.map((it) => ({
      ...it,
      quantityE6: quantity(-it.quantityE6),
      adjustments: it.adjustments.map(mirror),
    })),
    adjustments: input.adjustments.map(mirror),
    prepaidE4: amount(-input.prepaidE4),
    roundingAmountE4: input.roundingAmountE4 === null ? null : amount(-input.roundingAmountE4),
  }
}

describe('any document', () => {
  it('has the totals that exact fractions give', () => {
    check(
      40,
      given((input) => {
        const totals = calculateDocument(input)
        const oracle = oracleTotals(input)
        same(sumsText(totals), oracleSumsText(oracle))
        same(linesText(totals), oracleLinesText(oracle))
      }),
    )
  })

  it('has parts that sum to its totals, and lines and total that keep the gross where prices include tax', () => {
    check(
      20,
      given((input) => {
        const it = calculateDocument(input)
        const unit = 10n ** BigInt(4 - input.minorUnits)
        const adjusted = (kind: string) => sum(it.adjustments.filter((a) => a.kind === kind).map((a) => a.amountE4))
        same(`${sum(it.lines.map((line) => line.netE4))}`, `${it.lineNetE4}`)
        same(`${adjusted('allowance')} ${adjusted('charge')}`, `${it.allowanceE4} ${it.chargeE4}`)
        same(`${it.lineNetE4 - it.allowanceE4 + it.chargeE4}`, `${it.netE4}`)
        same(`${sum(it.taxes.map((row) => row.taxE4))}`, `${it.taxE4}`)
        same(`${it.netE4 + it.taxE4}`, `${it.totalE4}`)
        same(`${it.totalE4 - it.prepaidE4 + it.roundingE4}`, `${it.payableE4}`)
        for (const a of it.adjustments) same(`${sum(a.shares.map((share) => share.amountE4))}`, `${a.amountE4}`)
        same(`${[it.netE4, it.taxE4, ...it.taxes.map((row) => row.taxE4)].filter((value) => value % unit !== 0n)}`, '')
        for (const line of it.lines) same(`${line.netE4 + line.taxE4}`, `${line.totalE4}`)
        if (input.pricesIncludeTax) grossIsKept(input, it)
      }),
    )
  })

  it('has the same totals whatever the order of its lines', () => {
    check(
      20,
      given((input, choice) => {
        const totals = calculateDocument(input)
        const other = calculateDocument({ ...input, lines: permuted(input.lines, choice) })
        same(sumsText(other), sumsText(totals))
        if (!input.pricesIncludeTax) same(linesText(other), linesText(totals))
      }),
    )
  })

  it('is mirrored exactly when it is reversed', () => {
    check(
      14,
      given((input) => {
        const totals = calculateDocument(input)
        const other = calculateDocument(reversed(input))
        same(sumsText(other, -1n), sumsText(totals))
        same(linesText(other, -1n), linesText(totals))
      }),
    )
  })

  it('explains each of its totals with the amount it has', () => {
    check(
      3,
      given((input) => {
        const totals = calculateDocument(input)
        const steps = new Map(explainDocument(input).map((step) => [step.path, step.resultE4]))
        const wanted = new Map<string, bigint>()
        const put = (path: string, value: bigint) => wanted.set(path, value)
        for (const it of totals.lines) {
          put(`lines.${it.id}.gross`, it.grossE4)
          for (const [index, own] of it.adjustments.entries()) put(`lines.${it.id}.adjustments.${index}`, own.amountE4)
          put(`lines.${it.id}.net`, it.netE4)
          put(`lines.${it.id}.tax`, it.taxE4)
          put(`lines.${it.id}.total`, it.totalE4)
        }
        for (const [index, it] of totals.adjustments.entries()) {
          put(`adjustments.${index}`, it.amountE4)
          if (it.shares.length > 1) {
            for (const [at, share] of it.shares.entries()) put(`adjustments.${index}.shares.${at}`, share.amountE4)
          }
        }
        for (const [index, row] of totals.taxes.entries()) {
          put(`taxes.${index}.taxable`, row.taxableE4)
          put(`taxes.${index}.tax`, row.taxE4)
        }
        for (const [path, value] of sumFields(totals)) put(path, value)
        const text = (map: ReadonlyMap<string, bigint>) =>
          [...map]
            .map((it) => it.join(' = '))
            .sort()
            .join('\n')
        same(text(steps), text(wanted))
      }),
    )
  })
})

const sumFields = (it: DocumentTotals): [string, bigint][] => [
  ['lineNet', it.lineNetE4],
  ['allowance', it.allowanceE4],
  ['charge', it.chargeE4],
  ['net', it.netE4],
  ['tax', it.taxE4],
  ['total', it.totalE4],
  ['prepaid', it.prepaidE4],
  ['rounding', it.roundingE4],
  ['payable', it.payableE4],
]

/** With prices that include tax, what was typed is what stands at the foot of each line and of the document. */
const grossIsKept = (input: DocumentInput, totals: DocumentTotals): void => {
  const exclusive = calculateDocument({ ...input, pricesIncludeTax: false })
  const typed = (it: DocumentTotals) => it.lines.map((line) => `${line.id}:${line.netE4}`).join(' ')
  same(totals.lines.map((line) => `${line.id}:${line.totalE4}`).join(' '), typed(exclusive))
  same(`${totals.totalE4}`, `${exclusive.netE4}`)
}

describe('an allocation', () => {
  it('sums to its total, is within one unit of the exact share, and gives nothing to a weight of zero', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), { minLength: 1, maxLength: 8 })
    const totals = fc.bigInt({ min: -1_000_000_000n, max: 1_000_000_000n })
    fc.assert(
      fc.property(totals, weights, (total, some) => {
        const all = sum(some)
        fc.pre(all > 0n)
        const parts = allocate(total, some)
        const far = parts.some((part, index) => {
          const distance = part * all - total * (some[index] ?? 0n)
          return distance >= all || distance <= -all || (some[index] === 0n && part !== 0n)
        })
        same(`${sum(parts)} ${far}`, `${total} false`)
        same(`${allocate(-total, some).map((part) => -part)}`, `${parts}`)
      }),
      { numRuns: casesOf(3) },
    )
  })
})

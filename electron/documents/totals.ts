import type { DocumentContent } from '../../shared/contract/documents.ts'
import type { DocumentTotals, Rounding } from '../../shared/documents/model.ts'
import { AppError } from '../../shared/errors.ts'
import { convert, convertToSum, subtract, sum } from '../../shared/money/arithmetic.ts'
import { minorUnitsOf } from '../../shared/money/currencies.ts'
import { type Amount, zero } from '../../shared/money/scaled.ts'
import { assertBookable } from '../features/book-limit.ts'

const workedOut = (calculate: () => DocumentTotals): DocumentTotals => {
  try {
    return calculate()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new AppError('VALIDATION', `The totals cannot be worked out: ${error.message}.`, {
      fields: { lines: error.message },
    })
  }
}

/** The totals that `calculate` works out; AppError VALIDATION when the books cannot hold them. */
export const bookableTotals = (calculate: () => DocumentTotals): DocumentTotals => {
  const totals = workedOut(calculate)
  const { lineNetE4, allowanceE4, chargeE4, netE4, taxE4, totalE4, payableE4, taxes } = totals
  const taxable = taxes.map((tax) => tax.taxableE4)
  assertBookable('lines', [lineNetE4, allowanceE4, chargeE4, netE4, taxE4, totalE4, payableE4, ...taxable])
  return totals
}

/** The totals as columns of a document's row, with those in base currency. */
export const totalColumns = (
  content: DocumentContent,
  totals: DocumentTotals,
  rounding: Rounding,
  baseCurrency: string,
) => {
  const baseMinorUnits = minorUnitsOf(baseCurrency)
  const toBase = (value: DocumentTotals['totalE4']) =>
    convert(value, content.exchangeRateE10, baseMinorUnits, rounding.mode)
  const baseTotalE4 = toBase(totals.totalE4)
  const baseTaxE4 = toBase(totals.taxE4)
  assertBookable('exchangeRateE10', [baseTotalE4, baseTaxE4])
  return {
    lineNetE4: totals.lineNetE4,
    allowanceE4: totals.allowanceE4,
    chargeE4: totals.chargeE4,
    netE4: totals.netE4,
    taxE4: totals.taxE4,
    totalE4: totals.totalE4,
    roundingE4: totals.roundingE4,
    payableE4: totals.payableE4,
    baseTotalE4,
    baseTaxE4,
  }
}

export type BaseTax = { readonly taxableE4: Amount; readonly taxE4: Amount }

/** Each tax of a document in base currency: together they give the document's tax and, where each line has one tax, its net. */
export const baseTaxes = (
  content: DocumentContent,
  totals: DocumentTotals,
  rounding: Rounding,
  base: { readonly baseTotalE4: Amount; readonly baseTaxE4: Amount },
  baseCurrency: string,
): BaseTax[] => {
  const minorUnits = minorUnitsOf(baseCurrency)
  const rate = content.exchangeRateE10
  const taxables = totals.taxes.map((tax) => tax.taxableE4)
  const taxable = sum(taxables)
  const baseTaxable =
    taxable === totals.netE4
      ? subtract(base.baseTotalE4, base.baseTaxE4)
      : convert(taxable, rate, minorUnits, rounding.mode)
  const baseTaxables = convertToSum(taxables, baseTaxable, rate, minorUnits, rounding.mode)
  const parts = convertToSum(
    totals.taxes.map((tax) => tax.taxE4),
    base.baseTaxE4,
    rate,
    minorUnits,
    rounding.mode,
  )
  return totals.taxes.map((_, index) => ({ taxableE4: baseTaxables[index] ?? zero, taxE4: parts[index] ?? zero }))
}

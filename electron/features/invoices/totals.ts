import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import { calculateDocument } from '../../../shared/documents/calculate.ts'
import { documentInputOf } from '../../../shared/documents/from-content.ts'
import type { DocumentTotals, Rounding } from '../../../shared/documents/model.ts'
import { AppError } from '../../../shared/errors.ts'
import { convert } from '../../../shared/money/arithmetic.ts'
import { minorUnitsOf } from '../../../shared/money/currencies.ts'
import { assertBookable } from '../book-limit.ts'

const calculate = (content: InvoiceContent, rounding: Rounding): DocumentTotals => {
  try {
    return calculateDocument(documentInputOf(content, rounding))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new AppError('VALIDATION', `The totals cannot be worked out: ${error.message}.`, {
      fields: { lines: error.message },
    })
  }
}

/** The totals of what a person wrote; AppError VALIDATION when the figures cannot be held. */
export const totalsOf = (content: InvoiceContent, rounding: Rounding): DocumentTotals => {
  const totals = calculate(content, rounding)
  const { lineNetE4, allowanceE4, chargeE4, netE4, taxE4, totalE4, payableE4, taxes } = totals
  const taxable = taxes.map((tax) => tax.taxableE4)
  assertBookable('lines', [lineNetE4, allowanceE4, chargeE4, netE4, taxE4, totalE4, payableE4, ...taxable])
  return totals
}

/** The totals as columns of an invoice row, with those in base currency. */
export const totalColumns = (
  content: InvoiceContent,
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
    prepaidE4: totals.prepaidE4,
    roundingE4: totals.roundingE4,
    payableE4: totals.payableE4,
    baseTotalE4,
    baseTaxE4,
  }
}

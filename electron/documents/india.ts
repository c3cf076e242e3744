import type { DocumentContent } from '../../shared/contract/documents.ts'
import type { DocumentTotals } from '../../shared/documents/model.ts'
import type { PrintableDocument, PrintableLine } from '../../shared/documents/printable.ts'
import { percentOfAmount } from '../../shared/money/arithmetic.ts'
import { minorUnitsOf } from '../../shared/money/currencies.ts'
import { rupeesInWords } from '../../shared/money/indian-words.ts'
import { zero } from '../../shared/money/scaled.ts'
import { stateName } from '../../shared/tax/regimes/india-states.ts'

type Line = Pick<PrintableLine, 'hsn' | 'taxAmounts'>

/** What an Indian invoice shows of a line beside its price (CGST Rules, rule 46): HSN or SAC, and each tax. */
export const indianLine = (content: DocumentContent, totals: DocumentTotals, index: number): Line => {
  const line = content.lines[index]
  const net = totals.lines[index]?.netE4 ?? zero
  const minorUnits = minorUnitsOf(content.currency)
  return {
    hsn: line?.classification ?? null,
    taxAmounts: (line?.taxes ?? [])
      .filter(({ rateE6 }) => rateE6 > 0n)
      .map(({ name, rateE6 }) => ({
        label: name.replace(/\s*[\d.,]+\s*%$/, ''),
        amountE4: percentOfAmount(net, rateE6, minorUnits, 'half-up'),
      })),
  }
}

type Head = Pick<PrintableDocument, 'placeOfSupply' | 'reverseCharge' | 'amountInWords'>

/** What an Indian invoice shows beside its totals: place of supply, reverse charge, the amount in words. */
export const indianHead = (content: DocumentContent, totals: DocumentTotals): Head => {
  const { placeOfSupply: code, taxTreatment, currency } = content
  const state = code === null ? null : stateName(code)
  return {
    placeOfSupply: code === null ? null : state === null ? code : `${code} ${state}`,
    reverseCharge: taxTreatment === 'reverse-charge',
    amountInWords: currency === 'INR' ? rupeesInWords(totals.payableE4) : null,
  }
}

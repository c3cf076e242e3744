import { rateUnit } from '../../documents/tax-sets.ts'
import { divideRounded } from '../../money/rounding.ts'
import type { Amount } from '../../money/scaled.ts'
import { cellOf, derivedCell, grossOf, taxableOf, taxOf, typedCell } from './parts.ts'
import type { ReturnCell, ReturnDefinition, ReturnInput, ReturnRow, ReturnTable, TaxFigure } from './regime.ts'

const penny = 100n
const pound = 10_000n

// Boxes 6 to 9 are whole pounds: pence are left out (Notice 700/12, 3.2; MTD for VAT API, whole numbers).
const wholePounds = (cell: ReturnCell): ReturnCell => ({
  ...cell,
  isWhole: true,
  amountE4: derivedCell(divideRounded(cell.amountE4, pound, 'down') * pound).amountE4,
})

const isSale = (it: TaxFigure) => it.category !== 'O' || it.treatment === 'outside-scope'
// Under the flat rate the turnover is what the scheme covers: with VAT, exempt and zero-rated included, but nothing that
// is outside the scope (Notice 733, 6.2) nor under the domestic reverse charge (VAT Regulations 1995, reg. 55C(6)):
// its value is in box 6 all the same.
const isTurnover = (it: TaxFigure) => it.category !== 'O' && !isReversed(it)
const isReversed = (it: TaxFigure) => it.category === 'AE' || it.treatment === 'reverse-charge'

/** Flat rate: the percentage of the turnover with VAT, to the penny (Notice 733, 4.3). */
const flatDue = (turnover: bigint, percentE6: bigint): bigint =>
  divideRounded(turnover * percentE6, rateUnit * penny, 'half-up') * penny

const absolute = (value: bigint) => (value < 0n ? -value : value)

const boxOne = (sales: readonly TaxFigure[], turnover: readonly TaxFigure[], flat: bigint | null): ReturnCell => {
  if (flat === null) return cellOf(sales, taxOf)
  const gross = turnover.reduce((all, it) => all + grossOf(it), 0n)
  return derivedCell(
    flatDue(gross, flat),
    turnover.map((it) => it.key),
  )
}

const nineBoxes = ({ figures, settings, typed }: ReturnInput): readonly ReturnTable[] => {
  const sales = figures.filter(isSale)
  const turnover = figures.filter(isTurnover)
  const flat = settings.scheme === 'flat-rate' ? (settings.flatPercentE6 ?? 0n) : null
  const goodsToEu = figures.filter((it) => it.treatment === 'intra-community')
  const one = boxOne(sales, turnover, flat)
  const two = typedCell(typed, '2.amount')
  const four = typedCell(typed, '4.amount')
  const three = derivedCell(one.amountE4 + two.amountE4)
  const boxes: readonly (readonly [string, string, ReturnCell])[] = [
    ['1', 'VAT due on sales and other outputs', one],
    ['2', 'VAT due on acquisitions in Northern Ireland from the EU', two],
    ['3', 'Total VAT due (boxes 1 and 2)', three],
    ['4', 'VAT reclaimed on purchases', four],
    [
      '5',
      three.amountE4 >= four.amountE4 ? 'VAT to pay to HMRC' : 'VAT to reclaim from HMRC',
      derivedCell(absolute(three.amountE4 - four.amountE4)),
    ],
    [
      '6',
      flat === null ? 'Total sales, without VAT' : 'Turnover of the flat rate scheme, with VAT',
      wholePounds(
        flat === null ? cellOf(sales, taxableOf) : cellOf([...turnover, ...figures.filter(isReversed)], grossOf),
      ),
    ],
    ['7', 'Total purchases, without VAT', wholePounds(typedCell(typed, '7.amount'))],
    ['8', 'Goods sent from Northern Ireland to the EU', wholePounds(cellOf(goodsToEu, taxableOf))],
    ['9', 'Goods acquired in Northern Ireland from the EU', wholePounds(typedCell(typed, '9.amount'))],
  ]
  return [
    {
      id: 'vat-100',
      title: 'VAT return',
      columns: [{ id: 'amount', label: 'Amount' }],
      rows: boxes.map(([id, label, amount]): ReturnRow => ({ id, label: `${id}. ${label}`, cells: { amount } })),
      notes: notesOf(flat, settings.scheme === 'cash'),
    },
  ]
}

const notesOf = (flat: bigint | null, isCash: boolean): string[] => [
  ...(flat === null
    ? []
    : [
        'Flat rate scheme: box 1 is the flat percentage of turnover with VAT; box 4 is only for capital goods over £2,000.',
      ]),
  ...(isCash ? ['Cash accounting: the figures follow payments.'] : []),
  'Boxes 6 to 9 are in whole pounds, pence left out.',
]

/** The nine boxes as amounts, for tests and other countries' copies of them. */
export const boxAmount = (tables: readonly ReturnTable[], box: string): Amount | undefined =>
  tables[0]?.rows.find((row) => row.id === box)?.cells['amount']?.amountE4

export const ukReturns: readonly ReturnDefinition[] = [
  { id: 'vat-100', name: 'VAT return (9 boxes)', build: nineBoxes },
]

import { amount } from '../../money/scaled.ts'
import { stateName } from './india-states.ts'
import { cellOf, derivedCell, groupFigures, signed, taxableOf, taxOf, typedCell } from './parts.ts'
import type { LargeInvoice, ReturnDefinition, ReturnInput, ReturnRow, ReturnTable, TaxFigure } from './regime.ts'

/**
 * Summaries of GSTR-1 and GSTR-3B as the forms of the CGST Rules 2017 have their tables. What a business buys is not in
 * the books of sales: those cells are typed. Sources: Rule 59(4) (what GSTR-1 lists one by one, what it sums up); help of
 * the GST portal on tables 5, 7, 8 and 9B; advisory of GSTN on the auto-population of GSTR-3B (16 December 2020): 3.1(a)
 * is the total of tables 4, 5, 6C, 7 and 9 of GSTR-1, 3.1(b) of 6A, 6B and 9, 3.1(c) and (e) of 8, while 3.1(d) is what
 * the business buys. Supplies whose tax the recipient pays are table 4B, so 3.1(a) has their value, without tax.
 */
const columns: ReturnTable['columns'] = [
  { id: 'taxable', label: 'Taxable value' },
  { id: 'igst', label: 'IGST' },
  { id: 'cgst', label: 'CGST' },
  { id: 'sgst', label: 'SGST or UTGST' },
]

/** Rule 59(4)(a)(ii), CGST Rules: inter-state invoices to unregistered persons; 12/2024-CT from 1 August 2024. */
export const indianLargeInvoices: readonly LargeInvoice[] = [
  { aboveE4: amount(2_500_000_000n), from: '2017-07-01', until: '2024-08-01' },
  { aboveE4: amount(1_000_000_000n), from: '2024-08-01', until: null },
]

const isNamed = (figure: TaxFigure, ...names: string[]) =>
  names.some((name) => figure.name.toUpperCase().startsWith(name))

// CGST and SGST tax one value together: it counts once, with CGST.
const onceOf = (figure: TaxFigure) => (isNamed(figure, 'SGST', 'UTGST', 'CESS') ? 0n : taxableOf(figure))
const taxNamed =
  (...names: string[]) =>
  (figure: TaxFigure) =>
    isNamed(figure, ...names) ? taxOf(figure) : 0n

const cells = (figures: readonly TaxFigure[]): ReturnRow['cells'] => ({
  taxable: cellOf(figures, onceOf),
  igst: cellOf(figures, (it) => (isNamed(it, 'CGST', 'SGST', 'UTGST') ? 0n : taxOf(it))),
  cgst: cellOf(figures, taxNamed('CGST')),
  sgst: cellOf(figures, taxNamed('SGST', 'UTGST')),
})

const row = (id: string, label: string, figures: readonly TaxFigure[]): ReturnRow => ({
  id,
  label,
  cells: cells(figures),
})

const isExport = (it: TaxFigure) => it.treatment === 'export' || it.treatment === 'export-with-tax'
const isSez = (it: TaxFigure) => it.treatment === 'sez' || it.treatment === 'sez-with-tax'
const isZeroRated = (it: TaxFigure) => isExport(it) || isSez(it)
const isOutside = (it: TaxFigure) => it.category === 'O' || it.treatment === 'outside-scope'
const isNil = (it: TaxFigure) =>
  !isZeroRated(it) && !isOutside(it) && it.treatment !== 'reverse-charge' && it.rateE6 === 0n
const isTaxed = (it: TaxFigure) => !isZeroRated(it) && !isOutside(it) && !isNil(it)
const isReverse = (it: TaxFigure) => it.treatment === 'reverse-charge'

const isIntraState = (it: TaxFigure) => isNamed(it, 'CGST', 'SGST', 'UTGST')
const isRegular = (it: TaxFigure) => isTaxed(it) && it.treatment !== 'deemed-export'
const toConsumer = (it: TaxFigure) => isRegular(it) && it.buyer === 'consumer' && !isReverse(it)
// B2C large: table 5 lists it invoice by invoice, and 9B its credit notes.
const isLargeSale = (it: TaxFigure) => toConsumer(it) && it.isLarge && !isIntraState(it)

const gstr1Rows = (figures: readonly TaxFigure[]): readonly ReturnRow[] => {
  const all = (id: string, label: string, test: (it: TaxFigure) => boolean) => row(id, label, figures.filter(test))
  const of = (kind: TaxFigure['kind']) => (id: string, label: string, test: (it: TaxFigure) => boolean) =>
    all(id, label, (it) => it.kind === kind && test(it))
  const invoices = of('invoice')
  const notes = of('credit-note')
  return [
    invoices('4A', '4A Registered buyers', (it) => isRegular(it) && it.buyer === 'business' && !isReverse(it)),
    invoices('4B', '4B Registered buyers, reverse charge', (it) => isRegular(it) && isReverse(it)),
    invoices('5', '5 Unregistered buyers in other states, large invoices', isLargeSale),
    invoices('6A', '6A Exports', isExport),
    invoices('6B', '6B Special economic zones', isSez),
    invoices('6C', '6C Deemed exports', (it) => it.treatment === 'deemed-export' && isTaxed(it)),
    all('7', '7 Unregistered buyers, others, less credit notes', (it) => toConsumer(it) && !isLargeSale(it)),
    all('8', '8 Nil rated and exempt, less credit notes', isNil),
    all('8N', '8 Outside GST, less credit notes', isOutside),
    notes('9B', '9B Credit notes, registered (CDNR)', (it) => isSez(it) || (isTaxed(it) && !toConsumer(it))),
    notes('9B-UR', '9B Credit notes, large and exports (CDNUR)', (it) => isExport(it) || isLargeSale(it)),
  ]
}

const gstr1 = ({ figures }: ReturnInput): readonly ReturnTable[] => {
  const rows = gstr1Rows(figures)
  const invoices = figures.filter((it) => it.kind === 'invoice')
  const byRate = groupFigures(
    invoices.filter(isTaxed),
    (it) => `${it.place ?? '—'}|${String(fullRate(it)).padStart(12, '0')}`,
  ).map(([key, group]) => {
    const [place = '', rate = '0'] = key.split('|')
    return row(key, `${place} ${stateName(place) ?? ''} at ${Number(rate) / 1_000_000} %`.trim(), group)
  })
  return [
    {
      id: 'gstr-1',
      title: 'GSTR-1: outward supplies',
      columns,
      rows,
      notes: [
        'Large is an inter-state invoice above ₹1,00,000 (₹2,50,000 until July 2024), tax included: table 5 lists each one.',
        'Credit notes lower what is reported; they are shown with a minus.',
      ],
    },
    { id: 'gstr-1-places', title: 'By place of supply and rate', columns, rows: byRate, notes: [] },
  ]
}

// The rate of the tax as a whole: CGST 9 % is half of 18 %.
const fullRate = (figure: TaxFigure): bigint =>
  isNamed(figure, 'CGST', 'SGST', 'UTGST') ? figure.rateE6 * 2n : figure.rateE6

const gstr3b = ({ figures, typed }: ReturnInput): readonly ReturnTable[] => {
  const of = (test: (it: TaxFigure) => boolean) => figures.filter(test)
  const typedRow = (id: string, label: string, withValue: boolean): ReturnRow => ({
    id,
    label,
    cells: {
      ...(withValue ? { taxable: typedCell(typed, `${id}.taxable`) } : {}),
      igst: typedCell(typed, `${id}.igst`),
      cgst: typedCell(typed, `${id}.cgst`),
      sgst: typedCell(typed, `${id}.sgst`),
    },
  })
  const outward = of(isTaxed)
  const zero = of(isZeroRated)
  const rows: ReturnRow[] = [
    row('3.1a', '3.1(a) Outward taxable supplies', outward),
    row('3.1b', '3.1(b) Outward zero rated', zero),
    row('3.1c', '3.1(c) Other outward (nil rated, exempted)', of(isNil)),
    typedRow('3.1d', '3.1(d) Inward, reverse charge', true),
    row('3.1e', '3.1(e) Non-GST outward', of(isOutside)),
    typedRow('4', '4 Input tax credit', false),
  ]
  const at = (id: string, column: 'igst' | 'cgst' | 'sgst') =>
    rows.find((it) => it.id === id)?.cells[column]?.amountE4 ?? 0n
  const due = (value: (column: 'igst' | 'cgst' | 'sgst') => bigint): ReturnRow['cells'] => ({
    igst: derivedCell(value('igst')),
    cgst: derivedCell(value('cgst')),
    sgst: derivedCell(value('sgst')),
  })
  // Input tax credit pays no reverse charge (CGST Act, s. 49(4) with 2(82)): it is paid in cash.
  const own = due((column) => at('3.1a', column) + at('3.1b', column) - at('4', column))
  const reverse = due((column) => at('3.1d', column))
  rows.push({ id: '6.1', label: '6.1(A) Payable on supplies', cells: own })
  rows.push({ id: '6.1B', label: '6.1(B) Reverse charge, in cash', cells: reverse })
  const toConsumers = groupFigures(
    outward.filter((it) => toConsumer(it) && !isIntraState(it)),
    (it) => it.place ?? '—',
  ).map(([place, group]) => ({
    id: place,
    label: `${place} ${stateName(place) ?? ''}`.trim(),
    cells: { taxable: cellOf(group, onceOf), igst: cellOf(group, (it) => signed(it, it.taxE4)) },
  }))
  return [
    {
      id: 'gstr-3b',
      title: 'GSTR-3B: summary',
      columns,
      rows,
      notes: [
        'For payment each tax is rounded to the nearest rupee (CGST Act, s. 170).',
        'Supplies whose tax the buyer pays are in 3.1(a) with their value and no tax, as GSTR-1 fills it.',
        'The portal files a row that comes out below zero as zero.',
      ],
    },
    {
      id: 'gstr-3b-3.2',
      title: '3.2 Inter-state supplies to unregistered buyers',
      columns: columns.slice(0, 2),
      rows: toConsumers,
      notes: [],
    },
  ]
}

export const indianReturns: readonly ReturnDefinition[] = [
  { id: 'gstr-3b', name: 'GSTR-3B', build: gstr3b },
  { id: 'gstr-1', name: 'GSTR-1', build: gstr1 },
]

import { amount } from '../../money/scaled.ts'
import { stateName } from './india-states.ts'
import { cellOf, groupFigures, signed, taxableOf, taxOf, typedCell } from './parts.ts'
import type { ReturnDefinition, ReturnInput, ReturnRow, ReturnTable, TaxFigure } from './regime.ts'

/**
 * Summaries of GSTR-1 and GSTR-3B as the forms of the CGST Rules 2017 have their tables. What a business buys is not in
 * the books of sales: those cells are typed.
 */
const columns: ReturnTable['columns'] = [
  { id: 'taxable', label: 'Taxable value' },
  { id: 'igst', label: 'IGST' },
  { id: 'cgst', label: 'CGST' },
  { id: 'sgst', label: 'SGST or UTGST' },
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

const gstr1 = ({ figures }: ReturnInput): readonly ReturnTable[] => {
  const invoices = figures.filter((it) => it.kind === 'invoice')
  const notes = figures.filter((it) => it.kind === 'credit-note')
  const of = (test: (it: TaxFigure) => boolean) => invoices.filter(test)
  const regular = (it: TaxFigure) => isTaxed(it) && it.treatment !== 'deemed-export'
  const rows = [
    row(
      '4A',
      '4A Registered buyers',
      of((it) => regular(it) && it.buyer === 'business' && !isReverse(it)),
    ),
    row(
      '4B',
      '4B Registered buyers, reverse charge',
      of((it) => regular(it) && isReverse(it)),
    ),
    row('6A', '6A Exports', of(isExport)),
    row('6B', '6B Special economic zones', of(isSez)),
    row(
      '6C',
      '6C Deemed exports',
      of((it) => it.treatment === 'deemed-export' && isTaxed(it)),
    ),
    row(
      '5-7',
      '5 and 7 Unregistered buyers',
      of((it) => regular(it) && it.buyer === 'consumer' && !isReverse(it)),
    ),
    row('8', '8 Nil rated and exempt', of(isNil)),
    row('8N', '8 Outside GST', of(isOutside)),
    row(
      '9B',
      '9B Credit notes, registered and exports',
      notes.filter((it) => it.buyer === 'business' || isZeroRated(it)),
    ),
    row(
      '9B-U',
      '7 and 9B Credit notes, unregistered',
      notes.filter((it) => it.buyer === 'consumer' && !isZeroRated(it)),
    ),
  ]
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
        'Table 5 asks for inter-state invoices above ₹1,00,000 to unregistered buyers one by one (₹2,50,000 until July 2024).',
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
  const outward = of((it) => isTaxed(it) && !isReverse(it))
  const zero = of(isZeroRated)
  const rows: ReturnRow[] = [
    row('3.1a', '3.1(a) Outward taxable supplies', outward),
    row('3.1b', '3.1(b) Outward zero-rated supplies', zero),
    row(
      '3.1c',
      '3.1(c) Nil rated and exempt',
      of((it) => isNil(it) || (isReverse(it) && isTaxed(it))),
    ),
    typedRow('3.1d', '3.1(d) Inward, reverse charge', true),
    row('3.1e', '3.1(e) Outside GST', of(isOutside)),
    typedRow('4', '4 Input tax credit', false),
  ]
  const due = (column: 'igst' | 'cgst' | 'sgst') => {
    const at = (id: string) => rows.find((it) => it.id === id)?.cells[column]?.amountE4 ?? 0n
    return { amountE4: amount(at('3.1a') + at('3.1b') + at('3.1d') - at('4')), sources: [], isTyped: false }
  }
  rows.push({ id: '6.1', label: '6.1 Payable', cells: { igst: due('igst'), cgst: due('cgst'), sgst: due('sgst') } })
  const toConsumers = groupFigures(
    outward.filter((it) => it.buyer === 'consumer' && isNamed(it, 'IGST', 'GST')),
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
      notes: ['For payment each tax is rounded to the nearest rupee (CGST Act, s. 170).'],
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

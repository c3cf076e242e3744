import type { TaxCategory } from '../../documents/model.ts'
import { euMembers } from './eu-members.ts'
import { groupFigures, taxCells, taxColumns } from './parts.ts'
import type { ReturnDefinition, ReturnInput, ReturnTable, TaxFigure } from './regime.ts'

const categoryNames: Readonly<Record<TaxCategory, string>> = {
  S: 'Standard and reduced rates',
  Z: 'Zero rate',
  E: 'Exempt',
  AE: 'Reverse charge',
  K: 'Intra-Community supplies',
  G: 'Exports',
  O: 'Not subject to VAT',
  L: 'Canary Islands (IGIC)',
  M: 'Ceuta and Melilla (IPSI)',
  B: 'Split payment',
}

const percentText = (rateE6: bigint) => `${Number(rateE6) / 1_000_000} %`
const sortable = (rateE6: bigint) => String(rateE6).padStart(12, '0')

/** Sales by category and rate: every national return is a selection of these rows. */
const byCategory = ({ figures }: ReturnInput): readonly ReturnTable[] => {
  const home = figures.filter((it) => it.treatment !== 'oss')
  const rows = groupFigures(home, (it) => `${it.category}|${sortable(it.rateE6)}`).map(([key, group]) => {
    const [first] = group
    const name = first === undefined ? key : categoryNames[first.category]
    const rate = first === undefined || first.rateE6 === 0n ? '' : `, ${percentText(first.rateE6)}`
    return { id: key.replace('|', '-'), label: `${name}${rate}`, cells: taxCells(group) }
  })
  const total = { id: 'total', label: 'Total', cells: taxCells(home) }
  return [{ id: 'vat', title: 'VAT by category', columns: taxColumns, rows: [...rows, total], notes: [] }]
}

const byDestination = ({ figures }: ReturnInput): readonly ReturnTable[] => {
  const abroad = figures.filter((it) => it.treatment === 'oss')
  const rows = groupFigures(abroad, (it) => `${it.place ?? '—'}|${sortable(it.rateE6)}`).map(([key, group]) => ({
    id: key.replace('|', '-'),
    label: destination(group),
    cells: taxCells(group),
  }))
  const total = { id: 'total', label: 'Total', cells: taxCells(abroad) }
  return [
    {
      id: 'oss',
      title: 'One-stop shop by country of consumption',
      columns: taxColumns,
      rows: [...rows, total],
      notes: ['Filed by quarter, by the end of the month after it; amounts in euro.'],
    },
  ]
}

const destination = ([first]: readonly TaxFigure[]): string =>
  first === undefined
    ? ''
    : `${euMembers.get(first.place ?? '') ?? first.place ?? 'Unknown country'}, ${percentText(first.rateE6)}`

export const euReturns: readonly ReturnDefinition[] = [
  { id: 'vat', name: 'VAT summary', build: byCategory },
  { id: 'oss', name: 'One-stop shop', build: byDestination },
]

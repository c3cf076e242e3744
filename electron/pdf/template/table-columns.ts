import type { PrintableLine } from '../../../shared/documents/printable.ts'
import type { DesignColumn } from '../../../shared/documents/template-design.ts'
import { sum } from '../../../shared/money/arithmetic.ts'
import { widthOf } from '../measure-text.ts'
import type { Job } from './pages.ts'

/** One column of the table: `edge` is where its texts begin, or end if it is aligned right. */
export type Column = {
  readonly key: DesignColumn
  /** The tax of a column of tax amounts; there is one for each tax. */
  readonly tax: string | null
  readonly head: string
  readonly align: 'left' | 'right'
  readonly width: number
  readonly edge: number
}

/** The columns from left to right, and what the description has to say because no column does. */
export type Columns = {
  readonly columns: readonly Column[]
  readonly textAt: number
  readonly saysCode: boolean
  readonly saysDiscount: boolean
  readonly saysUnit: boolean
}

type Plan = Pick<Column, 'key' | 'tax' | 'head'>
type Limits = { readonly least: number; readonly most: number; readonly align: Column['align'] }

const limits: Readonly<Record<DesignColumn, Limits>> = {
  position: { least: 16, most: 30, align: 'left' },
  code: { least: 26, most: 72, align: 'left' },
  hsn: { least: 30, most: 56, align: 'left' },
  description: { least: 0, most: 0, align: 'left' },
  quantity: { least: 30, most: 74, align: 'right' },
  unit: { least: 16, most: 46, align: 'left' },
  price: { least: 36, most: 92, align: 'right' },
  discount: { least: 36, most: 80, align: 'right' },
  tax: { least: 26, most: 62, align: 'right' },
  taxAmount: { least: 36, most: 80, align: 'right' },
  amount: { least: 48, most: 98, align: 'right' },
}

/** What a line says in a column, for all but the description. */
export const cellText = (
  line: PrintableLine,
  { key, tax }: Pick<Column, 'key' | 'tax'>,
  job: Job,
  withUnit: boolean,
): string => {
  const { figures } = job
  switch (key) {
    case 'position':
      return String(line.position)
    case 'code':
      return line.code ?? ''
    case 'hsn':
      return line.hsn ?? ''
    case 'quantity':
      return withUnit
        ? `${figures.quantity(line.quantityE6)} ${line.unit}`.trimEnd()
        : figures.quantity(line.quantityE6)
    case 'unit':
      return line.unit
    case 'price':
      return figures.price(line.priceE6)
    case 'discount':
      return line.adjustments.length === 0
        ? ''
        : figures.amount(sum(line.adjustments.map((adjustment) => adjustment.amountE4)))
    case 'tax':
      return line.taxLabel
    case 'taxAmount': {
      const found = line.taxAmounts?.find(({ label }) => label === tax)
      return found === undefined ? '' : figures.amount(found.amountE4)
    }
    case 'amount':
      return figures.amount(line.netE4)
    default:
      return ''
  }
}

const headLabel = (key: DesignColumn, { labels, document }: Job): string =>
  key === 'price' && document.pricesIncludeTax ? labels.priceWithTax : key === 'taxAmount' ? labels.tax : labels[key]

const isUsed = (key: DesignColumn, lines: readonly PrintableLine[]): boolean => {
  if (key === 'code') return lines.some(({ code }) => code !== null && code !== '')
  if (key === 'hsn') return lines.some(({ hsn }) => hsn !== undefined && hsn !== null && hsn !== '')
  if (key === 'unit') return lines.some(({ unit }) => unit !== '')
  if (key === 'discount') return lines.some(({ adjustments }) => adjustments.length > 0)
  if (key === 'tax') return lines.length === 0 || lines.some(({ taxLabel }) => taxLabel !== '')
  return true
}

/** The columns of the design that some line fills, a column of tax amounts once for each tax (at most three). */
const planOf = (job: Job): Plan[] => {
  const { lines } = job.document
  const taxes = new Set(lines.flatMap((line) => line.taxAmounts?.map(({ label }) => label) ?? []))
  return job.design.columns.flatMap(({ key, label }): Plan[] => {
    if (!isUsed(key, lines)) return []
    if (key === 'taxAmount') return [...taxes].slice(0, 3).map((tax) => ({ key, tax, head: tax }))
    return [{ key, tax: null, head: label ?? headLabel(key, job) }]
  })
}

const widthFor = (plan: Plan, job: Job, withUnit: boolean): number => {
  const { size, headSize } = job.style.table
  const scale = size / 9
  const { least, most } = limits[plan.key]
  const limit = most * scale
  let width = Math.max(least * scale, widthOf(plan.head, 'strong', headSize))
  const { lines } = job.document
  // Positions only grow: the last is the widest.
  const among = plan.key === 'position' ? lines.slice(-1) : lines
  for (const line of among) {
    if (width >= limit) return limit
    width = Math.max(width, widthOf(cellText(line, plan, job, withUnit), 'regular', size))
  }
  return Math.min(limit, Math.ceil(width))
}

// What goes first where the description has no room: it says the same in its own lines.
const expendable: readonly DesignColumn[] = ['unit', 'discount', 'code', 'position', 'taxAmount', 'hsn', 'tax']
const leastText = 96

type Measured = { readonly plan: readonly Plan[]; readonly widths: readonly number[]; readonly textWidth: number }

const measurePlan = (plan: readonly Plan[], job: Job): Measured => {
  const { gap, inset } = job.style.table
  const withUnit = !plan.some(({ key }) => key === 'unit')
  const widths = plan.map((column) => (column.key === 'description' ? 0 : widthFor(column, job, withUnit)))
  const room = job.paper.right - job.paper.left - inset * 2
  const textWidth = room - widths.reduce((all, width) => all + width, 0) - gap * (plan.length - 1)
  return { plan, widths, textWidth }
}

/** Columns as wide as their widest entry, within limits; the description takes the rest. */
export const columnsOf = (job: Job): Columns => {
  const { gap, inset } = job.style.table
  let measured = measurePlan(planOf(job), job)
  for (const key of expendable) {
    if (measured.textWidth >= leastText) break
    measured = measurePlan(
      measured.plan.filter((column) => column.key !== key),
      job,
    )
  }
  let left = job.paper.left + inset
  const columns = measured.plan.map((column, index): Column => {
    const isText = column.key === 'description'
    const width = isText ? measured.textWidth : (measured.widths[index] ?? 0)
    // Turned around, a column that begins at its inner edge ends there: figures stay flush on the side of their cents.
    const align = job.rightToLeft ? 'left' : limits[column.key].align
    const edge = align === 'right' ? left + width : left
    left += width + gap
    return { ...column, align, width, edge }
  })
  const has = (key: DesignColumn): boolean => columns.some((column) => column.key === key)
  return {
    columns,
    textAt: columns.findIndex(({ key }) => key === 'description'),
    saysCode: !has('code'),
    saysDiscount: !has('discount'),
    saysUnit: !has('unit'),
  }
}

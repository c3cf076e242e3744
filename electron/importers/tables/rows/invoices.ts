import { type Amount, amount, percent, quantity, unitPrice } from '../../../../shared/money/scaled.ts'
import type { Cells } from '../cells.ts'
import type { ClientHint, InvoiceLineRecord, InvoiceRecord, TaxRecord } from '../records.ts'
import type { Template } from '../templates/template.ts'
import { turnedAround } from './credit-sign.ts'
import { lineFrom } from './invoice-lines.ts'
import { clientHintFrom, rateFrom } from './payments.ts'

type Head = Omit<InvoiceRecord, 'lines' | 'rows' | 'totalE4' | 'paid'>

const magnitude = (value: bigint) => (value < 0n ? -value : value)

type Group = {
  readonly number: string
  readonly row: number
  rows: number
  head: Head | null
  refused: boolean
  totalE4: bigint | null
  lineTotalsE4: bigint | null
  readonly lines: InvoiceLineRecord[]
  readonly taxes: TaxRecord[]
  readonly paid: { readonly amountE4: Amount | 'all'; readonly on: string }[]
}

const isPaid = (status: string) => /^(paid|closed|fully paid|bezahlt|payé|pagado)$/i.test(status)
const isCredit = (type: string) => /credit|refund|gutschrift|avoir|nota de cr[eé]dito/i.test(type)

const headFrom = (cells: Cells, number: string, kind: InvoiceRecord['kind']): Head | null => {
  const client: ClientHint | null = clientHintFrom(cells)
  const date = cells.date('date')
  if (date === null && !cells.isRefused()) cells.problem('date', 'The invoice has no date.', true)
  const discount = cells.number('discountAmount', 4)
  const inPercent = cells.raw('discountAmount').endsWith('%')
  const discountPercent = inPercent ? cells.number('discountAmount', 6) : cells.number('discountPercent', 6)
  const head = {
    dueDate: cells.date('dueDate'),
    currency: cells.currency('currency'),
    rateE10: rateFrom(cells),
    reference: cells.line('reference', 100),
    branch: cells.line('branch', 100),
    notes: cells.long('notes', 4000),
    terms: cells.long('terms', 4000),
    discountE4: discount === null || discount === 0n || inPercent ? null : amount(magnitude(discount)),
    discountPercentE6: discountPercent === null || discountPercent === 0n ? null : percent(discountPercent),
    shippingE4: nonZero(cells.number('shipping', 4)),
    adjustmentE4: nonZero(cells.number('adjustment', 4)),
  }
  if (client === null || date === null || cells.isRefused()) return null
  return { ...head, kind, credits: cells.line('credits', 40), row: cells.rowNumber(), number, client, date }
}

const nonZero = (value: bigint | null) => (value === null || value === 0n ? null : amount(value))

// What was received, or used of a credit note: as the file says it, or total less balance, or everything where a status
// says so.
const paidFrom = (cells: Cells, totalSaid: bigint | null, { date, kind }: Head): Group['paid'] => {
  const on = cells.date('paidOn') ?? date
  const isBelow = kind === 'credit-note' || (totalSaid ?? 0n) < 0n
  const figure = (value: bigint | null) => (value === null || !isBelow ? value : magnitude(value))
  const totalE4 = figure(totalSaid)
  const paid = figure(cells.number('paid', 4))
  const balance = figure(cells.number('balance', 4))
  if (paid !== null && paid > 0n) return [{ amountE4: amount(paid), on }]
  if (paid === null && balance !== null && totalE4 !== null && totalE4 > balance)
    return [{ amountE4: amount(totalE4 - balance), on }]
  return isPaid(cells.raw('status')) && paid === null ? [{ amountE4: 'all', on }] : []
}

const wholeLine = (group: Group, kind: InvoiceRecord['kind']): InvoiceLineRecord => ({
  row: group.row,
  name: `${kind === 'invoice' ? 'Invoice' : 'Credit note'} ${group.number}`,
  code: null,
  description: null,
  quantityE6: quantity(1_000_000n),
  unit: 'C62',
  priceE6: unitPrice((group.totalE4 ?? 0n) * 100n),
  discountE4: null,
  discountPercentE6: null,
  taxes: [],
})

export type InvoiceRows = {
  /** Takes the row that the cells stand at. */
  readonly take: () => void
  /** Every invoice in the order of its first row, and how many were refused. */
  readonly finish: () => { readonly records: InvoiceRecord[]; readonly refused: number }
}

/** Puts rows together into invoices and credit notes: those with one number are one. */
export const createInvoiceRows = (cells: Cells, template: Template | null): InvoiceRows => {
  const groups = new Map<string, Group>()
  let current: Group | null = null
  let strays = 0

  const kindHere = () => (template?.credits || isCredit(cells.raw('type')) ? 'credit-note' : 'invoice')

  const groupOf = (number: string | null): Group | null => {
    // Several exporters write the number in the first row of an invoice only.
    if (number === null) return current
    // Invoices and credit notes count by themselves: 1 may be both.
    const key = `${kindHere()} ${number.toLowerCase()}`
    const known = groups.get(key)
    if (known !== undefined) return known
    const made: Group = {
      number,
      row: cells.rowNumber(),
      rows: 0,
      head: null,
      refused: false,
      totalE4: null,
      lineTotalsE4: 0n,
      lines: [],
      taxes: [],
      paid: [],
    }
    groups.set(key, made)
    return made
  }

  const begin = (group: Group) => {
    group.head = headFrom(cells, group.number, kindHere())
    if (!template?.totalRows) group.totalE4 = cells.number('total', 4)
    if (group.head !== null && !template?.totalRows) group.paid.push(...paidFrom(cells, group.totalE4, group.head))
  }

  const addTax = (group: Group) => {
    const rateE6 = cells.number('price', 6)
    group.taxes.push({ name: cells.line('itemName', 60) ?? 'Tax', rateE6: percent(rateE6 ?? 0n) })
  }

  const addPayment = (group: Group) => {
    const value = cells.number('total', 4)
    const on = cells.date('date')
    if (value !== null && on !== null) group.paid.push({ amountE4: amount(magnitude(value)), on })
  }

  const addLine = (group: Group) => {
    const line = lineFrom(cells)
    if (line !== null) group.lines.push(line)
    const total = cells.number('lineTotal', 4)
    group.lineTotalsE4 = total === null || group.lineTotalsE4 === null ? null : group.lineTotalsE4 + total
  }

  const take = () => {
    const role = template?.roleOf?.(cells.look) ?? 'line'
    if (role === 'ignore') return
    const group = groupOf(cells.line('number', 40))
    if (group === null) {
      cells.problem('number', 'The row has no invoice number.', true)
      strays += 1
      return
    }
    current = group
    group.rows += 1
    if (role === 'total') group.totalE4 = cells.number('total', 4)
    else if (role === 'payment') addPayment(group)
    else if (role === 'tax') addTax(group)
    else {
      const client = cells.raw('client')
      if (group.head === null && !group.refused) begin(group)
      else if (
        client !== '' &&
        group.head !== null &&
        client !== group.head.client.name &&
        cells.line('client', 200) !== group.head.client.name
      ) {
        cells.problem(
          'client',
          `Row ${group.row} has the same invoice number for ${group.head.client.name}. One number is one invoice.`,
          true,
        )
      }
      addLine(group)
    }
    if (cells.isRefused()) group.refused = true
  }

  const recordOf = (group: Group, head: Head): InvoiceRecord => {
    const whole = group.lines.length === 0 && group.totalE4 !== null
    const lines = whole ? [wholeLine(group, head.kind)] : group.lines
    const totalE4 = group.totalE4 ?? group.lineTotalsE4
    return turnedAround({
      ...head,
      rows: group.rows,
      lines:
        group.taxes.length === 0 ? lines : lines.map((line) => ({ ...line, taxes: [...line.taxes, ...group.taxes] })),
      totalE4: totalE4 === null ? null : amount(totalE4),
      paid: group.paid,
    })
  }

  const finish = () => {
    const records: InvoiceRecord[] = []
    let refused = strays
    for (const group of groups.values()) {
      const { head } = group
      if (group.refused || head === null) {
        refused += 1
        if (!group.refused) noLine(cells, group)
        continue
      }
      records.push(recordOf(group, head))
    }
    return { records, refused }
  }

  return { take, finish }
}

const noLine = (cells: Cells, group: Group) => {
  cells.begin([], group.row)
  cells.problem(
    null,
    `Invoice ${group.number} has no line with a client and a date, so there is nothing to make of it.`,
    true,
  )
}

import type { CreditNoteContent } from '../contract/credit-notes.ts'
import type { DocumentLine, LineTax } from '../contract/documents.ts'
import type { InvoiceContent } from '../contract/invoices.ts'
import { subtract, sum } from '../money/arithmetic.ts'
import { type Amount, amount, type Quantity, quantity } from '../money/scaled.ts'
import { calculateDocument } from './calculate.ts'
import { documentInputOf, taxInput } from './from-content.ts'
import type { DocumentTotals, Rounding, TaxTotals } from './model.ts'
import { rowKey, setKeyOf } from './tax-sets.ts'

/** An issued invoice as it was frozen: what it says and how it rounds. Its credit notes round as it does. */
export type CreditedInvoice = { readonly content: InvoiceContent; readonly rounding: Rounding }
/** What a credit note gives back. */
export type Credited = { readonly content: CreditNoteContent; readonly totals: DocumentTotals }

/** What is left of a line; its key is that of its taxes together. */
export type LineLeft = {
  readonly line: DocumentLine
  readonly setKey: string
  readonly quantityE6: Quantity
  readonly netE4: Amount
  /** Some of its quantity is left; a line without quantity is open until a credit note names it. */
  readonly isOpen: boolean
}

/** What is left of the document's allowances (below zero) and charges of one reason on one set of taxes. */
export type AdjustmentLeft = {
  readonly key: string
  readonly kind: 'allowance' | 'charge'
  readonly reason: string | null
  readonly setKey: string
  readonly netE4: Amount
}

export type RowLeft = TaxTotals & { readonly key: string }
/** What is left without tax of everything that one set of taxes falls on. */
export type SetLeft = { readonly key: string; readonly taxes: readonly LineTax[]; readonly netE4: Amount }

export type Left = {
  readonly lines: readonly LineLeft[]
  readonly adjustments: readonly AdjustmentLeft[]
  readonly sets: readonly SetLeft[]
  readonly rows: readonly RowLeft[]
  readonly netE4: Amount
  readonly taxE4: Amount
  readonly totalE4: Amount
  /** Of the rounding to a payable amount (BT-114), which the last credit mirrors. */
  readonly roundingE4: Amount
  /** Whether lines and quantities still say what is left: no earlier credit was by amount or changed a price. */
  readonly byLine: boolean
  /** How many credit notes came before. */
  readonly earlier: number
}

export const lineSetKey = (taxes: readonly LineTax[]): string => setKeyOf(taxes.map(taxInput))

/** An allowance or charge of a document on one set of taxes, with its sign. */
export type SignedShare = Omit<AdjustmentLeft, 'netE4'> & { readonly netE4: bigint }

/** The document's allowances and charges by set of taxes, allowances below zero. */
export const sharesOf = (totals: DocumentTotals): SignedShare[] =>
  totals.adjustments.flatMap(({ kind, reason, shares }) =>
    shares.map((share) => {
      const setKey = setKeyOf(share.taxes)
      const netE4 = kind === 'allowance' ? -share.amountE4 : share.amountE4
      return { key: JSON.stringify([kind, reason, setKey]), kind, reason, setKey, netE4 }
    }),
  )

/** Sums by key, in the order first met. */
export const sumsBy = <T>(items: readonly T[], keyOf: (item: T) => string, amountOf: (item: T) => bigint) => {
  const sums = new Map<string, bigint>()
  for (const item of items) sums.set(keyOf(item), (sums.get(keyOf(item)) ?? 0n) + amountOf(item))
  return sums
}

const linesLeft = (invoice: CreditedInvoice, totals: DocumentTotals, earlier: readonly Credited[]): LineLeft[] => {
  const given = earlier.flatMap(({ content, totals: own }) =>
    content.lines.map((line, index) => ({
      id: line.invoiceLineId ?? '',
      quantityE6: line.quantityE6,
      netE4: own.lines[index]?.netE4 ?? 0n,
    })),
  )
  const quantities = sumsBy(
    given,
    (it) => it.id,
    (it) => it.quantityE6,
  )
  const nets = sumsBy(
    given,
    (it) => it.id,
    (it) => it.netE4,
  )
  return invoice.content.lines.map((line, index) => {
    const leftE6 = quantity(line.quantityE6 - (quantities.get(line.id) ?? 0n))
    return {
      line,
      setKey: lineSetKey(line.taxes),
      quantityE6: leftE6,
      netE4: amount((totals.lines[index]?.netE4 ?? 0n) - (nets.get(line.id) ?? 0n)),
      isOpen: line.quantityE6 === 0n ? !quantities.has(line.id) : leftE6 !== 0n,
    }
  })
}

const adjustmentsLeft = (totals: DocumentTotals, earlier: readonly Credited[]): AdjustmentLeft[] => {
  const left = new Map<string, SignedShare>()
  const put = (share: SignedShare, sign: bigint) => {
    const netE4 = (left.get(share.key)?.netE4 ?? 0n) + sign * share.netE4
    left.set(share.key, { ...share, netE4 })
  }
  for (const share of sharesOf(totals)) put(share, 1n)
  for (const credit of earlier) for (const share of sharesOf(credit.totals)) put(share, -1n)
  return [...left.values()].map((share) => ({ ...share, netE4: amount(share.netE4) }))
}

/** The taxes of each set as they stand on a document. */
const namedSets = (contents: readonly (InvoiceContent | CreditNoteContent)[]): Map<string, readonly LineTax[]> => {
  const sets = new Map<string, readonly LineTax[]>()
  for (const { lines, adjustments } of contents) {
    for (const taxes of [...lines.map((line) => line.taxes), ...adjustments.map((it) => it.taxes ?? [])]) {
      const key = lineSetKey(taxes)
      if (!sets.has(key)) sets.set(key, taxes)
    }
  }
  return sets
}

const netsBySet = ({ content, totals }: Credited | { content: InvoiceContent; totals: DocumentTotals }) =>
  sumsBy(
    [
      ...content.lines.map((line, index) => ({
        key: lineSetKey(line.taxes),
        netE4: totals.lines[index]?.netE4 ?? 0n,
      })),
      ...sharesOf(totals).map((share) => ({ key: share.setKey, netE4: share.netE4 })),
    ],
    (it) => it.key,
    (it) => it.netE4,
  )

const setsLeft = (whole: { content: InvoiceContent; totals: DocumentTotals }, earlier: readonly Credited[]) => {
  const named = namedSets([whole.content, ...earlier.map((credit) => credit.content)])
  const nets = netsBySet(whole)
  for (const credit of earlier) {
    for (const [key, netE4] of netsBySet(credit)) nets.set(key, (nets.get(key) ?? 0n) - netE4)
  }
  // Also sets that come to nothing: rounding may leave tax on them.
  return [...named].map(([key, taxes]): SetLeft => ({ key, taxes, netE4: amount(nets.get(key) ?? 0n) }))
}

const rowsLeft = (totals: DocumentTotals, earlier: readonly Credited[]): RowLeft[] => {
  const rows = new Map<string, RowLeft>()
  const put = (row: TaxTotals, sign: bigint) => {
    const key = rowKey(row)
    const before = rows.get(key)
    rows.set(key, {
      ...row,
      key,
      taxableE4: amount((before?.taxableE4 ?? 0n) + sign * row.taxableE4),
      taxE4: amount((before?.taxE4 ?? 0n) + sign * row.taxE4),
    })
  }
  for (const row of totals.taxes) put(row, 1n)
  for (const credit of earlier) for (const row of credit.totals.taxes) put(row, -1n)
  return [...rows.values()]
}

// Lines tell what is left only while amounts and quantities run out together.
const isByLine = (lines: readonly LineLeft[], rest: readonly Amount[], earlier: readonly Credited[]): boolean => {
  const known = new Set(lines.map((it) => it.line.id))
  if (earlier.some(({ content }) => content.lines.some((line) => !known.has(line.invoiceLineId ?? '')))) return false
  if (lines.some((it) => !it.isOpen && it.netE4 !== 0n)) return false
  if (lines.some((it) => it.quantityE6 !== 0n && it.quantityE6 > 0n !== it.line.quantityE6 > 0n)) return false
  return lines.some((it) => it.isOpen) || rest.every((value) => value === 0n)
}

/** What is left to credit of an invoice after its earlier credit notes, in every line, tax and sum. */
export const leftToCredit = (invoice: CreditedInvoice, earlier: readonly Credited[]): Left => {
  const totals = calculateDocument(documentInputOf(invoice.content, invoice.rounding))
  const lines = linesLeft(invoice, totals, earlier)
  const adjustments = adjustmentsLeft(totals, earlier)
  const rows = rowsLeft(totals, earlier)
  const left = (of: (totals: DocumentTotals) => Amount) =>
    subtract(of(totals), sum(earlier.map((credit) => of(credit.totals))))
  return {
    lines,
    adjustments,
    sets: setsLeft({ content: invoice.content, totals }, earlier),
    rows,
    netE4: left((it) => it.netE4),
    taxE4: left((it) => it.taxE4),
    totalE4: left((it) => it.totalE4),
    roundingE4: left((it) => it.roundingE4),
    byLine: isByLine(lines, [...adjustments.map((it) => it.netE4), ...rows.map((it) => it.taxE4)], earlier),
    earlier: earlier.length,
  }
}

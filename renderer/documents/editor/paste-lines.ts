import type { NumberFormatOfLocale } from '../../../shared/money/locale-format.ts'
import { type ParseResult, parsePercent, parseQuantity, parseUnitPrice } from '../../../shared/money/parse.ts'
import {
  type Percent,
  percent,
  type Quantity,
  quantity,
  type UnitPrice,
  unitPrice,
} from '../../../shared/money/scaled.ts'

/** A row of a spreadsheet as a line; null where the cell was empty or missing. */
export type PastedLine = {
  readonly name: string
  readonly description: string | null
  readonly quantityE6: Quantity
  readonly priceE6: UnitPrice
  readonly unit: string | null
  /** The tax as a rate, or as the name that the cell held. */
  readonly tax: { readonly rateE6: Percent | null; readonly text: string } | null
}

export type Pasted = {
  readonly lines: readonly PastedLine[]
  /** Cells that should hold a number and do not, counted from 1 as in what was pasted. */
  readonly problems: readonly { readonly row: number; readonly text: string }[]
}

type ColumnName = 'name' | 'description' | 'quantity' | 'price' | 'unit' | 'tax'

const headings: Readonly<Record<ColumnName, readonly string[]>> = {
  name: [
    'name',
    'item',
    'product',
    'service',
    'article',
    'position',
    'bezeichnung',
    'artikel',
    'leistung',
    'désignation',
    'artículo',
    'articolo',
    'title',
  ],
  description: ['description', 'details', 'beschreibung', 'descripción', 'descrizione', 'omschrijving', 'descrição'],
  quantity: [
    'quantity',
    'qty',
    'count',
    'hours',
    'menge',
    'anzahl',
    'quantité',
    'qté',
    'cantidad',
    'quantità',
    'aantal',
    'quantidade',
  ],
  price: [
    'price',
    'unit price',
    'rate',
    'unit cost',
    'amount',
    'preis',
    'einzelpreis',
    'e-preis',
    'prix',
    'prix unitaire',
    'precio',
    'prezzo',
    'prijs',
    'preço',
  ],
  unit: ['unit', 'uom', 'einheit', 'unité', 'unidad', 'unità', 'eenheid', 'unidade'],
  tax: ['tax', 'vat', 'gst', 'tax rate', 'vat %', 'tax %', 'mwst', 'ust', 'tva', 'iva', 'btw'],
}

const withoutHeading: readonly ColumnName[] = ['name', 'quantity', 'price', 'unit', 'tax']

/** Cuts what a spreadsheet puts on the clipboard into cells; a quoted cell may hold tabs and line breaks. */
export const readCells = (text: string): string[][] => {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === '\t') {
      row.push(cell.trim())
      cell = ''
    } else if (sign === '\n') {
      rows.push([...row, cell.trim()])
      row = []
      cell = ''
    } else if (sign !== '\r') cell += sign
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell.trim()])
  return rows.filter((cells) => cells.some((it) => it !== ''))
}

const columnOf = (heading: string): ColumnName | null => {
  const wanted = heading.toLowerCase().replace(/[.:*]$/, '')
  // Object.entries widens the keys of a record that is complete by its type.
  const found = Object.entries(headings).find(([, names]) => names.includes(wanted)) as
    | [ColumnName, unknown]
    | undefined
  return found?.[0] ?? null
}

const columnsOf = (first: readonly string[]): (ColumnName | null)[] | null => {
  const columns = first.map(columnOf)
  const known = columns.filter((column) => column !== null)
  if (known.length < 2 && !(known.length === 1 && first.length === 1)) return null
  if (known.includes('name')) return columns
  // A table that names no item calls it a description.
  return columns.map((column) => (column === 'description' ? 'name' : column))
}

const currencySigns = /[€$£¥₹]|\b[A-Z]{3}\b/g

// A sheet may come from another country: what cannot be read here may be the other way round, never both.
const readEither = <T>(
  text: string,
  format: NumberFormatOfLocale,
  parse: (text: string, format: NumberFormatOfLocale) => ParseResult<T>,
): ParseResult<T> => {
  const bare = text.replace(currencySigns, '').trim()
  const here = parse(bare, format)
  if (here.ok) return here
  const other = format.decimal === ',' ? { decimal: '.', group: ',' } : { decimal: ',', group: '.' }
  const there = parse(bare, { ...format, ...other })
  return there.ok ? there : here
}

const taxOf = (text: string, format: NumberFormatOfLocale): PastedLine['tax'] => {
  if (text === '') return null
  const rate = readEither(text, format, parsePercent)
  return { rateE6: rate.ok ? percent(rate.value) : null, text }
}

/** Reads cells of a spreadsheet as lines: name, quantity, price, unit, tax, or as a row of headings says. */
export const parsePastedLines = (text: string, format: NumberFormatOfLocale): Pasted => {
  const rows = readCells(text)
  const headed = columnsOf(rows[0] ?? [])
  const isPair = headed === null && rows.every((cells) => cells.length <= 2)
  const columns = headed ?? (isPair ? (['name', 'price'] as const) : withoutHeading)
  const problems: { row: number; text: string }[] = []
  const lines = rows.slice(headed === null ? 0 : 1).map((cells, index): PastedLine => {
    const cellOf = (column: ColumnName) => cells[columns.indexOf(column)] ?? ''
    const number = <T>(
      column: ColumnName,
      empty: T,
      parse: (text: string, format: NumberFormatOfLocale) => ParseResult<T>,
    ): T => {
      const cell = cellOf(column)
      if (cell === '') return empty
      const result = readEither(cell, format, parse)
      if (result.ok) return result.value
      problems.push({ row: index + (headed === null ? 1 : 2), text: cell })
      return empty
    }
    return {
      name: cellOf('name').replace(/\s+/g, ' ').slice(0, 300),
      description: cellOf('description').slice(0, 4000) || null,
      quantityE6: number('quantity', quantity(1_000_000n), parseQuantity),
      priceE6: number('price', unitPrice(0n), parseUnitPrice),
      unit: cellOf('unit') || null,
      tax: taxOf(cellOf('tax'), format),
    }
  })
  return { lines, problems }
}

/** Whether clipboard text is a table rather than words for one field. */
export const isTable = (text: string): boolean => text.includes('\t') || /\n\s*\S/.test(text.trim())

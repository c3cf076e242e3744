import type { DateOrder, ImportEntity, ImportInspection } from '../../../shared/contract/data-imports.ts'
import { importEntities } from '../../../shared/contract/data-imports.ts'
import { detectDateOrder, looksLikeDate } from './dates.ts'
import { fieldsOf } from './fields.ts'
import { readHeader, type Table } from './header.ts'
import { guessEntity, namesOf, proposeMapping } from './mapping.ts'
import { detectDecimal } from './numbers.ts'
import { openSource, type Source, type SourceChoice } from './source.ts'
import { findTemplate } from './templates/index.ts'
import type { Template } from './templates/template.ts'

export type InspectChoice = SourceChoice & {
  readonly headerRow: number | null
  readonly entity: ImportEntity | null
  /** The order that a person chose; null: as the dates tell. */
  readonly dateOrder: DateOrder | null
  /** The order taken where no date of the file tells. */
  readonly usualOrder: DateOrder
}

export type Inspection = Omit<ImportInspection, 'sha256' | 'earlier'>

const samplesPerColumn = 3
// Enough to decide, little enough to stay quick: a file of a million dates tells within its first ten thousand or not at all.
const mostCells = 200_000

const cellsOf = (table: Table, columns: readonly number[]): string[] => {
  const cells: string[] = []
  for (const row of table.rows) {
    for (const column of columns) {
      const cell = row[column]
      if (cell !== undefined && cell !== '') cells.push(cell)
    }
    if (cells.length > mostCells) break
  }
  return cells
}

const samplesOf = (table: Table, column: number): string[] => {
  const samples: string[] = []
  for (const row of table.rows.slice(0, 200)) {
    const text = row[column]?.trim().slice(0, 80)
    if (text && !samples.includes(text)) samples.push(text)
    if (samples.length === samplesPerColumn) break
  }
  return samples
}

const columnsOfKind = (
  table: Table,
  mapping: readonly (string | null)[],
  entity: ImportEntity | null,
  kind: 'number' | 'date',
): number[] => {
  const keys = new Set(
    (entity === null ? [] : fieldsOf(entity)).filter((field) => field.kind === kind).map((field) => field.key),
  )
  const mapped = mapping.flatMap((field, index) => (field !== null && keys.has(field) ? [index] : []))
  if (mapped.length > 0) return mapped
  const looks = kind === 'date' ? looksLikeDate : (text: string) => /^[-(]?[\p{Sc}\s]*\d[\d.,\s']*\)?$/u.test(text)
  return table.header.flatMap((_, index) => {
    const samples = samplesOf(table, index)
    return samples.length > 0 && samples.every(looks) ? [index] : []
  })
}

const countOf = (table: Table) => table.rows.filter((row) => row.some((cell) => cell.trim() !== '')).length

const plural = (count: number, noun: string) =>
  count === 1 ? `1 row of ${noun}` : `${count.toLocaleString('en')} rows of ${noun}`

const clientsNamed = (table: Table, mapping: readonly (string | null)[]) => {
  const at = mapping.indexOf('name')
  return at === -1 ? 0 : new Set(table.rows.map((row) => row[at]?.trim().toLowerCase()).filter(Boolean)).size
}

// An IIF file of cheques and deposits has transactions, but none that was sold.
const withoutSales = (table: Table, template: Template | null): string | null => {
  if (template?.id !== 'quickbooks-iif-transactions') return null
  const at = namesOf(table.header).indexOf('type')
  const kinds = new Set(table.rows.map((row) => row[at] ?? ''))
  if (['INVOICE', 'CASH SALE', 'CREDIT MEMO', 'CASH REFUND'].some((kind) => kinds.has(kind))) return null
  return `It has no invoices, only ${[...kinds].join(', ').toLowerCase()}: those belong to the bank or the ledger and are not imported.`
}

const noneNamed =
  'Counterfoil has no place for these yet, and none of the rows names a client, so there is nothing to take.'

type Nature = Pick<Inspection, 'holds' | 'note' | 'entity' | 'entities'>

const natureOf = (table: Table, template: Template | null, chosen: ImportEntity | null): Nature => {
  const count = countOf(table)
  if (template === null) {
    const entity = chosen ?? guessEntity(table.header)
    return {
      holds: plural(count, entity ?? 'a table'),
      note:
        entity === null
          ? 'The columns do not say what the rows are. Choose it, then say what each column holds.'
          : null,
      entity,
      entities: [...importEntities],
    }
  }
  const also = template.also ?? []
  const none = withoutSales(table, template)
  const named = template.distinct ? clientsNamed(table, proposeMapping(table.header, 'clients', template)) : null
  const possible = named === 0 || none !== null ? [] : [...(template.entity === null ? [] : [template.entity]), ...also]
  return {
    holds: `${plural(count, template.holds)}${named === null || named === 0 ? '' : `, naming ${named} ${named === 1 ? 'client' : 'clients'}`}`,
    note: none ?? (named === 0 ? noneNamed : (template.note ?? null)),
    entity: chosen !== null && possible.includes(chosen) ? chosen : none === null ? template.entity : null,
    entities: possible,
  }
}

/** What a file is and holds, with a proposal for everything that a person may change; TableFault for no table. */
export const inspectTable = async (bytes: Uint8Array, choice: InspectChoice): Promise<Inspection> => {
  const source = await openSource(bytes, choice)
  const table = readHeader(source.rows, choice.headerRow)
  const template = findTemplate(namesOf(table.header), table.preamble)
  const nature = natureOf(table, template, choice.entity)
  const { entity } = nature
  const mapping = entity === null ? table.header.map(() => null) : proposeMapping(table.header, entity, template)
  const numbers = columnsOfKind(table, mapping, entity, 'number')
  const dates = columnsOfKind(table, mapping, entity, 'date')
  return {
    ...sourceFacts(source),
    headerRow: table.headerRow,
    rowCount: countOf(table),
    template: template === null ? null : { id: template.id, product: template.product, label: template.label },
    ...nature,
    decimal: detectDecimal(cellsOf(table, numbers)),
    dateOrder: detectDateOrder(cellsOf(table, dates), choice.usualOrder, choice.dateOrder),
    columns: table.header.map((header, index) => ({
      index,
      header: header === '' ? `Column ${index + 1}` : header,
      samples: samplesOf(table, index),
      field: mapping[index] ?? null,
    })),
    fields: (entity === null ? [] : fieldsOf(entity)).map((field) => ({
      key: field.key,
      label: field.label,
      required: field.required ?? false,
      about: field.about ?? null,
    })),
  }
}

const sourceFacts = ({ format, encoding, separator, sheets, sheet }: Source) => ({
  format,
  encoding,
  separator,
  sheets: [...sheets],
  sheet,
})

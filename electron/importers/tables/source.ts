import type { ImportEncoding, ImportFormat, ImportSeparator } from '../../../shared/contract/data-imports.ts'
import { detectSeparator, parseCsv } from './csv.ts'
import { decodeText, detectEncoding } from './encoding.ts'
import { isIif, readIif } from './iif.ts'
import { TableFault } from './table-fault.ts'
import { isOldWorkbook, readXlsx } from './xlsx.ts'
import { isZip } from './zip-mark.ts'

export type SourceChoice = {
  readonly sheet: string | null
  readonly encoding: ImportEncoding | null
  readonly separator: ImportSeparator | null
}

export type Source = {
  readonly format: ImportFormat
  readonly encoding: ImportEncoding | null
  readonly separator: ImportSeparator | null
  readonly sheets: readonly string[]
  readonly sheet: string | null
  readonly rows: readonly (readonly string[])[]
}

type NamedRows = { readonly name: string; readonly rows: readonly (readonly string[])[] }

// The first sheet that holds something, unless one was chosen.
const choose = (sheets: readonly NamedRows[], wanted: string | null): NamedRows => {
  const chosen =
    wanted === null
      ? (sheets.find((sheet) => sheet.rows.some((row) => row.some((cell) => cell !== ''))) ?? sheets[0])
      : sheets.find((sheet) => sheet.name === wanted)
  if (chosen === undefined)
    throw new TableFault(
      wanted === null ? 'The workbook has no sheets.' : `There is no sheet "${wanted}" in the workbook.`,
    )
  return chosen
}

/** Opens a file as rows of text, whatever it is: CSV in any encoding, XLSX or IIF; TableFault says what it is instead. */
export const openSource = async (bytes: Uint8Array, choice: SourceChoice): Promise<Source> => {
  if (bytes.length === 0) throw new TableFault('The file is empty.')
  if (isOldWorkbook(bytes))
    throw new TableFault('This is an old workbook (XLS). Open it in a spreadsheet program and save it as XLSX or CSV.')
  if (isZip(bytes)) {
    const sheets = await readXlsx(bytes)
    const { name, rows } = choose(sheets, choice.sheet)
    return { format: 'xlsx', encoding: null, separator: null, sheets: sheets.map((it) => it.name), sheet: name, rows }
  }
  const encoding = choice.encoding ?? detectEncoding(bytes)
  const text = decodeText(bytes, encoding)
  if (/^\s*(<\?xml|<[a-zA-Z!]|\{\s*"|%PDF-)/.test(text.slice(0, 200)))
    throw new TableFault('This is no table but XML, HTML, JSON or PDF. Export the data as CSV or XLSX and try again.')
  // A control character in a text means that it is something else: a picture, a database.
  if (/[^\P{Cc}\s\u0080-\u009f]/u.test(text.slice(0, 4096)))
    throw new TableFault(
      'This is no table that can be read: it holds bytes that no text has. Choose a CSV, XLSX or IIF file, or another encoding.',
    )
  if (isIif(text)) {
    const tables = readIif(text)
    const { name, rows } = choose(tables, choice.sheet)
    return { format: 'iif', encoding, separator: null, sheets: tables.map((it) => it.name), sheet: name, rows }
  }
  const separator = choice.separator ?? detectSeparator(text)
  return { format: 'csv', encoding, separator, sheets: [], sheet: null, rows: parseCsv(text, separator) }
}

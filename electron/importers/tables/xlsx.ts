import { unzipSync } from 'fflate'
import readWorkbook from 'read-excel-file/universal'
import { mostRows } from './csv.ts'
import { TableFault } from './table-fault.ts'
import { assertExtent } from './xlsx-extent.ts'

export type WorkbookSheet = { readonly name: string; readonly rows: string[][] }

// An archive can claim to be small and unfold to gigabytes; both what it says and how many files it has are limited.
const mostUnpacked = 200 * 1024 * 1024
const mostFiles = 2000
// A real sheet shrinks to a tenth or a thirtieth; what shrinks to less than a two hundredth holds nothing.
const mostRatio = 200
const ratioFrom = 8 * 1024 * 1024

/** Whether the bytes begin as an old binary workbook (XLS). */
export const isOldWorkbook = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0

const assertReasonable = (bytes: Uint8Array) => {
  let size = 0
  let files = 0
  let hollow = false
  try {
    // Looks at the list of contents only; nothing is unpacked.
    unzipSync(bytes, {
      filter: ({ size: packed, originalSize }) => {
        hollow ||= originalSize > ratioFrom && originalSize > packed * mostRatio
        size += originalSize
        files += 1
        return false
      },
    })
  } catch {
    throw new TableFault('The workbook is damaged: its archive cannot be read. Save it again and try once more.')
  }
  if (hollow && size <= mostUnpacked) {
    throw new TableFault('The workbook holds far more than its size allows. Save the sheet as CSV instead.')
  }
  if (size > mostUnpacked || files > mostFiles) {
    throw new TableFault(
      `The workbook unpacks to ${Math.round(size / 1024 / 1024)} MB in ${files} files, which is more than a table needs (200 MB). Save the sheet as CSV instead.`,
    )
  }
}

// Spreadsheets keep 15 digits and show those; the file may hold the binary fraction behind them.
const numberText = (raw: string): string => {
  if (/^-?\d{1,15}(\.\d+)?$/.test(raw) && raw.replace(/[-.]/g, '').length <= 15) return raw
  const value = Number(raw)
  if (!Number.isFinite(value)) return raw
  const rounded = Number(value.toPrecision(15))
  return Math.abs(rounded) < 1e21 && !String(rounded).includes('e') ? String(rounded) : rounded.toFixed(10)
}

const pad = (value: number) => String(value).padStart(2, '0')

// A cell of a sheet has no zone: the library gives its wall time as UTC.
const dateText = (date: Date): string => {
  const day = `${String(date.getUTCFullYear()).padStart(4, '0')}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`
  const hasTime = date.getUTCHours() + date.getUTCMinutes() + date.getUTCSeconds() > 0
  return hasTime ? `${day} ${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}` : day
}

const cellText = (cell: unknown): string => {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'boolean') return cell ? 'true' : 'false'
  return cell instanceof Date ? dateText(cell) : String(cell)
}

/** Every sheet of an XLSX workbook as text: numbers with a point, dates as YYYY-MM-DD; TableFault for what is no workbook. */
export const readXlsx = async (bytes: Uint8Array): Promise<readonly WorkbookSheet[]> => {
  assertReasonable(bytes)
  assertExtent(bytes)
  const sheets = await (async () => {
    try {
      const buffer = new Uint8Array(bytes).buffer
      return await readWorkbook(buffer, { parseNumber: numberText, trim: false })
    } catch {
      throw new TableFault('This is no XLSX workbook that can be read. Save it again as XLSX or as CSV.')
    }
  })()
  return sheets.map(({ sheet, data }) => {
    if (data.length > mostRows)
      throw new TableFault(`The sheet "${sheet}" has ${data.length} rows, at most ${mostRows} are taken. Split it.`)
    return { name: sheet, rows: data.map((row) => row.map(cellText)) }
  })
}

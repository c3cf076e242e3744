import type { DateOrder } from '../../../shared/contract/bank.ts'
import { readCamt } from './camt.ts'
import { type CsvGiven, readCsv } from './csv.ts'
import { decodeFile } from './file-text.ts'
import { readMt940Statements } from './mt940.ts'
import { readOfx } from './ofx.ts'
import { readQif } from './qif.ts'
import { BankFileError, type BankReading, type ParsedFile } from './statement.ts'

export type BankFileOptions = {
  readonly csv: CsvGiven
  /** The order of day and month where a file does not tell. */
  readonly preferredOrder: DateOrder
}

const largest = 20 * 1024 * 1024

const isCamt = (head: string) => /<(\w+:)?Document[\s>]/.test(head) || /camt\.05[234]/.test(head)
const isOfx = (head: string) => /OFXHEADER|<OFX>|<\?OFX/i.test(head)
const isQif = (head: string) => /^\s*!(type|account|option|clear)/i.test(head)
const isMt940 = (text: string) => /^(\{.*)?:(20|25|28C?|60[FM]|61|62[FM]|64|86):/m.test(text)

const read = (bytes: Uint8Array, { csv, preferredOrder }: BankFileOptions): ParsedFile => {
  if (bytes.length > largest) {
    throw new BankFileError(
      1,
      `The file has ${Math.round(bytes.length / 1_048_576)} MB, the limit is 20 MB. Split it by dates.`,
    )
  }
  const text = decodeFile(bytes)
  if (text.trim() === '') throw new BankFileError(1, 'The file is empty.')
  const head = text.slice(0, 4000)
  if (isOfx(head)) return { format: 'ofx', ...readOfx(text), csv: null }
  if (isCamt(head)) return { format: 'camt', ...readCamt(bytes), csv: null }
  if (isQif(head)) {
    const { statements, skipped } = readQif(text, csv.dateOrder ?? null, preferredOrder)
    return { format: 'qif', formatName: 'QIF', statements, skipped, csv: null }
  }
  if (isMt940(text)) {
    return { format: 'mt940', formatName: 'MT940', statements: readMt940Statements(text), skipped: [], csv: null }
  }
  if (/^\s*</.test(head)) {
    throw new BankFileError(1, 'This is neither CAMT nor OFX, but another kind of XML or HTML.')
  }
  return { format: 'csv', formatName: 'CSV', ...readCsv(bytes, csv, preferredOrder) }
}

/** Reads a bank's file of any kind; what is wrong with it comes as a value, with its line. */
export const readBankFile = ({
  bytes,
  options,
}: {
  readonly bytes: Uint8Array
  readonly options: BankFileOptions
}): BankReading => {
  try {
    return { ok: true, file: read(bytes, options) }
  } catch (error) {
    if (error instanceof BankFileError) return { ok: false, fault: { line: error.line, detail: error.message } }
    throw error
  }
}

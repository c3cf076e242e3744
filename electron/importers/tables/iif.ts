import { TableFault } from './table-fault.ts'

/** A QuickBooks Desktop list or its transactions, laid flat as one table. */
export type IifTable = { readonly name: string; readonly rows: string[][] }

type Record_ = { readonly kind: string; readonly cells: ReadonlyMap<string, string>; readonly line: number }

// `!TRNS DATE AMOUNT` names the columns of every later `TRNS` row, until another `!TRNS` comes.
const recordsOf = (text: string): Record_[] => {
  const headers = new Map<string, readonly string[]>()
  const records: Record_[] = []
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const cells = line.split('\t').map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .replaceAll('""', '"'),
    )
    const [first = ''] = cells
    if (first === '') continue
    if (first.startsWith('!')) {
      headers.set(first.slice(1).toUpperCase(), cells)
      continue
    }
    const kind = first.toUpperCase()
    const header = headers.get(kind)
    if (header === undefined)
      throw new TableFault(`Line ${index + 1} is a ${first} row, but no !${kind} row before it names its columns.`)
    const named = header.flatMap((name, at): [string, string][] =>
      at === 0 || name === '' ? [] : [[name.toUpperCase(), cells[at] ?? '']],
    )
    records.push({ kind, cells: new Map(named), line: index + 1 })
  }
  return records
}

const list = (records: readonly Record_[], kind: string, columns: Readonly<Record<string, string>>): string[][] => {
  const rows = records.filter((record) => record.kind === kind)
  if (rows.length === 0) return []
  return [Object.values(columns), ...rows.map((row) => Object.keys(columns).map((key) => row.cells.get(key) ?? ''))]
}

const invoiceHeader = [
  'Transaction',
  'Type',
  'Date',
  'Number',
  'Customer',
  'Total',
  'Due date',
  'Memo',
  'Address 1',
  'Address 2',
  'Item',
  'Description',
  'Quantity',
  'Price',
  'Amount',
  'Extra',
  'Terms',
  'Paid',
]

const negated = (text: string) => {
  if (text === '') return ''
  return text.startsWith('-') ? text.slice(1) : `-${text}`
}

// The split rows of a sale are negative, quantities too: they leave the income account.
const transactionRows = (records: readonly Record_[]): string[][] => {
  const rows: string[][] = []
  let head: Record_ | null = null
  let count = 0
  for (const record of records) {
    if (record.kind === 'TRNS') {
      head = record
      count += 1
    }
    if (record.kind === 'ENDTRNS') head = null
    if (record.kind !== 'SPL' || head === null) continue
    const { cells } = head
    const at = (name: string) => cells.get(name) ?? ''
    const own = (name: string) => record.cells.get(name) ?? ''
    rows.push([
      String(count),
      at('TRNSTYPE').toUpperCase(),
      at('DATE'),
      at('DOCNUM'),
      at('NAME'),
      at('AMOUNT'),
      at('DUEDATE'),
      at('MEMO'),
      at('ADDR2') === '' ? '' : at('ADDR1'),
      at('ADDR2'),
      own('INVITEM'),
      own('MEMO'),
      negated(own('QNTY')),
      own('PRICE').replace(/%$/, ''),
      negated(own('AMOUNT')),
      own('EXTRA').toUpperCase(),
      at('TERMS'),
      at('PAID'),
    ])
  }
  return rows.length === 0 ? [] : [invoiceHeader, ...rows]
}

const customers = {
  NAME: 'Name',
  COMPANYNAME: 'Company',
  FIRSTNAME: 'First name',
  LASTNAME: 'Last name',
  EMAIL: 'Email',
  PHONE1: 'Phone',
  BADDR1: 'Bill to 1',
  BADDR2: 'Bill to 2',
  BADDR3: 'Bill to 3',
  TERMS: 'Terms',
  NOTE: 'Note',
  NOTEPAD: 'Notes',
  TAXITEM: 'Tax item',
  RESALENUM: 'Resale number',
}

const itemList = { NAME: 'Name', INVITEMTYPE: 'Item type', DESC: 'Description', PRICE: 'Price', TAXABLE: 'Taxable' }

/** Whether a text is an Intuit Interchange Format file: its first row names columns after an exclamation mark. */
export const isIif = (text: string): boolean =>
  /^\ufeff?\s*!?(HDR|TRNS|CUST|VEND|INVITEM|ACCNT|CLASS|TERMS)\t/.test(text)

/** The customers, items and transactions of an IIF file as tables; TableFault names the line that is not IIF. */
export const readIif = (text: string): readonly IifTable[] => {
  const records = recordsOf(text.replace(/^\ufeff/, ''))
  const tables = [
    { name: 'Transactions', rows: transactionRows(records) },
    { name: 'Customers', rows: list(records, 'CUST', customers) },
    { name: 'Items', rows: list(records, 'INVITEM', itemList) },
  ].filter((table) => table.rows.length > 0)
  if (tables.length === 0)
    throw new TableFault('The IIF file has no customers, items or transactions, so there is nothing to take from it.')
  return tables
}

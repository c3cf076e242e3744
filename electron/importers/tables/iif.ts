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

type Transaction = { readonly head: Record_; readonly splits: Record_[] }

const transactionsOf = (records: readonly Record_[]): Transaction[] => {
  const transactions: Transaction[] = []
  let open: Transaction | null = null
  for (const record of records) {
    if (record.kind === 'TRNS') {
      open = { head: record, splits: [] }
      transactions.push(open)
    }
    if (record.kind === 'ENDTRNS') open = null
    if (record.kind === 'SPL') open?.splits.push(record)
  }
  return transactions
}

const cellOf = ({ cells }: Record_, name: string) => cells.get(name) ?? ''
const isPayment = ({ head }: Transaction) => cellOf(head, 'TRNSTYPE').toUpperCase() === 'PAYMENT'
const numberOf = ({ head }: Transaction, split: Record_ | undefined) =>
  (split === undefined ? '' : cellOf(split, 'DOCNUM')) || cellOf(head, 'DOCNUM')

const paymentHeader = ['Payment', 'Date', 'Customer', 'Received', 'Pays', 'Number', 'Method', 'Memo']

// One row a payment, or one for each document that its split rows name.
const paymentRows = (transactions: readonly Transaction[]): string[][] => {
  const rows = transactions.filter(isPayment).flatMap((transaction, index) => {
    const { head, splits } = transaction
    const named = splits.filter((split) => cellOf(split, 'DOCNUM') !== '')
    const row = (received: string, pays: string) => [
      String(index + 1),
      cellOf(head, 'DATE'),
      cellOf(head, 'NAME'),
      received,
      pays,
      cellOf(head, 'DOCNUM'),
      cellOf(head, 'PAYMETH'),
      cellOf(head, 'MEMO'),
    ]
    return named.length > 1 && named.length === splits.length
      ? named.map((split) => row(negated(cellOf(split, 'AMOUNT')), cellOf(split, 'DOCNUM')))
      : [row(cellOf(head, 'AMOUNT'), numberOf(transaction, splits[0]))]
  })
  return rows.length === 0 ? [] : [paymentHeader, ...rows]
}

// What payments of the same file name is not paid by its own mark, too.
const paidByPayments = (transactions: readonly Transaction[]): ReadonlySet<string> =>
  new Set(
    transactions.filter(isPayment).flatMap((transaction) => {
      const splits = transaction.splits.length === 0 ? [undefined] : transaction.splits
      return splits.map((split) => `${cellOf(transaction.head, 'NAME')}\n${numberOf(transaction, split)}`)
    }),
  )

// The split rows of a sale are negative, quantities too: they leave the income account.
const transactionRows = (transactions: readonly Transaction[]): string[][] => {
  const rows: string[][] = []
  const paid = paidByPayments(transactions)
  const pairs = transactions.flatMap((transaction, index) =>
    isPayment(transaction) ? [] : transaction.splits.map((record) => ({ head: transaction.head, record, index })),
  )
  for (const { head, record, index } of pairs) {
    const at = (name: string) => cellOf(head, name)
    const own = (name: string) => cellOf(record, name)
    rows.push([
      String(index + 1),
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
      paid.has(`${at('NAME')}\n${at('DOCNUM')}`) ? '' : at('PAID'),
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

/** The customers, items, transactions and payments of an IIF file as tables; TableFault names the line that is not IIF. */
export const readIif = (text: string): readonly IifTable[] => {
  const records = recordsOf(text.replace(/^\ufeff/, ''))
  const transactions = transactionsOf(records)
  const tables = [
    { name: 'Transactions', rows: transactionRows(transactions) },
    { name: 'Payments', rows: paymentRows(transactions) },
    { name: 'Customers', rows: list(records, 'CUST', customers) },
    { name: 'Items', rows: list(records, 'INVITEM', itemList) },
  ].filter((table) => table.rows.length > 0)
  if (tables.length === 0)
    throw new TableFault('The IIF file has no customers, items or transactions, so there is nothing to take from it.')
  return tables
}

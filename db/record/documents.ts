import { commitTo, hex, type StoredChange, sha256 } from './effect.ts'

// What an issued document never changes: the columns that its triggers freeze, as the tables had them in format 1.
const head =
  'branch_id,series_id,number,counter,period,currency,minor_units,exchange_rate_e10,language,issued_on,supply_from,supply_to,prices_include_tax,rounding_mode,rounding_scope,terms,seller,extra,issued_at,tax_treatment,place_of_supply,payable_step_e4,template_id'
const amounts =
  'line_net_e4,allowance_e4,charge_e4,net_e4,tax_e4,total_e4,rounding_e4,payable_e4,base_total_e4,base_tax_e4'
const personal = 'client_name,buyer,reference,order_reference,buyer_reference,notes'
const line =
  'id,position,item_id,code,name,description,classification,quantity_e6,unit,price_e6,base_quantity_e6,gross_e4,net_e4,tax_e4,total_e4,taxes,adjustments'
const tax =
  'id,position,name,category,rate_e6,is_compound,taxable_e4,tax_e4,base_taxable_e4,base_tax_e4,exemption_reason'
const adjustment = 'id,position,kind,reason,amount_e4,percent_e6,base_e4,result_e4,taxes'

type Writer = (row: readonly unknown[]) => string

const scaled = /_e(4|6|10)$/

// Writes columns of a row, which stand from `from` on, as canonical JSON with no tree in between: issuing waits for it.
const writer = (columns: string, from = 0): Writer => {
  const order = columns
    .split(',')
    .map((column, index) => ({ column, at: index + from, name: `${JSON.stringify(column)}:` }))
    .sort((a, b) => (a.column < b.column ? -1 : 1))
  return (row) => {
    let text = ''
    for (const { column, at, name } of order) {
      const value = row[at]
      text += text === '' ? name : `,${name}`
      if (typeof value === 'string') text += JSON.stringify(value)
      else if (value === null || value === undefined) text += 'null'
      // Scaled integers are text, as everywhere in the record.
      else text += scaled.test(column) ? `"${String(value)}"` : String(value)
    }
    return `{${text}}`
  }
}

type Part = { readonly name: string; readonly table: string; readonly columns: string; readonly write: Writer }
export type DocumentShape = {
  readonly table: string
  /** The document's own columns, the personal ones last. */
  readonly columns: string
  /** The column of its parts that names the document. */
  readonly key: string
  /** By name, in order. */
  readonly parts: readonly Part[]
  readonly writeHead: Writer
  readonly writePersonal: Writer
}

const shape = (one: string, own: string, parts: Readonly<Record<string, string>>): DocumentShape => ({
  table: `${one}s`,
  columns: `${head},${own},${personal}`,
  key: `${one}_id`,
  parts: Object.entries(parts).map(([name, columns]) => ({
    name,
    table: `${one}_${name}`,
    columns,
    write: writer(columns),
  })),
  writeHead: writer(`${head},${own}`),
  writePersonal: writer(personal, `${head},${own}`.split(',').length),
})

/** The documents that are issued, with all that they consist of. */
export const documentShapes: ReadonlyMap<string, DocumentShape> = new Map(
  [
    shape('invoice', `${amounts},due_on,payment_terms_days,prepaid_e4,corrects_id`, {
      adjustments: adjustment,
      lines: line,
      taxes: tax,
    }),
    // Its sums and taxes are those of what the buyer chose: they change when it is accepted.
    shape('quote', 'valid_until,revises_id', {
      adjustments: 'id,position,kind,reason,amount_e4,percent_e6,taxes',
      lines: `${line},choice,group_name`,
    }),
    shape('credit_note', `${amounts},invoice_id,reason,mirrored_taxes`, {
      adjustments: adjustment,
      lines: `${line},invoice_line_id`,
      taxes: tax,
    }),
  ].map((it) => [it.table, it]),
)

/** SQL that reads a document's own columns; one parameter, its id. */
export const headSql = (it: DocumentShape): string => `SELECT ${it.columns} FROM ${it.table} WHERE id = ?`

/** SQL that reads a part of a document in its order; one parameter, the document's id. */
export const partSql = (it: DocumentShape, part: Part): string =>
  `SELECT ${part.columns} FROM ${part.table} WHERE ${it.key} = ? AND deleted_at IS NULL ORDER BY position, id`

/** An issued document as canonical JSON: what a person could be known by stands apart. */
export type DocumentContent = { readonly open: string; readonly personal: string }

/** Puts a document together from its rows, given as values in the order of the columns. */
export const documentContent = (
  it: DocumentShape,
  ofHead: readonly unknown[],
  ofParts: readonly (readonly (readonly unknown[])[])[],
): DocumentContent => {
  const texts = it.parts.map(({ name, write }, index) => `"${name}":[${(ofParts[index] ?? []).map(write).join(',')}]`)
  // "head" comes after "adjustments" and before the others.
  const [first = '', ...others] = texts
  const open = `{${[first, `"head":${it.writeHead(ofHead)}`, ...others].join(',')}}`
  return { open, personal: it.writePersonal(ofHead) }
}

/** The hash of a document over its open part and the commitment to its personal one. */
export const documentHash = (open: string, commitment: Uint8Array): Buffer =>
  sha256(`{"content":${open},"personal":"${hex(commitment)}"}`)

/** The commitment to who a document is for. */
export const documentCommitment = (salt: Uint8Array, { personal: values }: DocumentContent): Buffer =>
  commitTo(salt, values)

/** Whether a change is the issuing of a document. */
export const issuesDocument = (change: Pick<StoredChange, 'table' | 'action' | 'newValues'>): boolean =>
  documentShapes.has(change.table) && change.action === 'update' && change.newValues.includes('"issued_at":"')

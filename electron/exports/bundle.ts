import { strToU8, type Zippable, zipSync } from 'fflate'
import { sql } from 'kysely'
import type { DataKey } from '../../db/key.ts'
import { sheetNames } from '../../shared/contract/data-exports.ts'
import { plainFileName } from '../../shared/file-name.ts'
import { isSendable, makeEInvoice } from '../einvoice/write/make.ts'
import { findSource } from '../features/einvoices/source.ts'
import { rawRows } from '../features/raw-rows.ts'
import { openFileStore } from '../files.ts'
import type { Db } from '../rpc/handles.ts'
import type { Bundle, BundleInput } from './bundle-input.ts'
import { type IndexDocument, indexPage } from './index-page.ts'
import { type SheetName, type SheetScope, sheetColumns, sheetRows, sheets } from './sheets.ts'
import { csvOf, writeXlsx } from './write-sheets.ts'

type KeptDocument = IndexDocument & { readonly id: string; readonly pdfSha256: string | null }

const documentTables = [
  { kind: 'invoice', table: 'invoices', sheet: 'invoices' },
  { kind: 'credit-note', table: 'credit_notes', sheet: 'credit-notes' },
  { kind: 'quote', table: 'quotes', sheet: 'quotes' },
] as const

const documentsOf = async (db: Db, { organizationId, from, to }: SheetScope, shown: ReadonlySet<SheetName>) => {
  const of = (kind: string, table: string) => sql`
    SELECT ${kind} AS kind, id, number, client_name, issued_on AS "on", currency, total_e4, state, pdf_sha256 FROM ${sql.table(table)}
    WHERE organization_id = ${organizationId} AND issued_at IS NOT NULL
      ${from === null ? sql`` : sql`AND issued_on >= ${from}`} ${to === null ? sql`` : sql`AND issued_on <= ${to}`}`
  const parts = documentTables.filter(({ sheet }) => shown.has(sheet)).map(({ kind, table }) => of(kind, table))
  if (parts.length === 0) return []
  return await rawRows<KeptDocument>(
    db,
    sql`SELECT kind, id, number, client_name, "on", currency, total_e4, state, pdf_sha256 FROM (
      ${sql.join(parts, sql` UNION ALL `)}) ORDER BY kind, "on", number`,
  )
}

// Two numbers may differ in a sign alone that no file name has: the later one gets a count, none is lost.
const freeName = (entries: Zippable, folder: string, number: string, ending: string): string => {
  const name = plainFileName(number, 'document')
  for (let count = 1; ; count += 1) {
    const path = `${folder}/${name}${count === 1 ? '' : `-${count}`}.${ending}`
    if (!(path in entries)) return path
  }
}

// Fixed, so that the same books give the same bytes.
const stamp = new Date('2000-01-01T00:00:00Z')

/** The e-invoice of a document in the European standard; null for what has none, or would break a rule of it. */
const xmlOf = async (db: Db, organizationId: string, kind: string, id: string): Promise<string | null> => {
  if (kind !== 'invoice' && kind !== 'credit-note') return null
  const { source } = await findSource(db, organizationId, kind, id)
  const { xml, findings } = makeEInvoice(source, 'en16931-ubl')
  return isSendable(findings) ? xml : null
}

/**
 * What an accountant asks for in one archive: every sheet that may be seen as CSV and one workbook, the kept PDFs, e-invoices, the record of changes,
 * and a page that opens in any browser and leads to them. Documents whose PDF is missing are named in the answer.
 */
export const writeBundle = async (db: Db, input: BundleInput, key: DataKey): Promise<Bundle> => {
  const { directory, businessName, madeAt, sheets: names, ...scope } = input
  const entries: Zippable = {}
  const counts: { name: string; title: string; rows: number }[] = []
  for (const name of names) {
    const rows = await sheetRows(db, name, scope)
    entries[`csv/${name}.csv`] = csvOf(await sheetColumns(db, name, scope.organizationId), rows)
    counts.push({ name, title: sheets[name].title, rows: rows.length })
  }
  const inWorkbook = names.filter((name) => name !== 'audit')
  if (inWorkbook.length > 0) entries['books.xlsx'] = await writeXlsx(db, { ...scope, names: inWorkbook })
  const store = openFileStore(directory, key)
  const documents: IndexDocument[] = []
  const missing: string[] = []
  for (const { id, pdfSha256, ...document } of await documentsOf(db, scope, new Set(names))) {
    const content = pdfSha256 === null ? null : await store.get(pdfSha256).catch(() => null)
    const file = content === null ? null : freeName(entries, `pdf/${document.kind}`, document.number, 'pdf')
    if (file === null || content === null) missing.push(document.number)
    else entries[file] = [content, { level: 0 }]
    const xml = await xmlOf(db, scope.organizationId, document.kind, id)
    const xmlFile = xml === null ? null : freeName(entries, `xml/${document.kind}`, document.number, 'xml')
    if (xml !== null && xmlFile !== null) entries[xmlFile] = strToU8(xml)
    documents.push({ ...document, file, xmlFile })
  }
  const leftOut = sheetNames.filter((name) => !names.includes(name)).map((name) => sheets[name].title)
  entries['index.html'] = strToU8(
    indexPage({
      businessName,
      madeAt,
      from: scope.from,
      to: scope.to,
      counts,
      workbook: inWorkbook.length > 0,
      leftOut,
      documents,
    }),
  )
  return { bytes: zipSync(entries, { mtime: stamp }), documentCount: documents.length, missing }
}

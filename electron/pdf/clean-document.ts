import type {
  PrintableBlock,
  PrintableDocument,
  PrintableLine,
  PrintableParty,
  PrintablePayment,
  PrintableStatement,
} from '../../shared/documents/printable.ts'
import type { PrintableReport } from '../../shared/documents/printable-report.ts'
import type { TemplateDesign } from '../../shared/documents/template-design.ts'
import { printableLine, printableText } from './clean-text.ts'

/** How each text of a document is changed: `line` for those of one line, `text` for paragraphs. */
export type TextChange = { readonly line: (text: string) => string; readonly text: (text: string) => string }

const changeNullable = (change: (text: string) => string, text: string | null): string | null =>
  text === null ? null : change(text)

const changeParty = (party: PrintableParty, { line }: TextChange): PrintableParty => ({
  name: line(party.name),
  addressLines: party.addressLines.map(line).filter((address) => address !== ''),
  ids: party.ids.map((id) => ({ label: line(id.label), value: line(id.value) })),
  email: changeNullable(line, party.email),
  phone: changeNullable(line, party.phone),
  website: changeNullable(line, party.website),
})

const changeLine = (row: PrintableLine, { line, text }: TextChange): PrintableLine => ({
  ...row,
  code: changeNullable(line, row.code),
  name: text(row.name),
  description: changeNullable(text, row.description),
  unit: line(row.unit),
  adjustments: row.adjustments.map((adjustment) => ({ ...adjustment, label: line(adjustment.label) })),
  taxLabel: line(row.taxLabel),
  ...(row.hsn === undefined ? {} : { hsn: changeNullable(line, row.hsn) }),
  ...(row.groupName ? { groupName: line(row.groupName) } : {}),
  ...(row.taxAmounts ? { taxAmounts: row.taxAmounts.map((tax) => ({ ...tax, label: line(tax.label) })) } : {}),
})

const changeBlock = (block: PrintableBlock, { line, text }: TextChange): PrintableBlock => ({
  ...block,
  heading: changeNullable(line, block.heading),
  text: text(block.text),
})

// The text of the code stays: it was checked when it was made, and its bytes are what is scanned.
const changePayment = (payment: PrintablePayment, { line }: TextChange): PrintablePayment => ({
  ...payment,
  heading: line(payment.heading),
  rows: payment.rows.map((row) => ({ label: line(row.label), value: line(row.value) })),
  link: changeNullable(line, payment.link),
})

const changeDesign = (design: TemplateDesign, { line, text }: TextChange): TemplateDesign => ({
  ...design,
  columns: design.columns.map((column) => ({ ...column, label: changeNullable(line, column.label) })),
  texts: {
    title: changeNullable(line, design.texts.title),
    header: changeNullable(text, design.texts.header),
    intro: changeNullable(text, design.texts.intro),
    closing: changeNullable(text, design.texts.closing),
    footer: changeNullable(text, design.texts.footer),
  },
})

type Newer = Pick<
  PrintableDocument,
  'design' | 'original' | 'deductions' | 'placeOfSupply' | 'amountInWords' | 'payment'
>

const changeNewer = (document: Newer, change: TextChange): Newer => {
  const { line, text } = change
  const { design, original, deductions, placeOfSupply, amountInWords, payment } = document
  return {
    ...(design ? { design: changeDesign(design, change) } : {}),
    ...(original ? { original: { ...original, number: line(original.number) } } : {}),
    ...(deductions ? { deductions: deductions.map((it) => ({ ...it, label: line(it.label) })) } : {}),
    ...(placeOfSupply ? { placeOfSupply: line(placeOfSupply) } : {}),
    ...(amountInWords ? { amountInWords: text(amountInWords) } : {}),
    ...(payment ? { payment: changePayment(payment, change) } : {}),
  }
}

/** The document with every text changed, and nothing else. */
export const changeTexts = (document: PrintableDocument, change: TextChange): PrintableDocument => {
  const { line } = change
  return {
    ...document,
    ...changeNewer(document, change),
    number: changeNullable(line, document.number),
    reference: changeNullable(line, document.reference),
    supply: changeNullable(line, document.supply),
    seller: changeParty(document.seller, change),
    buyer: changeParty(document.buyer, change),
    deliverTo: document.deliverTo === null ? null : changeParty(document.deliverTo, change),
    lines: document.lines.map((row) => changeLine(row, change)),
    adjustments: document.adjustments.map((adjustment) => ({ ...adjustment, label: line(adjustment.label) })),
    taxes: document.taxes.map((tax) => ({ ...tax, label: line(tax.label) })),
    blocks: document.blocks.map((block) => changeBlock(block, change)),
    footer: changeNullable(line, document.footer),
  }
}

/** The statement with every text changed, and nothing else. */
export const changeStatementTexts = (statement: PrintableStatement, change: TextChange): PrintableStatement => {
  const { line } = change
  const { design, payment } = statement
  return {
    ...statement,
    seller: changeParty(statement.seller, change),
    buyer: changeParty(statement.buyer, change),
    rows: statement.rows.map((row) => ({ ...row, text: line(row.text) })),
    ageing: statement.ageing.map((part) => ({ ...part, label: line(part.label) })),
    blocks: statement.blocks.map((block) => changeBlock(block, change)),
    footer: changeNullable(line, statement.footer),
    ...(design ? { design: changeDesign(design, change) } : {}),
    ...(payment ? { payment: changePayment(payment, change) } : {}),
  }
}

/** The report with every text changed, and nothing else. */
const changeReportTexts = (report: PrintableReport, { line }: TextChange): PrintableReport => ({
  ...report,
  business: line(report.business),
  title: line(report.title),
  about: line(report.about),
  madeOn: line(report.madeOn),
  tables: report.tables.map((table) => ({
    title: line(table.title),
    columns: table.columns.map((column) => ({ ...column, label: line(column.label) })),
    rows: table.rows.map((row) => ({ ...row, cells: row.cells.map(line) })),
    notes: table.notes.map(line),
  })),
})

export type Cleaned<T> = { readonly value: T; readonly texts: string[] }

/** What may be printed of a paper, and all its texts, for the choice of fonts. */
const cleaned = <T>(value: T, changed: (value: T, change: TextChange) => T): Cleaned<T> => {
  const texts: string[] = []
  const collect = (clean: (text: string) => string) => (text: string) => {
    const result = clean(text)
    texts.push(result)
    return result
  }
  return { value: changed(value, { line: collect(printableLine), text: collect(printableText) }), texts }
}

/** The document as it may be printed, and all its texts. */
export const cleanDocument = (document: PrintableDocument): Cleaned<PrintableDocument> => cleaned(document, changeTexts)

/** The statement as it may be printed, and all its texts. */
export const cleanStatement = (statement: PrintableStatement): Cleaned<PrintableStatement> =>
  cleaned(statement, changeStatementTexts)

/** The report as it may be printed, and all its texts. */
export const cleanReport = (report: PrintableReport): Cleaned<PrintableReport> => cleaned(report, changeReportTexts)

import type { PrintableDocument, PrintableLine, PrintableParty } from '../../shared/documents/printable.ts'
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
})

/** The document with every text changed, and nothing else. */
export const changeTexts = (document: PrintableDocument, change: TextChange): PrintableDocument => {
  const { line, text } = change
  return {
    ...document,
    number: changeNullable(line, document.number),
    reference: changeNullable(line, document.reference),
    supply: changeNullable(line, document.supply),
    seller: changeParty(document.seller, change),
    buyer: changeParty(document.buyer, change),
    deliverTo: document.deliverTo === null ? null : changeParty(document.deliverTo, change),
    lines: document.lines.map((row) => changeLine(row, change)),
    adjustments: document.adjustments.map((adjustment) => ({ ...adjustment, label: line(adjustment.label) })),
    taxes: document.taxes.map((tax) => ({ ...tax, label: line(tax.label) })),
    blocks: document.blocks.map((block) => ({ heading: changeNullable(line, block.heading), text: text(block.text) })),
    footer: changeNullable(line, document.footer),
  }
}

/** The document as it may be printed, and all its texts, for the choice of fonts. */
export const cleanDocument = (document: PrintableDocument): { document: PrintableDocument; texts: string[] } => {
  const texts: string[] = []
  const collect = (clean: (text: string) => string) => (text: string) => {
    const cleaned = clean(text)
    texts.push(cleaned)
    return cleaned
  }
  const cleaned = changeTexts(document, { line: collect(printableLine), text: collect(printableText) })
  return { document: cleaned, texts }
}

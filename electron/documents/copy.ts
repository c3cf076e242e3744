import type { DocumentContent } from '../../shared/contract/documents.ts'

/** The content of a new document like another: dated `on`, with ids of its own, without what belonged to its time. */
export const copiedContent = <C extends DocumentContent>(content: C, on: string, newId: () => string): C => ({
  ...content,
  issuedOn: on,
  supplyFrom: null,
  supplyTo: null,
  roundingAmountE4: null,
  lines: content.lines.map((line) => ({ ...line, id: newId() })),
  adjustments: content.adjustments.map((adjustment) => ({ ...adjustment, id: newId() })),
})

import type { DocumentLine } from '../document-content.ts'

type CellProps = { readonly line: DocumentLine; readonly position: number; readonly isLast?: boolean }

/**
 * Tells that nothing a cell shows has changed, for `memo`: the cell must neither read the fields that it leaves out nor
 * write them back.
 */
export const sameBut =
  (...leftOut: readonly (keyof DocumentLine)[]) =>
  (before: CellProps, after: CellProps): boolean => {
    if (before.position !== after.position || before.isLast !== after.isLast) return false
    if (before.line === after.line) return true
    // The keys of a line are its own: lines are plain objects of the schema.
    const keys = Object.keys(after.line) as (keyof DocumentLine)[]
    return keys.every((key) => leftOut.includes(key) || before.line[key] === after.line[key])
  }

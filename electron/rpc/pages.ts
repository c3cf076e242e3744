import { AppError } from '../../shared/errors.ts'

/** Where a keyset page ended: the value it is sorted by, and the id that breaks ties. */
export type Cursor = { readonly value: string | number | bigint | null; readonly id: string }

/** A cursor as text for the caller, who only hands it back. */
export const writeCursor = ({ value, id }: Cursor): string => {
  const kind = typeof value === 'bigint' ? 'i' : typeof value === 'number' ? 'n' : value === null ? 'z' : 's'
  return `${kind}${value ?? ''}\u0001${id}`
}

/** Reads a cursor; AppError VALIDATION if it is not one of ours. */
export const readCursor = (text: string): Cursor => {
  const [value = '', id] = text.slice(1).split('\u0001')
  if (id === undefined || !'insz'.includes(text.charAt(0)))
    throw new AppError('VALIDATION', 'This page no longer exists. Load the list again.')
  switch (text.charAt(0)) {
    case 'i':
      if (!/^-?\d{1,19}$/.test(value))
        throw new AppError('VALIDATION', 'This page no longer exists. Load the list again.')
      return { value: BigInt(value), id }
    case 'n':
      return { value: Number(value) || 0, id }
    case 'z':
      return { value: null, id }
    default:
      return { value, id }
  }
}

/** Cuts the one row too many off a page that was read with `limit + 1`, and makes the cursor of the next. */
export const page = <R>(
  rows: readonly R[],
  limit: number,
  cursorOf: (row: R) => Cursor,
): { rows: R[]; nextCursor: string | null } => {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return { rows: kept, nextCursor: rows.length > limit && last !== undefined ? writeCursor(cursorOf(last)) : null }
}

/** A text as the pattern of a LIKE that finds it anywhere, with its wildcards taken literally (ESCAPE '\'). */
export const likeAnywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

import { guardFormula } from '../../shared/formula-guard.ts'

const plainNumber = /^-?\d+(\.\d+)?$/

const cell = (text: string): string => {
  const safe = plainNumber.test(text) ? text : guardFormula(text)
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows as CSV (RFC 4180) in UTF-8 with its mark, formulas disarmed. */
export const csvBytes = (rows: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode(`\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`)

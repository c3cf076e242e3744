import { akaunting } from './akaunting.ts'
import { frappeBooks } from './frappe-books.ts'
import { freshbooks } from './freshbooks.ts'
import { invoiceNinja } from './invoice-ninja.ts'
import { others } from './others.ts'
import { quickbooks } from './quickbooks.ts'
import type { Template } from './template.ts'
import { timeTrackers } from './time-trackers.ts'
import { wave } from './wave.ts'
import { xero } from './xero.ts'
import { zoho } from './zoho.ts'

const templates: readonly Template[] = [
  ...invoiceNinja,
  ...freshbooks,
  ...zoho,
  ...wave,
  ...xero,
  ...quickbooks,
  ...frappeBooks,
  ...akaunting,
  ...timeTrackers,
  ...others,
]

/** The template whose sign these columns are: the longest one wins, then the one that knows more of the columns. */
export const findTemplate = (names: readonly string[], preamble: readonly string[]): Template | null => {
  const present = new Set(names)
  let best: Template | null = null
  let bestScore = 0
  for (const template of templates) {
    if (!template.signature.every((name) => present.has(name))) continue
    const { titled } = template
    if (titled !== undefined && !preamble.some((text) => titled.test(text))) continue
    const known = Object.keys(template.columns).filter((name) => present.has(name)).length
    if (template.exact && present.size > template.signature.length) continue
    // Three words are nobody's sign where most of the columns are others.
    if (template.signature.length < 4 && present.size > template.signature.length + 2) continue
    const score = template.signature.length * 2 + known + (titled === undefined ? 0 : 1)
    if (score > bestScore) {
      best = template
      bestScore = score
    }
  }
  return best
}

/** A template by its id; null for none and for one that is not known. */
export const templateById = (id: string | null): Template | null =>
  templates.find((template) => template.id === id) ?? null

import { sql } from 'kysely'
import { rawRows } from '../raw-rows.ts'
import { sortNameOf } from '../sort-name.ts'
import { entriesOf, type Hit, matchingEntries, matchingNames, type Scope } from './entries.ts'
import { foldedWord } from './words.ts'

const lastCharacter = '\u{10ffff}'

/** A quoted word, so that nothing that a person types is syntax. */
export const quoted = (word: string): string => `"${word}"`

// People type the end of a number without its zeros.
const paddings = [4, 5, 6]
const spellings = (word: string): string[] =>
  /^\d{1,6}$/.test(word) ? [word, ...paddings.map((width) => word.padStart(width, '0'))] : [word]

const groupOf = (word: string, isLast: boolean): string => {
  const [first = word, ...others] = [...new Set(spellings(word))]
  // The prefix index begins at two letters; a lone letter would read every word that begins with it.
  const open = isLast && [...word].length > 1 ? `${quoted(first)}*` : quoted(first)
  return `(${[open, ...others.map(quoted)].join(' OR ')})`
}

/** The words as a full-text query: all of them, the last one open-ended. */
export const matchOf = (words: readonly string[]): string =>
  words.map((word, index) => groupOf(word, index === words.length - 1)).join(' AND ')

const byNumber = async ({ db, organizationId, limit }: Scope, text: string): Promise<string[]> => {
  const typed = text.trim().toUpperCase()
  const rows = await db
    .selectFrom('invoices')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where('number', '>=', typed)
    .where('number', '<', `${typed}${lastCharacter}`)
    .orderBy('number')
    .limit(typed.length < 3 ? Math.min(3, limit) : limit)
    .execute()
  return rows.map((row) => row.id)
}

const byName = async ({ db, organizationId, limit }: Scope, table: 'clients' | 'items', text: string) => {
  const typed = sortNameOf(text.trim())
  const rows = await db
    .selectFrom(table)
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where('sortName', '>=', typed)
    .where('sortName', '<', `${typed}${lastCharacter}`)
    .orderBy('sortName')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

const byCode = async ({ db, organizationId }: Scope, text: string): Promise<string[]> => {
  const typed = text.trim()
  const rows = await rawRows(
    db,
    sql<{ id: string }>`
    SELECT id FROM clients WHERE organization_id = ${organizationId} AND code = ${typed.toUpperCase()} AND deleted_at IS NULL
    UNION ALL SELECT id FROM items WHERE organization_id = ${organizationId} AND code = ${typed} AND deleted_at IS NULL`,
  )
  return rows.map((row) => row.id)
}

/** What begins with the text as typed: numbers, codes and names by their own indexes, quick for a single letter. */
const beginningWith = async (scope: Scope, text: string): Promise<Hit[]> => {
  const numbers = await byNumber(scope, text)
  const clients = await byName(scope, 'clients', text)
  const items = await byName(scope, 'items', text)
  // A number typed in full is meant as such; its beginning is less likely than a name.
  const order =
    text.trim().length < 3
      ? [...clients, ...items, ...numbers]
      : [...numbers.slice(0, 1), ...clients, ...items, ...numbers.slice(1)]
  return await entriesOf(scope, [...new Set([...(await byCode(scope, text)), ...order])].slice(0, scope.limit))
}

/** The matches of the text as typed: exact numbers and beginnings first, then names, then anything that has its words. */
export const exactHits = async (scope: Scope, text: string, words: readonly string[]): Promise<Hit[]> => {
  const found = new Map<string, Hit>()
  const keep = (hits: readonly Hit[]) => {
    for (const hit of hits) if (!found.has(hit.id)) found.set(hit.id, hit)
  }
  keep(await beginningWith(scope, text))
  const last = words.at(-1) ?? ''
  const lone = [...last].length === 1 && !/\d/.test(last)
  const searched = lone ? words.slice(0, -1) : words
  if (searched.length > 0 && found.size < scope.limit) {
    const match = matchOf(searched)
    const letter = lone ? foldedWord(last) : ''
    const fits = (hit: Hit) =>
      letter === '' ||
      foldedWord(hit.title)
        .split(/[^\p{L}\p{N}]+/u)
        .some((it) => it.startsWith(letter))
    keep((await matchingNames(scope, match)).filter(fits))
    if (found.size < scope.limit) keep((await matchingEntries(scope, match)).filter(fits))
  }
  return [...found.values()].slice(0, scope.limit)
}

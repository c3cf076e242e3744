import { sql } from 'kysely'
import { rawRows } from '../raw-rows.ts'
import { sortNameOf } from '../sort-name.ts'
import { entriesOf, type Hit, matchingEntries, matchingNames, type Scope } from './entries.ts'
import { foldedWord, wordsOf } from './words.ts'

const lastCharacter = '\u{10ffff}'

/** A quoted word, so that nothing that a person types is syntax. */
export const quoted = (word: string): string => `"${word}"`

// People type the end of a number without its zeros.
const paddings = [4, 5, 6]
const spellings = (word: string): string[] =>
  /^\d{1,6}$/.test(word) ? [word, ...paddings.map((width) => word.padStart(width, '0'))] : [word]

const groupOf = (word: string, open: boolean): string => {
  const [first = word, ...others] = [...new Set(spellings(word))]
  return `(${[open ? `${quoted(first)}*` : quoted(first), ...others.map(quoted)].join(' OR ')})`
}

/** The words as full-text queries, to be tried in this order: all words as they are, then with the last one open-ended. */
const matchesOf = (words: readonly string[], wholeWords: boolean): string[] => {
  const match = (open: boolean) =>
    words.map((word, index) => groupOf(word, open && index === words.length - 1)).join(' AND ')
  const letters = [...(words.at(-1) ?? '')].length
  // The prefix index begins at two letters: a lone letter would read every word that begins with it.
  if (letters < 2 || wholeWords) return [match(false)]
  // It ends at three: the beginning of a longer word reads all that it may become, so the whole word goes first.
  return letters > 3 ? [match(false), match(true)] : [match(true)]
}

const numberedTables = ['invoices', 'creditNotes', 'quotes'] as const

/** The document whose whole number was typed: nothing else can be meant, and its words would match every other one. */
export const documentNumbered = async (scope: Scope, text: string): Promise<Hit[]> => {
  const ids: string[] = []
  for (const table of numberedTables) {
    const row = await scope.db
      .selectFrom(table)
      .select('id')
      .where('organizationId', '=', scope.organizationId)
      .where('deletedAt', 'is', null)
      .where('number', '=', text.trim().toUpperCase())
      .limit(1)
      .executeTakeFirst()
    if (row !== undefined) ids.push(row.id)
  }
  return await entriesOf(scope, ids)
}

const byNumber = async ({ db, organizationId, limit }: Scope, text: string): Promise<string[]> => {
  const typed = text.trim().toUpperCase()
  const ids: string[] = []
  for (const table of numberedTables) {
    const rows = await db
      .selectFrom(table)
      .select('id')
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .where('number', '>=', typed)
      .where('number', '<', `${typed}${lastCharacter}`)
      .orderBy('number')
      .limit(typed.length < 3 ? Math.min(3, limit) : limit)
      .execute()
    ids.push(...rows.map((row) => row.id))
  }
  return ids
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

// Enough names that begin with the text: others that have its words somewhere can wait.
const enoughNames = 5

/** The matches of the text as typed: exact numbers and beginnings first, then names, then anything that has its words. */
export const exactHits = async (scope: Scope, text: string, words: readonly string[]): Promise<Hit[]> => {
  const found = new Map<string, Hit>()
  const isFull = () => found.size >= scope.limit
  const keep = (hits: readonly Hit[]) => {
    for (const hit of hits) if (!found.has(hit.id)) found.set(hit.id, hit)
  }
  keep(await beginningWith(scope, text))
  const last = words.at(-1) ?? ''
  const lone = [...last].length === 1 && !/\d/.test(last)
  const letter = lone ? foldedWord(last) : ''
  const fits = (hit: Hit) => !lone || wordsOf(foldedWord(hit.title)).some((word) => word.startsWith(letter))
  const matches = lone && words.length === 1 ? [] : matchesOf(lone ? words.slice(0, -1) : words, lone)
  if ([...found.values()].filter((hit) => hit.kind === 'client' || hit.kind === 'item').length < enoughNames) {
    for (const match of matches) if (!isFull()) keep((await matchingNames(scope, match)).filter(fits))
  }
  for (const match of matches) if (!isFull()) keep((await matchingEntries(scope, match)).filter(fits))
  return [...found.values()].slice(0, scope.limit)
}

import { sql } from 'kysely'
import { rawRows } from '../raw-rows.ts'
import { type Hit, matchingEntries, matchingNames, type Scope } from './entries.ts'
import { quoted } from './exact.ts'
import { editDistance, foldedWord, wordsOf } from './words.ts'

/** Titles that each three letters may bring in as candidates. */
const mostPerTrigram = 1500
/** Candidates whose words are compared. */
const mostCompared = 300
/** Spellings that a word may stand for. */
const mostSpellings = 4

const trigramsOf = (word: string): string[] => {
  const letters = [...word]
  return [...new Set(letters.slice(2).map((_, index) => letters.slice(index, index + 3).join('')))]
}

/** Mistakes forgiven in a word: none in the shortest, one up to five letters, two beyond. */
const allowance = (word: string): number => {
  // Digits are not misspelt: the number beside it is another invoice.
  if (/\d/.test(word)) return 0
  const { length } = [...word]
  if (length < 4) return 0
  return length < 6 ? 1 : 2
}

const rarest = async ({ db }: Scope, trigrams: readonly string[]): Promise<string[]> => {
  const counted: { trigram: string; count: number }[] = []
  for (const trigram of trigrams) {
    const rows = await rawRows(
      db,
      sql<{ count: number }>`SELECT count(*) AS count FROM
      (SELECT 1 FROM search_trigrams WHERE search_trigrams MATCH ${quoted(trigram)} LIMIT ${mostPerTrigram})`,
    )
    const count = rows[0]?.count ?? 0
    if (count > 0) counted.push({ trigram, count })
  }
  return counted
    .sort((one, other) => one.count - other.count)
    .slice(0, 6)
    .map((it) => it.trigram)
}

const titlesSharing = async (scope: Scope, trigrams: readonly string[]): Promise<string[]> => {
  if (trigrams.length === 0) return []
  const parts = trigrams.map(
    (trigram) =>
      sql`SELECT rowid FROM (SELECT rowid FROM search_trigrams WHERE search_trigrams MATCH ${quoted(trigram)} LIMIT ${mostPerTrigram})`,
  )
  const rows = await rawRows(
    scope.db,
    sql<{ title: string }>`
    SELECT DISTINCT e.title FROM (SELECT rowid, count(*) AS shared FROM (${sql.join(parts, sql` UNION ALL `)})
      GROUP BY rowid ORDER BY shared DESC LIMIT ${mostCompared}) t
    CROSS JOIN search_entries e ON e.id = t.rowid WHERE e.organization_id = ${scope.organizationId}`,
  )
  return rows.map((row) => row.title)
}

// Two letters swapped, or one too many, in a short word can leave no three of them together: each is looked up.
const repairsOf = (word: string): string[] => {
  const letters = [...word]
  const swapped = letters
    .slice(1)
    .map((letter, index) => letters.with(index, letter).with(index + 1, letters[index] ?? ''))
  const shortened = letters.map((_, index) => letters.filter((_letter, at) => at !== index))
  return [...new Set([...swapped, ...shortened].map((list) => list.join('')))]
}

const existing = async ({ db, organizationId }: Scope, candidates: readonly string[]): Promise<string[]> => {
  const found: string[] = []
  for (const candidate of candidates) {
    const rows = await rawRows(
      db,
      sql<{ id: number }>`SELECT e.id FROM search_words w CROSS JOIN search_entries e ON e.id = w.rowid
        WHERE search_words MATCH ${`{title} : ${quoted(candidate)}`} AND e.organization_id = ${organizationId} LIMIT 1`,
    )
    if (rows.length > 0) found.push(candidate)
  }
  return found
}

const titlesBeginningLike = async ({ db, organizationId }: Scope, word: string): Promise<string[]> => {
  const start = [...word].slice(0, 2).join('')
  const rows = await rawRows(
    db,
    sql<{ title: string }>`SELECT DISTINCT e.title FROM (SELECT rowid FROM search_words
        WHERE search_words MATCH ${`{title} : ${quoted(start)}*`} LIMIT ${mostPerTrigram}) w
      CROSS JOIN search_entries e ON e.id = w.rowid WHERE e.organization_id = ${organizationId}`,
  )
  return rows.map((row) => row.title)
}

const nearestIn = (titles: readonly string[], typed: string, limit: number): string[] => {
  const distances = new Map<string, number>()
  for (const title of titles) {
    for (const near of wordsOf(foldedWord(title))) {
      if (!distances.has(near)) distances.set(near, editDistance(typed, near, limit))
    }
  }
  return [...distances]
    .filter(([, distance]) => distance <= limit)
    .sort(([, one], [, other]) => one - other)
    .slice(0, mostSpellings)
    .map(([near]) => near)
}

/** Words of titles close to a mistyped one, the closest first: by shared letters, then by repairs, then by its beginning. */
const spellingsNear = async (scope: Scope, word: string): Promise<string[]> => {
  const typed = foldedWord(word)
  const limit = allowance(typed)
  if (limit === 0) return []
  const sharing = nearestIn(await titlesSharing(scope, await rarest(scope, trigramsOf(typed))), typed, limit)
  if (sharing.length > 0) return sharing
  const repaired = await existing(scope, repairsOf(typed))
  if (repaired.length > 0) return repaired.slice(0, mostSpellings)
  return nearestIn(await titlesBeginningLike(scope, typed), typed, limit)
}

/** Matches of words that differ from the typed ones by a letter or two; empty when no word is close. */
export const approximateHits = async (scope: Scope, words: readonly string[]): Promise<Hit[]> => {
  const groups: string[] = []
  let corrected = false
  for (const [index, word] of words.entries()) {
    const near = await spellingsNear(scope, word)
    const isLast = index === words.length - 1
    corrected ||= near.some((it) => it !== foldedWord(word))
    const typed = isLast && [...word].length > 1 ? `${quoted(word)}*` : quoted(word)
    groups.push(`(${[typed, ...near.map(quoted)].join(' OR ')})`)
  }
  if (!corrected) return []
  const match = groups.join(' AND ')
  const names = await matchingNames(scope, match, true)
  if (names.length >= scope.limit) return names
  const known = new Set(names.map((hit) => hit.id))
  return [...names, ...(await matchingEntries(scope, match, true)).filter((hit) => !known.has(hit.id))]
}

import { sql } from 'kysely'
import { rawRows } from '../raw-rows.ts'
import { type Hit, matchingEntries, matchingNames, type Scope } from './entries.ts'
import { quoted } from './exact.ts'
import { editDistance, foldedWord } from './words.ts'

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

/** Words of the index close to a mistyped one, the closest first. */
const spellingsNear = async (scope: Scope, word: string): Promise<string[]> => {
  const typed = foldedWord(word)
  const limit = allowance(typed)
  if (limit === 0) return []
  const titles = await titlesSharing(scope, await rarest(scope, trigramsOf(typed)))
  const distances = new Map<string, number>()
  for (const title of titles) {
    for (const near of foldedWord(title).match(/[\p{L}\p{N}]+/gu) ?? []) {
      if (distances.has(near)) continue
      distances.set(near, editDistance(typed, near, limit))
    }
  }
  return [...distances]
    .filter(([, distance]) => distance <= limit)
    .sort(([, one], [, other]) => one - other)
    .slice(0, mostSpellings)
    .map(([near]) => near)
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
  return [...names, ...(await matchingEntries(scope, match, true))]
}

import { hiddenKinds } from '../people/shown.ts'
import type { Handlers } from '../rpc/context.ts'
import { approximateHits } from './search/approximate.ts'
import { documentNumbered, exactHits } from './search/exact.ts'
import { hitsWithSubtitles } from './search/subtitles.ts'
import { wordsOf } from './search/words.ts'

/** Below this many matches as typed, spellings close to it are tried too. */
const enough = 5

/** Finds clients, items and documents as one types; typos are tolerated. */
export const search: Handlers<'search'> = {
  find: async (context, { text, limit }) => {
    const { db, organizationId, signal } = context
    const words = wordsOf(text)
    if (words.length === 0) return []
    const scope = { db, organizationId, limit, hidden: hiddenKinds(context) }
    const numbered = await documentNumbered(scope, text)
    if (numbered.length > 0) return await hitsWithSubtitles(scope, numbered)
    const hits = await exactHits(scope, text, words)
    if (hits.length < Math.min(enough, limit) && signal?.aborted !== true) {
      const known = new Set(hits.map((hit) => hit.id))
      const close = await approximateHits(scope, words)
      hits.push(...close.filter((hit) => !known.has(hit.id)))
    }
    return await hitsWithSubtitles(scope, hits.slice(0, limit))
  },
}

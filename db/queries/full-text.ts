/**
 * What a person typed as an FTS5 query: every word quoted, so that nothing of it is syntax, the last one open-ended.
 * null when there is no word in it.
 */
export const toMatch = (text: string): string | null => {
  const words = text
    .normalize('NFC')
    .match(/[\p{L}\p{N}\p{M}]+/gu)
    ?.slice(0, 8)
  if (words === undefined) return null
  return words.map((word, index) => (index === words.length - 1 ? `"${word}"*` : `"${word}"`)).join(' ')
}

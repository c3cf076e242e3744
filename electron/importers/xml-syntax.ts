/** Characters that XML 1.0 (section 2.2) excludes: controls, the two non-characters, halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what it is for
export const nonXmlCharacter = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u

const name = /^[\p{L}_][\p{L}\p{M}\p{N}._\u00B7-]*(?::[\p{L}_][\p{L}\p{M}\p{N}._\u00B7-]*)?$/u
const predefined: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

/** Whether a text is an element or attribute name with at most one prefix (Namespaces in XML 1.0). */
export function isXmlName(text: string): boolean {
  return name.test(text)
}

export type Resolved = { readonly text: string } | { readonly fault: string; readonly at: number }

/** Replaces the five predefined entities and character references; any other `&` is a fault, said in words. */
export function resolveReferences(raw: string): Resolved {
  if (!raw.includes('&')) return { text: raw }
  const faults: { readonly fault: string; readonly at: number }[] = []
  const text = raw.replace(/&(?:([^\s&;<]{1,40});)?/g, (whole, reference: string | undefined, at: number) => {
    const character = reference === undefined ? null : (predefined.get(reference) ?? characterOf(reference))
    if (character === null && faults.length === 0) faults.push({ fault: faultText(whole, reference), at })
    return character ?? ''
  })
  return faults[0] ?? { text }
}

function faultText(whole: string, reference: string | undefined): string {
  return reference === undefined
    ? 'a bare "&" stands in the text; it must be written &amp;'
    : `the entity ${whole} is not accepted: only &lt; &gt; &amp; &quot; &apos; and character numbers are`
}

function characterOf(reference: string): string | null {
  const match = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(reference)
  if (match === null) return null
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16)
  if (code > 0x10ffff) return null
  const character = String.fromCodePoint(code)
  return nonXmlCharacter.test(character) ? null : character
}

/** A JSON value; integers past 2^53 do not fit, they are text. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

/** The one text of a JSON value (RFC 8785): keys sorted by UTF-16 code units, no blanks, numbers as ECMAScript writes them. */
export const canonicalJson = (value: Json): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  let text = ''
  for (const key of Object.keys(value).sort()) {
    const held = value[key]
    if (held !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(held)}`
  }
  return `{${text}}`
}

/** An element to be written; elements without content are left out by `group` and `value`. */
export type Element = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly content: string | readonly Element[]
}

/** Content as writers give it: what is null is left out, lists stand one after the other. */
export type Content = Element | null | readonly Content[]

const isList = (content: Content): content is readonly Content[] => Array.isArray(content)

const flat = (content: Content): readonly Element[] => {
  if (content === null) return []
  return isList(content) ? content.flatMap(flat) : [content]
}

/** An element with others in it; null where none of them has anything to say. */
export const group = (name: string, ...content: readonly Content[]): Element | null => {
  const children = content.flatMap(flat)
  return children.length === 0 ? null : { name, attributes: {}, content: children }
}

/** An element with others in it that stands there also when it is empty. */
export const section = (name: string, ...content: readonly Content[]): Element => ({
  name,
  attributes: {},
  content: content.flatMap(flat),
})

/** An element with a text; null where there is none. Attributes that are null are left out. */
export const value = (
  name: string,
  text: string | null,
  attributes: Readonly<Record<string, string | null>> = {},
): Element | null => {
  if (text === null || text === '') return null
  const given = Object.entries(attributes).filter((it): it is [string, string] => it[1] !== null && it[1] !== '')
  return { name, attributes: Object.fromEntries(given), content: text }
}

// XML 1.0 has no way to write other control characters, nor halves of a surrogate pair.
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }
const attributeEscapes: Readonly<Record<string, string>> = { ...escapes, '"': '&quot;', '\n': '&#10;', '\t': '&#9;' }

const textOf = (text: string): string =>
  text.replace(unwritable, '').replace(/[&<>\r]/g, (found) => escapes[found] ?? found)
const attributeOf = (text: string): string =>
  text.replace(unwritable, '').replace(/[&<>"\r\n\t]/g, (found) => attributeEscapes[found] ?? found)

const write = ({ name, attributes, content }: Element, indent: string, into: string[]): void => {
  const given = Object.entries(attributes).map(([key, text]) => ` ${key}="${attributeOf(text)}"`)
  const open = `${indent}<${name}${given.join('')}`
  if (typeof content === 'string') into.push(`${open}>${textOf(content)}</${name}>`)
  else if (content.length === 0) into.push(`${open}/>`)
  else {
    into.push(`${open}>`)
    for (const child of content) write(child, `${indent}  `, into)
    into.push(`${indent}</${name}>`)
  }
}

/** A whole document in UTF-8; the namespaces are written on its root by their prefixes ('' for the default one). */
export const xmlText = (root: Element, namespaces: Readonly<Record<string, string>>): string => {
  const declared = Object.entries(namespaces).map(([prefix, uri]) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri])
  const into = ['<?xml version="1.0" encoding="UTF-8"?>']
  write({ ...root, attributes: { ...Object.fromEntries(declared), ...root.attributes } }, '', into)
  return `${into.join('\n')}\n`
}

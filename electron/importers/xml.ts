import { decodeXmlBytes } from './xml-encoding.ts'
import { isXmlName, nonXmlCharacter, resolveReferences } from './xml-syntax.ts'

/**
 * A strict reader for XML that comes from outside: well-formedness as XML 1.0 and Namespaces demand, but no DTD and no
 * entities beyond the predefined ones, and hard limits on size, depth and count, checked while reading and not after.
 * Written here because every fault must name its element and line, and general parsers either repair silently
 * (crossed tags, second roots, unknown entities) or report a bare offset.
 */
export type XmlElement = {
  /** Namespace URI, '' for none. Prefixes are the sender's choice and mean nothing. */
  readonly namespace: string
  readonly name: string
  /** The name as written, prefix included: what a search in the file finds. */
  readonly tag: string
  readonly line: number
  readonly parent: XmlElement | null
  /** By local name; an attribute in a namespace is under `{uri}name`. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** Its own character data, not that of its children. */
  readonly text: string
}

export type XmlLimits = { readonly bytes: number; readonly depth: number; readonly elements: number }

export const xmlLimits: XmlLimits = { bytes: 10 * 1024 * 1024, depth: 64, elements: 250_000 }

/** A fault in an XML file: which element (path with the file's own tags), which line, what is wrong. */
export class XmlError extends Error {
  readonly path: string
  readonly line: number
  readonly detail: string

  constructor(path: string, line: number, detail: string) {
    super(`line ${line}, ${path}: ${detail}`)
    this.name = 'XmlError'
    this.path = path
    this.line = line
    this.detail = detail
  }
}

/** The path of an element from the root: `/Invoice/cac:InvoiceLine[2]/cbc:ID`; a number only where tags repeat. */
export function pathOf(element: XmlElement): string {
  const { parent } = element
  if (parent === null) return `/${element.tag}`
  const same = parent.children.filter((sibling) => sibling.tag === element.tag)
  const position = same.length > 1 ? `[${same.indexOf(element) + 1}]` : ''
  return `${pathOf(parent)}/${element.tag}${position}`
}

/** Reads a whole document and gives its root element; throws XmlError for anything but well-formed XML within the limits. */
export function readXml(source: string | Uint8Array, limits: XmlLimits = xmlLimits): XmlElement {
  const size = typeof source === 'string' ? source.length : source.byteLength
  if (size > limits.bytes) {
    const megabytes = Math.round((limits.bytes / (1024 * 1024)) * 100) / 100
    throw new XmlError('/', 1, `the file is too large: ${size} bytes, the limit is ${megabytes} MB`)
  }
  if (typeof source === 'string') return new Reader(source, limits).read()
  const decoded = decodeXmlBytes(source)
  if ('text' in decoded) return new Reader(decoded.text, limits).read()
  throw new XmlError(openPath(decoded.before, limits), decoded.line, decoded.fault)
}

/** The element that is open where a text was cut off: it names the place of a fault that comes before parsing. */
function openPath(before: string, limits: XmlLimits): string {
  try {
    return pathOf(new Reader(before, limits).read())
  } catch (error) {
    return error instanceof XmlError ? error.path : '/'
  }
}

type Scope = { readonly outer: Scope | null; readonly prefixes: Map<string, string> }

// The same shape as XmlElement, still growing while its end tag has not been met.
type OpenElement = Omit<XmlElement, 'children' | 'text' | 'parent'> & {
  readonly parent: OpenElement | null
  readonly children: OpenElement[]
  readonly scope: Scope
  text: string
}

type RawTag = { tag: string; attributes: Map<string, string>; selfClosing: boolean }

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const tagStart = /<([^\s<>/="'&]+)/y
const attribute = /\s+([^\s<>/="'&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const tagEnd = /\s*(\/?)>/y
const endTag = /<\/([^\s<>/="'&]+)\s*>/y

class Reader {
  private readonly text: string
  private readonly limits: XmlLimits
  private readonly badCharacterAt: number
  private position = 0
  private nextFeed: number
  private line = 1
  private elements = 0
  private depth = 0
  private open: OpenElement | null = null
  private root: OpenElement | null = null

  constructor(text: string, limits: XmlLimits) {
    // XML 1.0 section 2.11: every line end reaches the application as a line feed.
    this.text = text.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '')
    this.limits = limits
    this.nextFeed = this.feedAfter(0)
    const bad = this.text.search(nonXmlCharacter)
    this.badCharacterAt = bad === -1 ? Number.POSITIVE_INFINITY : bad
  }

  read(): XmlElement {
    if (this.text.trim() === '') throw new XmlError('/', 1, 'the file is empty')
    while (this.position < this.text.length) this.readToken()
    if (this.open !== null) {
      this.fail(`the file ends before <${this.open.tag}> (opened in line ${this.open.line}) is closed: it is cut short`)
    }
    if (this.root === null) this.fail('this is not XML: no element was found')
    return this.root
  }

  private readToken(): void {
    const { text, position } = this
    if (text[position] !== '<') {
      const next = text.indexOf('<', position)
      this.readText(next === -1 ? text.length : next)
    } else if (text.startsWith('<!--', position)) this.skipPast('<!--', '-->', 'comment')
    else if (text.startsWith('<![CDATA[', position)) this.readCdata()
    else if (text.startsWith('<?', position)) this.readInstruction()
    else if (text.startsWith('<!', position)) {
      this.fail(
        'a DOCTYPE or other declaration (<!...>) is not accepted: invoices have none, and it could hide entities',
      )
    } else if (text.startsWith('</', position)) this.readEndTag()
    else this.readStartTag()
  }

  private readText(end: number): void {
    const start = this.position
    const raw = this.take(end)
    if (this.open === null) {
      const outside = raw.search(/\S/)
      if (outside === -1) return
      this.fail(`text outside of the root element: "${raw.trim().slice(0, 40)}"`, start + outside)
    }
    const closing = raw.indexOf(']]>')
    if (closing !== -1) this.fail('"]]>" must not stand in text', start + closing)
    this.open.text += this.resolve(raw, start)
  }

  private readCdata(): void {
    if (this.open === null) this.fail('a CDATA section outside of the root element')
    const start = this.position + '<![CDATA['.length
    const end = this.text.indexOf(']]>', start)
    if (end === -1) this.fail('a CDATA section is not closed: the file is cut short')
    this.take(end + 3)
    this.open.text += this.text.slice(start, end)
  }

  private readInstruction(): void {
    const isDeclaration = /^<\?xml\s/.test(this.text.slice(this.position, this.position + 6))
    if (isDeclaration && this.position > 0) this.fail('the XML declaration must be the first thing in the file')
    this.skipPast('<?', '?>', 'processing instruction')
  }

  private skipPast(opening: string, ending: string, what: string): void {
    const end = this.text.indexOf(ending, this.position + opening.length)
    if (end === -1) this.fail(`a ${what} is not closed: the file is cut short`)
    this.take(end + ending.length)
  }

  private readEndTag(): void {
    const match = this.match(endTag)
    if (match === null) this.fail('an end tag is broken or cut short')
    const { open } = this
    if (open === null) this.fail(`</${match[1]}> closes nothing`)
    if (open.tag !== match[1]) {
      this.fail(`</${match[1]}> closes <${open.tag}>, which was opened in line ${open.line}`)
    }
    this.take(endTag.lastIndex)
    this.open = open.parent
    this.depth -= 1
  }

  private readStartTag(): void {
    if (this.root !== null && this.open === null) this.fail('a second root element: a file holds one document')
    const line = this.lineAt(this.position)
    const raw = this.readRawTag()
    this.elements += 1
    if (this.elements > this.limits.elements) this.fail(`more than ${this.limits.elements} elements`)
    if (this.depth >= this.limits.depth) this.fail(`elements are nested deeper than ${this.limits.depth} levels`)
    const element = this.resolveNames(raw, line)
    if (this.open === null) this.root = element
    else this.open.children.push(element)
    if (raw.selfClosing) return
    this.open = element
    this.depth += 1
  }

  private readRawTag(): RawTag {
    const start = this.match(tagStart)
    const tag = start?.[1]
    if (tag === undefined || !isXmlName(tag)) this.fail('"<" is followed by neither an element name nor a closing tag')
    const attributes = new Map<string, string>()
    let at = tagStart.lastIndex
    for (;;) {
      attribute.lastIndex = at
      const found = attribute.exec(this.text)
      if (found === null) break
      at = attribute.lastIndex
      const [, name = '', double, single = ''] = found
      if (!isXmlName(name)) this.fail(`<${tag}>: "${name}" is not an attribute name`)
      if (attributes.has(name)) this.fail(`<${tag}> has the attribute ${name} twice`)
      const value = (double ?? single).replace(/[\t\n]/g, ' ')
      attributes.set(name, this.resolve(value, at - 1 - value.length))
    }
    tagEnd.lastIndex = at
    const end = tagEnd.exec(this.text)
    if (end === null) {
      this.fail(`the tag <${tag}> is broken or cut short near "${this.text.slice(at, at + 20).trim()}"`)
    }
    this.take(tagEnd.lastIndex)
    return { tag, attributes, selfClosing: end[1] === '/' }
  }

  private resolveNames(raw: RawTag, line: number): OpenElement {
    const scope = this.scopeOf(raw.attributes)
    const [prefix, name] = splitName(raw.tag)
    const attributes = new Map<string, string>()
    for (const [qualified, value] of raw.attributes) {
      if (qualified === 'xmlns' || qualified.startsWith('xmlns:')) continue
      const [attributePrefix, local] = splitName(qualified)
      const key = attributePrefix === '' ? local : `{${this.namespaceOf(attributePrefix, scope, qualified)}}${local}`
      if (attributes.has(key)) this.fail(`<${raw.tag}> has the attribute ${qualified} twice`)
      attributes.set(key, value)
    }
    const namespace = this.namespaceOf(prefix, scope, raw.tag)
    return { namespace, name, tag: raw.tag, line, parent: this.open, attributes, children: [], scope, text: '' }
  }

  private scopeOf(attributes: ReadonlyMap<string, string>): Scope {
    const outer = this.open?.scope ?? null
    const declared = [...attributes].filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
    if (declared.length === 0 && outer !== null) return outer
    return { outer, prefixes: new Map(declared.map(([name, uri]) => [name.slice('xmlns:'.length), uri])) }
  }

  private namespaceOf(prefix: string, scope: Scope, name: string): string {
    if (prefix === 'xml') return xmlNamespace
    // Outer scopes are asked one by one: copying them into each element would let a crafted file cost quadratic time.
    for (let at: Scope | null = scope; at !== null; at = at.outer) {
      const uri = at.prefixes.get(prefix)
      if (uri !== undefined && (uri !== '' || prefix === '')) return uri
    }
    if (prefix !== '') this.fail(`the prefix of "${name}" is not declared (no xmlns:${prefix})`)
    return ''
  }

  private resolve(raw: string, start: number): string {
    const resolved = resolveReferences(raw)
    if ('text' in resolved) return resolved.text
    return this.fail(resolved.fault, start + resolved.at)
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position
    return pattern.exec(this.text)
  }

  private take(end: number): string {
    if (end > this.badCharacterAt) {
      const code = (this.text.codePointAt(this.badCharacterAt) ?? 0).toString(16).toUpperCase().padStart(4, '0')
      this.position = this.badCharacterAt
      this.fail(`the character U+${code} is not allowed in XML`)
    }
    const taken = this.text.slice(this.position, end)
    this.position = end
    return taken
  }

  private lineAt(position: number): number {
    while (this.nextFeed < position) {
      this.line += 1
      this.nextFeed = this.feedAfter(this.nextFeed + 1)
    }
    return this.line
  }

  private feedAfter(position: number): number {
    const found = this.text.indexOf('\n', position)
    return found === -1 ? Number.POSITIVE_INFINITY : found
  }

  private fail(detail: string, at = this.position): never {
    throw new XmlError(this.open === null ? '/' : pathOf(this.open), this.lineAt(at), detail)
  }
}

function splitName(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':')
  return colon === -1 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)]
}

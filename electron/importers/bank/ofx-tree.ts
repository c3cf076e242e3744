import { BankFileError } from './statement.ts'

/** An element of an OFX file, SGML or XML: a leaf has text, an aggregate has children. */
export type OfxElement = {
  readonly tag: string
  readonly line: number
  readonly children: OfxElement[]
  text: string
}

const limits = { depth: 40, elements: 500_000 }

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

// The predefined ones and numbers; a file cannot define its own.
const withoutEscapes = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]+));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' '
    },
  )

const token = /<(\/?)([A-Za-z0-9_.]+)(?:\s[^<>]*)?(\/?)>([^<]*)/y

class TreeReader {
  private readonly text: string
  private readonly root: OfxElement
  private readonly open: OfxElement[]
  private line = 1
  private countedTo = 0
  private elements = 0

  constructor(text: string) {
    this.text = text
    this.root = { tag: '', line: 1, children: [], text: '' }
    this.open = [this.root]
  }

  read(): OfxElement {
    let position = this.text.search(/<OFX>/i)
    if (position === -1) throw new BankFileError(1, 'No <OFX> was found: this is no OFX file, or it is cut short.')
    while (position < this.text.length) {
      token.lastIndex = position
      const found = token.exec(this.text)
      if (found === null) {
        throw new BankFileError(
          this.lineAt(position),
          `A tag is broken near "${this.text.slice(position, position + 30)}".`,
        )
      }
      position = token.lastIndex
      const [, close = '', tag = '', selfClosing = '', content = ''] = found
      if (close === '/') this.end(tag.toUpperCase())
      else this.start(tag.toUpperCase(), this.lineAt(found.index), selfClosing === '/', content)
      if (close === '/' && tag.toUpperCase() === 'OFX') return this.root
    }
    throw new BankFileError(this.lineAt(this.text.length), 'The file ends before </OFX>: it is cut short.')
  }

  private start(tag: string, line: number, isEmpty: boolean, content: string): void {
    this.elements += 1
    if (this.elements > limits.elements) throw new BankFileError(line, `More than ${limits.elements} elements.`)
    const text = withoutEscapes(content).trim()
    const element: OfxElement = { tag, line, children: [], text }
    this.open.at(-1)?.children.push(element)
    // In SGML the end tag of a leaf may be left out: whatever has text is a leaf.
    if (isEmpty || text !== '') return
    if (this.open.length > limits.depth) throw new BankFileError(line, `Nested deeper than ${limits.depth} levels.`)
    this.open.push(element)
  }

  private end(tag: string): void {
    const at = this.open.findLastIndex((element) => element.tag === tag)
    // The end of a leaf, which is closed already.
    if (at < 1) return
    const closed = this.open.splice(at)
    // An empty leaf without an end tag took what stood behind it for its children.
    for (let index = closed.length - 1; index > 0; index -= 1) {
      closed[index - 1]?.children.push(...(closed[index]?.children.splice(0) ?? []))
    }
  }

  private lineAt(position: number): number {
    for (; this.countedTo < position; this.countedTo += 1) if (this.text[this.countedTo] === '\n') this.line += 1
    return this.line
  }
}

/** Reads an OFX file of either generation into a tree; no DTD, no entities of its own, limits on size and depth. */
export const readOfxTree = (text: string): OfxElement => {
  const declared = /<!(DOCTYPE|ENTITY|ELEMENT)/i.exec(text)
  if (declared !== null)
    throw new BankFileError(1, 'A DOCTYPE or other declaration (<!…>) is not accepted in a bank file.')
  return new TreeReader(text).read()
}

/** Every element of a tag below an element, in the order of the file. */
export const everywhere = (element: OfxElement, tag: string): readonly OfxElement[] =>
  element.children.flatMap((child) => (child.tag === tag ? [child] : everywhere(child, tag)))

/** The text of the first element on a path below an element; null if it is missing or empty. */
export const ofxText = (element: OfxElement | undefined, ...path: readonly string[]): string | null => {
  let here = element
  for (const tag of path) here = here?.children.find((child) => child.tag === tag)
  return here?.text || null
}

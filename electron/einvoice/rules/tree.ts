import type { XmlElement } from '../../importers/xml.ts'

const cbc = 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'

/** The prefixes that paths in this folder are written with; a file may use any others for the same namespaces. */
const prefixes: ReadonlyMap<string, string> = new Map([
  [cbc, 'cbc'],
  ['urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2', 'cac'],
  ['urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2', 'ext'],
  ['urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100', 'rsm'],
  ['urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100', 'ram'],
  ['urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100', 'udt'],
  ['urn:un:unece:uncefact:data:standard:QualifiedDataType:100', 'qdt'],
])

/** The name of an element as the paths here write it; without a prefix for namespaces that no rule knows. */
export const nameOf = ({ namespace, name }: XmlElement): string => {
  const prefix = prefixes.get(namespace)
  return prefix === undefined ? name : `${prefix}:${name}`
}

const namespaces: ReadonlyMap<string, string> = new Map([...prefixes].map(([uri, prefix]) => [prefix, uri]))

type Name = { readonly namespace: string; readonly local: string }

// From here on a list of children is worth an index; below, looking through it is quicker than building one.
const indexFrom = 12

/** A document with what the rules ask of it often: children by name, all elements of a name, and paths. */
export class Tree {
  readonly root: XmlElement
  readonly elements: readonly XmlElement[]
  private readonly byName = new Map<string, XmlElement[]>()
  private readonly children = new Map<XmlElement, Map<string, XmlElement[]>>()
  private readonly known = new Map<string, Name>()
  private readonly positions = new Map<XmlElement, number>()

  constructor(root: XmlElement) {
    this.root = root
    const elements: XmlElement[] = []
    const open = [root]
    for (let element = open.pop(); element !== undefined; element = open.pop()) {
      elements.push(element)
      push(this.byName, nameOf(element), element)
      for (let at = element.children.length - 1; at >= 0; at -= 1) {
        const child = element.children[at]
        if (child !== undefined) open.push(child)
      }
    }
    this.elements = elements
  }

  /** All elements of a name (`cbc:ID`), in the order of the document. */
  named(name: string): readonly XmlElement[] {
    return this.byName.get(name) ?? []
  }

  /** The names that occur in the document. */
  names(): Iterable<string> {
    return this.byName.keys()
  }

  /** The children of a name. */
  kids(parent: XmlElement, name: string): readonly XmlElement[] {
    if (parent.children.length < indexFrom) {
      const { namespace, local } = this.nameAs(name)
      return parent.children.filter((child) => child.name === local && child.namespace === namespace)
    }
    let index = this.children.get(parent)
    if (index === undefined) {
      index = new Map()
      for (const child of parent.children) push(index, nameOf(child), child)
      this.children.set(parent, index)
    }
    return index.get(name) ?? []
  }

  // Comparing the parts of a name is much quicker than putting the name of every child together.
  private nameAs(name: string): Name {
    const known = this.known.get(name)
    if (known !== undefined) return known
    const [prefix = '', local = ''] = name.split(':')
    const fresh = { namespace: namespaces.get(prefix) ?? '', local }
    this.known.set(name, fresh)
    return fresh
  }

  /** All elements at a path (`cac:Party/cbc:Name`) below any of the given ones. */
  all(from: XmlElement | readonly XmlElement[], path: string): readonly XmlElement[] {
    let found: readonly XmlElement[] = 'name' in from ? [from] : from
    for (const step of path.split('/')) {
      const [only, second] = found
      if (only === undefined) return []
      found = second === undefined ? this.kids(only, step) : found.flatMap((element) => this.kids(element, step))
    }
    return found
  }

  /** The path from the root as the file's own tags write it, with a number where a tag repeats. */
  pathOf(element: XmlElement): string {
    const { parent } = element
    if (parent === null) return `/${element.tag}`
    return `${this.pathOf(parent)}/${element.tag}${this.positionOf(element, parent)}`
  }

  private positionOf(element: XmlElement, parent: XmlElement): string {
    if (!this.positions.has(element)) {
      const counts = new Map<string, XmlElement[]>()
      for (const child of parent.children) push(counts, child.tag, child)
      for (const same of counts.values()) {
        for (const [at, child] of same.entries()) this.positions.set(child, same.length > 1 ? at + 1 : 0)
      }
    }
    const position = this.positions.get(element) ?? 0
    return position === 0 ? '' : `[${position}]`
  }
}

function push<Key>(map: Map<Key, XmlElement[]>, key: Key, element: XmlElement): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [element])
  else list.push(element)
}

/** Text with its white space brought down to single spaces, as the rules read every value. */
export const textOf = (element: XmlElement | undefined): string =>
  element === undefined ? '' : element.text.trim().replace(/\s+/g, ' ')

/** The value of an attribute, '' where there is none. */
export const attributeOf = (element: XmlElement | undefined, name: string): string =>
  (element?.attributes.get(name) ?? '').trim()

import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { pathOf, readXml, type XmlElement, XmlError } from '../../electron/importers/xml.ts'
import { cpuTime } from '../support/cpu-time.ts'
import { ciiInvoice } from './sample-cii.ts'
import { ublCreditNote, ublInvoice } from './samples.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function faultOf(source: string | Uint8Array, limits?: Parameters<typeof readXml>[1]): XmlError {
  try {
    readXml(source, limits)
  } catch (error) {
    if (error instanceof XmlError) return error
    throw error
  }
  throw new Error('the file was read without an error')
}

describe('readXml', () => {
  it('resolves names by namespace, with defaults, redeclarations and attributes', () => {
    const root = readXml(
      '<a xmlns="urn:one" xmlns:p="urn:two"><p:b p:x="1" x="2"><c xmlns=""/><d xmlns="urn:three" xml:lang="de"/></p:b></a>',
    )
    const b = root.children[0]
    expect([root.namespace, root.name]).toEqual(['urn:one', 'a'])
    expect([b?.namespace, b?.name, b?.tag]).toEqual(['urn:two', 'b', 'p:b'])
    expect([...(b?.attributes ?? [])]).toEqual([
      ['{urn:two}x', '1'],
      ['x', '2'],
    ])
    expect(b?.children.map((child) => child.namespace)).toEqual(['', 'urn:three'])
    expect(b?.children[1]?.attributes.get('{http://www.w3.org/XML/1998/namespace}lang')).toBe('de')
  })

  it('reads text: entities, character numbers, CDATA, comments between, line ends', () => {
    const root = readXml(
      "<a b='\"\n&#9;&apos;'>1 &lt; 2 &amp;amp; &#8364;&#x1F600;<!-- no --><![CDATA[<&>]]>\r\nend\r</a>",
    )
    expect(root.text).toBe('1 < 2 &amp; \u20AC\u{1F600}<&>\nend\n')
    expect(root.attributes.get('b')).toBe('" \t\'')
  })

  it('knows line and path of each element, with a number where tags repeat', () => {
    const root = readXml('<?xml version="1.0"?>\r\n<a>\r\n  <b/>\r\n  <b>\r\n<c\r\n/></b></a>')
    const second = root.children[1]
    const inner = second?.children[0]
    if (second === undefined || inner === undefined) throw new Error('elements are missing')
    expect([pathOf(root), root.line]).toEqual(['/a', 2])
    expect([pathOf(second), second.line]).toEqual(['/a/b[2]', 4])
    expect([pathOf(inner), inner.line]).toEqual(['/a/b[2]/c', 5])
  })

  it('reads UTF-8, UTF-16 and ISO-8859-1 by byte order mark or declaration', () => {
    const text = 'Bjørn \u20AC'
    const xml = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?><a>${text}</a>`
    const wide = Buffer.from(`\uFEFF${xml('UTF-16')}`, 'utf16le')
    const single = Buffer.from(xml('ISO-8859-1').replace('\u20AC', '\u0080'), 'latin1')
    const sources = [
      bytes(xml('utf-8')),
      bytes(`\uFEFF${xml('UTF-8')}`),
      bytes(`<a>${text}</a>`),
      wide,
      Buffer.from(wide).swap16(),
      Buffer.from(xml('UTF-16'), 'utf16le'),
      single,
      `\uFEFF${xml('UTF-8')}`,
    ]
    for (const source of sources) expect(readXml(source).text).toBe(text)
  })

  it.each([
    ['a DOCTYPE', '<!DOCTYPE a>\n<a/>', '/', 1, /DOCTYPE/],
    [
      'an entity bomb',
      '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]>\n<a>&y;</a>',
      '/',
      2,
      /DOCTYPE/,
    ],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', '/', 1, /DOCTYPE/],
    ['a DOCTYPE inside', '<a>\n<!DOCTYPE b>\n</a>', '/a', 2, /DOCTYPE/],
    ['an unknown entity', '<a>\n<b>&nbsp;</b></a>', '/a/b', 2, /&nbsp;/],
    ['an unknown entity in an attribute', '<a><b c="&x;"/></a>', '/a', 1, /&x;/],
    ['an unknown entity in a long attribute', '<a>\n<b c="1\n2\n&x;\n3"/></a>', '/a', 4, /&x;/],
    ['a bare ampersand', '<a><b>Fish & chips</b></a>', '/a/b', 1, /&amp;/],
    ['the number of a forbidden character', '<a>&#0;</a>', '/a', 1, /&#0;/],
    ['the number of no character', '<a>&#x110000;</a>', '/a', 1, /&#x110000;/],
    ['crossed tags', '<a>\n<b>\n</a></b>', '/a/b', 3, /<\/a> closes <b>, which was opened in line 2/],
    ['an end tag too many', '<a/>\n</a>', '/', 2, /closes nothing/],
    ['a second root', '<a/>\n<b/>', '/', 2, /second root/],
    ['text before the root', 'hello <a/>', '/', 1, /outside of the root/],
    ['text behind the root', '<a/>\n\nhello', '/', 3, /outside of the root/],
    ['the file cut in a text', '<a>\n<b>te', '/a/b', 2, /ends before <b>/],
    ['the file cut in a tag', '<a>\n<b x="1', '/a', 2, /cut short/],
    ['the file cut in a comment', '<a>\n<!-- x', '/a', 2, /comment is not closed/],
    ['the file cut in CDATA', '<a><![CDATA[ x', '/a', 1, /CDATA section is not closed/],
    ['the file cut in an end tag', '<a>\n</a', '/a', 2, /end tag is broken/],
    ['nothing', '  \n ', '/', 1, /empty/],
    ['only a declaration', '<?xml version="1.0"?>', '/', 1, /no element/],
    ['a late declaration', ' <?xml version="1.0"?><a/>', '/', 1, /first thing/],
    ['an attribute twice', '<a>\n<b c="1" c="2"/></a>', '/a', 2, /attribute c twice/],
    ['an attribute twice by two prefixes', '<a xmlns:p="u" xmlns:q="u" p:c="1" q:c="2"/>', '/', 1, /twice/],
    ['an attribute without quotes', '<a b=1/>', '/', 1, /broken/],
    ['a less-than in an attribute', '<a b="<"/>', '/', 1, /broken/],
    ['a prefix that is not declared', '<a>\n<x:b/></a>', '/a', 2, /prefix of "x:b"/],
    ['a prefix that is not declared on an attribute', '<a x:b="1"/>', '/', 1, /prefix of "x:b"/],
    ['a name with two colons', '<a:b:c xmlns:a="u"/>', '/', 1, /name/],
    ['a name that starts with a digit', '<a><1b/></a>', '/a', 1, /name/],
    ['a control character', '<a>\n<b>x\u0001</b></a>', '/a/b', 2, /U\+0001/],
    ['a fault behind other lines of a text', '<a>x\ny\n&z;\n</a>', '/a', 3, /&z;/],
    ['the end of CDATA in text', '<a>]]></a>', '/a', 1, /]]>/],
  ])('refuses %s', (_name, xml, path, line, says) => {
    const fault = faultOf(xml)
    expect(fault.detail).toMatch(says)
    expect({ path: fault.path, line: fault.line }).toEqual({ path, line })
    expect(() => readXml(bytes(xml))).toThrow(XmlError)
  })

  it('refuses half of a surrogate pair, which only a string can hold', () => {
    expect(faultOf('<a>\n<b>\uD800</b></a>')).toMatchObject({
      path: '/a/b',
      line: 2,
      detail: expect.stringContaining('U+D800'),
    })
  })

  it('refuses bytes that are not what the declaration says, in their line and element', () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="UTF-8"?>\n<a>\n <b>Malm\u00F6</b></a>', 'latin1')
    expect(faultOf(latin)).toMatchObject({ path: '/a/b', line: 3, detail: expect.stringContaining('not UTF-8') })
    expect(faultOf(bytes('<?xml version="1.0" encoding="EBCDIC-CP-US"?><a/>')).detail).toContain('"EBCDIC-CP-US"')
    expect(faultOf(bytes('<?xml version="1.0" encoding="UTF-16"?><a/>')).detail).toContain('UTF-16')
    expect(faultOf(Buffer.from('\uFEFF<a/>', 'utf16le').subarray(0, 9)).detail).toContain('cut short')
  })

  it('keeps the limits of size, depth and number of elements', () => {
    const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth)
    expect(readXml(nested(64)).children).toHaveLength(1)
    expect(faultOf(nested(65))).toMatchObject({ path: `/a${'/a'.repeat(63)}`, detail: expect.stringContaining('64') })
    expect(faultOf('<a>'.repeat(1_000_000)).detail).toContain('deeper than 64')
    expect(faultOf(new Uint8Array(10 * 1024 * 1024 + 1)).detail).toMatch(/too large.*10 MB/)
    const limits = { bytes: 1_000_000, depth: 64, elements: 100 }
    expect(readXml(`<a>${'<b/>'.repeat(99)}</a>`, limits).children).toHaveLength(99)
    expect(faultOf(`<a>\n${'<b/>'.repeat(100)}</a>`, limits)).toMatchObject({ path: '/a', line: 2 })
  })

  it('reads what was crafted to be slow in linear time', () => {
    const scopes = `<a ${Array.from({ length: 20_000 }, (_, i) => `xmlns:p${i}="u"`).join(' ')}>${'<b xmlns:q="v"/>'.repeat(50_000)}</a>`
    const crafted = [
      scopes,
      `<a>${' '.repeat(9_000_000)}</a>`,
      `<a ${' '.repeat(9_000_000)}`,
      `<a>${'&amp;'.repeat(1_500_000)}</a>`,
    ]
    for (const xml of crafted) {
      const start = cpuTime()
      try {
        readXml(xml)
      } catch (error) {
        if (!(error instanceof XmlError)) throw error
      }
      expect(cpuTime() - start).toBeLessThan(8_000)
    }
  })
})

type Tree = { tag: string; attributes: [string, string][]; text: string; children: Tree[] }

const treeOf = (element: XmlElement): Tree => ({
  tag: element.tag,
  attributes: [...element.attributes],
  text: element.text,
  children: element.children.map(treeOf),
})

const escaped = (text: string): string => text.replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)

const write = (tree: Tree): string => {
  const attributes = tree.attributes.map(([name, value]) => ` ${name}="${escaped(value)}"`).join('')
  return `<${tree.tag}${attributes}>${escaped(tree.text)}${tree.children.map(write).join('')}</${tree.tag}>`
}

describe('against what else reads and writes XML', () => {
  it('reads back any tree that was written', () => {
    const name = fc.stringMatching(/^[a-zA-Zäé_][a-zA-Z0-9ß._-]{0,6}$/).filter((text) => !text.startsWith('xmlns'))
    const text = fc
      .string({ unit: 'binary', maxLength: 12 })
      .map((s) => s.replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD]/g, ''))
    const attributes = fc.uniqueArray(fc.tuple(name, text), { maxLength: 3, selector: ([key]) => key })
    const tree: fc.Memo<Tree> = fc.memo((depth) =>
      fc.record({
        tag: name,
        attributes,
        text,
        children: depth > 1 ? fc.array(tree(), { maxLength: 3 }) : fc.constant([]),
      }),
    )
    fc.assert(
      fc.property(tree(4), (expected) => {
        expect(treeOf(readXml(write(expected)))).toEqual(expected)
      }),
      { numRuns: 300, seed: 20260302 },
    )
  })

  it('sees the same elements, attributes and texts as fast-xml-parser', () => {
    for (const xml of [ublInvoice, ublCreditNote, ciiInvoice]) expect(flatten(readXml(xml))).toEqual(flattenOther(xml))
  })
})

function flatten(element: XmlElement): string[] {
  const own = `${element.tag} ${JSON.stringify([...element.attributes])} ${element.text.trim()}`
  return [own, ...element.children.flatMap(flatten)]
}

type OtherNode = Readonly<Record<string, unknown>>

function flattenOther(xml: string): string[] {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    htmlEntities: true,
    ignoreDeclaration: true,
  })
  // The library types its ordered result as any; this is the shape that its documentation gives.
  return (parser.parse(xml) as OtherNode[]).flatMap(flattenOtherNode)
}

function flattenOtherNode(node: OtherNode): string[] {
  const tag = Object.keys(node).find((key) => key !== ':@')
  if (tag === undefined || tag === '#text') return []
  // See above: children are a list of the same shape, attributes a record of strings.
  const children = node[tag] as OtherNode[]
  const attributes = Object.entries((node[':@'] ?? {}) as Record<string, string>)
  const kept = attributes.filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
  const text = children.map((child) => child['#text'] ?? '').join('')
  return [`${tag} ${JSON.stringify(kept)} ${text.trim()}`, ...children.flatMap(flattenOtherNode)]
}

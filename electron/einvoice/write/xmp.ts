import { type Element, group, section, value, xmlText } from './xml-element.ts'

/** What a PDF says of itself: in its information dictionary and, with the same words, in its XMP packet. */
export type PdfFacts = {
  readonly title: string | null
  readonly author: string | null
  readonly creator: string | null
  readonly producer: string | null
  /** Instants in UTC, as ISO 8601 without fractions. */
  readonly createdAt: string
  readonly level: 'BASIC' | 'EN 16931'
  readonly fileName: string
}

const namespaces = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  pdf: 'http://ns.adobe.com/pdf/1.3/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  pdfaid: 'http://www.aiim.org/pdfa/ns/id/',
  pdfaExtension: 'http://www.aiim.org/pdfa/ns/extension/',
  pdfaSchema: 'http://www.aiim.org/pdfa/ns/schema#',
  pdfaProperty: 'http://www.aiim.org/pdfa/ns/property#',
  fx: 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#',
}

const described = (...content: readonly (Element | null)[]): Element => ({
  ...section('rdf:Description', content),
  attributes: { 'rdf:about': '' },
})

const resource = (name: string, ...content: readonly (Element | null)[]): Element => ({
  ...section(name, content),
  attributes: { 'rdf:parseType': 'Resource' },
})

const listed = (name: string, kind: 'Alt' | 'Seq', text: string | null): Element | null =>
  text === null
    ? null
    : group(name, group(`rdf:${kind}`, value('rdf:li', text, { 'xml:lang': kind === 'Alt' ? 'x-default' : null })))

const property = (name: string, about: string): Element =>
  resource(
    'rdf:li',
    value('pdfaProperty:name', name),
    value('pdfaProperty:valueType', 'Text'),
    value('pdfaProperty:category', 'external'),
    value('pdfaProperty:description', about),
  )

// PDF/A takes properties of its own schemas alone; any other has to be described in the file (ISO 19005-3, 6.6.2.3).
const extension = described(
  group(
    'pdfaExtension:schemas',
    group(
      'rdf:Bag',
      resource(
        'rdf:li',
        value('pdfaSchema:schema', 'Factur-X PDFA Extension Schema'),
        value('pdfaSchema:namespaceURI', namespaces.fx),
        value('pdfaSchema:prefix', 'fx'),
        group(
          'pdfaSchema:property',
          group(
            'rdf:Seq',
            property('DocumentFileName', 'The name of the embedded XML document'),
            property('DocumentType', 'The type of the hybrid document in capital letters, e.g. INVOICE or ORDER'),
            property('Version', 'The actual version of the standard applying to the embedded XML document'),
            property('ConformanceLevel', 'The conformance level of the embedded XML document'),
          ),
        ),
      ),
    ),
  ),
)

/** The XMP packet of a PDF/A-3b file that is a Factur-X invoice. */
export const xmpPacket = (facts: PdfFacts): string => {
  const rdf = section(
    'rdf:RDF',
    described(value('pdfaid:part', '3'), value('pdfaid:conformance', 'B')),
    described(
      value('dc:format', 'application/pdf'),
      listed('dc:title', 'Alt', facts.title),
      listed('dc:creator', 'Seq', facts.author),
    ),
    described(
      value('xmp:CreatorTool', facts.creator),
      value('xmp:CreateDate', facts.createdAt),
      value('xmp:ModifyDate', facts.createdAt),
      value('pdf:Producer', facts.producer),
    ),
    described(
      value('fx:DocumentType', 'INVOICE'),
      value('fx:DocumentFileName', facts.fileName),
      value('fx:Version', '1.0'),
      value('fx:ConformanceLevel', facts.level),
    ),
    extension,
  )
  const body = xmlText(section('x:xmpmeta', { ...rdf, attributes: Object.fromEntries(declared) }), {
    x: 'adobe:ns:meta/',
  }).replace(/^<\?xml[^\n]*\n/, '')
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\n${body}<?xpacket end="w"?>`
}

const declared = Object.entries(namespaces).map(([prefix, uri]) => [`xmlns:${prefix}`, uri])

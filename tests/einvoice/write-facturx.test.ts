import { inflateSync } from 'node:zlib'
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFStream, PDFString } from '@cantoo/pdf-lib'
import { XMLParser } from 'fast-xml-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { validateEInvoice } from '../../electron/einvoice/rules/validate.ts'
import { parseEInvoice } from '../../electron/importers/einvoice.ts'
import { makeInvoice } from '../support/factories.ts'
import { dot } from '../support/pictures.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'
import { fillBusiness, makeBuyer } from './write-workspace.ts'

let workspace: Workspace
let pdf: Uint8Array
let again: Uint8Array
let plain: Uint8Array
let document: PDFDocument
let invoiceId = ''
let number = ''

beforeAll(async () => {
  workspace = await openWorkspace({ country: 'DE' })
  await fillBusiness(workspace)
  const { version } = await workspace.call('organizations.get', {})
  await workspace.call('organizations.setLogo', { version, logo: { fileName: 'logo.png', content: dot } })
  const issued = await makeInvoice(workspace, await makeBuyer(workspace, 'facturx'))
  invoiceId = issued.id
  number = issued.number
  const file = () => workspace.call('eInvoices.export', { id: invoiceId, format: 'facturx', evenIfInvalid: true })
  pdf = (await file()).content
  again = (await file()).content
  plain = (await workspace.call('invoices.pdf', { id: invoiceId })).pdf
  document = await PDFDocument.load(pdf, { updateMetadata: false })
}, 60_000)
afterAll(() => workspace.close())

const name = (text: string) => PDFName.of(text)
const at = (dict: PDFDict, key: string) => dict.lookup(name(key))
const dictAt = (dict: PDFDict, key: string) => dict.lookup(name(key), PDFDict)
const bytesOf = (stream: PDFStream): Uint8Array => {
  if (!(stream instanceof PDFRawStream)) throw new Error('not a stream as it stands in the file')
  return at(stream.dict, 'Filter') === name('FlateDecode') ? inflateSync(stream.contents) : stream.contents
}
const objects = () =>
  document.context.enumerateIndirectObjects().flatMap(([, found]) => {
    const dict = found instanceof PDFStream ? found.dict : found
    return dict instanceof PDFDict ? [dict] : []
  })

const fileSpec = () => {
  const files = dictAt(dictAt(document.catalog, 'Names'), 'EmbeddedFiles')
  const list = files.lookup(name('Names'), PDFArray)
  expect(list.lookup(0, PDFString).asString()).toBe('factur-x.xml')
  return list.lookup(1, PDFDict)
}

test('the XML inside is the one that is checked, and reads as the invoice', async () => {
  const stream = dictAt(fileSpec(), 'EF').lookup(name('F'), PDFStream)
  const xml = bytesOf(stream)
  const invoice = parseEInvoice(xml)
  expect(invoice).toMatchObject({ number, specification: 'urn:cen.eu:en16931:2017' })
  expect(validateEInvoice(xml, 'en16931').filter(({ severity }) => severity === 'fatal')).toEqual([])
  expect(String(at(dictAt(stream.dict, 'Params'), 'Size'))).toBe(String(xml.length))
  expect(at(stream.dict, 'Subtype')).toBe(name('text/xml'))
})

test('the file is associated with the document as another form of it', () => {
  const spec = fileSpec()
  expect(at(spec, 'AFRelationship')).toBe(name('Alternative'))
  expect(document.catalog.lookup(name('AF'), PDFArray).lookup(0)).toBe(spec)
})

test('the metadata says PDF/A-3b and Factur-X, and describes the properties that it uses', () => {
  const stream = document.catalog.lookup(name('Metadata'), PDFStream)
  expect(at(stream.dict, 'Filter')).toBeUndefined()
  const packet = new TextDecoder().decode(bytesOf(stream))
  expect(packet).toMatch(/^<\?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"\?>\n[\s\S]*<\?xpacket end="w"\?>$/)
  const read = new XMLParser({ removeNSPrefix: false }).parse(packet)
  const facts = Object.assign({}, ...read['x:xmpmeta']['rdf:RDF']['rdf:Description'])
  expect(facts).toMatchObject({
    'pdfaid:part': 3,
    'pdfaid:conformance': 'B',
    'fx:DocumentType': 'INVOICE',
    'fx:DocumentFileName': 'factur-x.xml',
    'fx:ConformanceLevel': 'EN 16931',
  })
  const schema = facts['pdfaExtension:schemas']['rdf:Bag']['rdf:li']
  expect(schema['pdfaSchema:namespaceURI']).toBe('urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#')
  expect(schema['pdfaSchema:property']['rdf:Seq']['rdf:li']).toHaveLength(4)
  expect(facts['dc:title']['rdf:Alt']['rdf:li']).toBe(document.getTitle())
  expect(facts['dc:creator']['rdf:Seq']['rdf:li']).toBe(document.getAuthor())
  expect(Date.parse(facts['xmp:CreateDate'])).toBe(document.getCreationDate()?.getTime())
  expect(Date.parse(facts['xmp:ModifyDate'])).toBe(document.getModificationDate()?.getTime())
})

test('colours are those of an embedded sRGB profile', () => {
  const intent = document.catalog.lookup(name('OutputIntents'), PDFArray).lookup(0, PDFDict)
  expect(at(intent, 'S')).toBe(name('GTS_PDFA1'))
  const profile = intent.lookup(name('DestOutputProfile'), PDFStream)
  expect(String(at(profile.dict, 'N'))).toBe('3')
  const bytes = Buffer.from(bytesOf(profile))
  expect(bytes.readUInt32BE(0)).toBe(bytes.length)
  expect(bytes.subarray(12, 24).toString('latin1')).toBe('mntrRGB XYZ ')
  expect(bytes.subarray(36, 40).toString('latin1')).toBe('acsp')
  const tags = Array.from({ length: bytes.readUInt32BE(128) }, (_, index) => {
    const entry = 132 + index * 12
    const [offset, size] = [bytes.readUInt32BE(entry + 4), bytes.readUInt32BE(entry + 8)]
    expect(offset % 4).toBe(0)
    expect(offset + size).toBeLessThanOrEqual(bytes.length)
    return bytes.subarray(entry, entry + 4).toString('latin1')
  })
  expect(tags).toEqual(['desc', 'cprt', 'wtpt', 'rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC'])
})

test('every font is embedded, nothing is locked, scripted or left to a reader', () => {
  const fonts = objects().filter((dict) => at(dict, 'Type') === name('FontDescriptor'))
  expect(fonts.length).toBeGreaterThan(0)
  for (const font of fonts) expect(at(font, 'FontFile2') ?? at(font, 'FontFile3')).toBeInstanceOf(PDFStream)
  const simple = objects().filter((dict) => at(dict, 'Type') === name('Font') && at(dict, 'Subtype') === name('Type1'))
  expect(simple).toEqual([])
  expect(document.isEncrypted).toBe(false)
  for (const dict of objects()) {
    expect(at(dict, 'S')).not.toBe(name('JavaScript'))
    expect(at(dict, 'Interpolate')).toBeUndefined()
    if (at(dict, 'Subtype') === name('Link')) expect(String(at(dict, 'F'))).toBe('4')
  }
  expect(document.catalog.get(name('OpenAction'))).toBeUndefined()
  expect(new TextDecoder('latin1').decode(pdf.subarray(0, 8))).toBe('%PDF-1.7')
  expect(document.context.trailerInfo.ID).toBeInstanceOf(PDFArray)
})

test('the same invoice gives the same bytes, with the pages of its PDF', async () => {
  expect(Buffer.compare(pdf, again)).toBe(0)
  const before = await PDFDocument.load(plain, { updateMetadata: false })
  expect(document.getPageCount()).toBe(before.getPageCount())
})

test('the level Basic says so, and leaves out what it has no room for', async () => {
  const { content } = await workspace.call('eInvoices.export', { id: invoiceId, format: 'facturx-basic' })
  const basic = await PDFDocument.load(content, { updateMetadata: false })
  const packet = new TextDecoder().decode(bytesOf(basic.catalog.lookup(name('Metadata'), PDFStream)))
  expect(packet).toContain('<fx:ConformanceLevel>BASIC</fx:ConformanceLevel>')
})

import { createHash } from 'node:crypto'
import type { PDFDocument as Document, PDFContext, PDFObject, PDFRef } from '@cantoo/pdf-lib'
import { srgbProfile } from './icc-profile.ts'
import { xmpPacket } from './xmp.ts'

export const embeddedName = 'factur-x.xml'

type Library = typeof import('@cantoo/pdf-lib')

const isoInstant = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`

/** Same page, same data, same file: its ids are those of what it is made of. */
const idOf = (...parts: readonly Uint8Array[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex').slice(0, 32)
}

const embedded = (
  { PDFName, PDFString, PDFHexString }: Library,
  context: PDFContext,
  xml: Uint8Array,
  at: Date,
): PDFRef => {
  const file = context.register(
    context.flateStream(xml, {
      Type: 'EmbeddedFile',
      Subtype: PDFName.of('text/xml'),
      Params: {
        Size: xml.length,
        ModDate: PDFString.fromDate(at),
        CheckSum: PDFHexString.of(createHash('md5').update(xml).digest('hex')),
      },
    }),
  )
  return context.register(
    context.obj({
      Type: 'Filespec',
      F: PDFString.of(embeddedName),
      UF: PDFHexString.fromText(embeddedName),
      AFRelationship: 'Alternative',
      Desc: PDFString.of('The invoice as data (Factur-X)'),
      EF: { F: file, UF: file },
    }),
  )
}

const outputIntent = ({ PDFString }: Library, context: PDFContext): PDFObject =>
  context.obj({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: PDFString.of('sRGB IEC61966-2.1'),
    Info: PDFString.of('sRGB IEC61966-2.1'),
    DestOutputProfile: context.register(context.flateStream(srgbProfile(), { N: 3 })),
  })

// ISO 19005-3: annotations are printed (6.3.2), pictures are not smoothed by the reader (6.2.8).
const tidyObjects = ({ PDFName, PDFNumber, PDFDict, PDFStream }: Library, context: PDFContext): void => {
  for (const [, found] of context.enumerateIndirectObjects()) {
    const dict = found instanceof PDFStream ? found.dict : found
    if (!(dict instanceof PDFDict)) continue
    const subtype = dict.get(PDFName.of('Subtype'))
    if (subtype === PDFName.of('Link')) dict.set(PDFName.of('F'), PDFNumber.of(4))
    if (subtype === PDFName.of('Image')) dict.delete(PDFName.of('Interpolate'))
  }
}

const attach = ({ PDFName, PDFDict, PDFString }: Library, { context, catalog }: Document, file: PDFRef): void => {
  const known = catalog.lookup(PDFName.of('Names'))
  const names = known instanceof PDFDict ? known : context.obj({})
  names.set(PDFName.of('EmbeddedFiles'), context.obj({ Names: [PDFString.of(embeddedName), file] }))
  catalog.set(PDFName.of('Names'), names)
  catalog.set(PDFName.of('AF'), context.obj([file]))
  catalog.set(PDFName.of('PageMode'), PDFName.of('UseAttachments'))
}

const addMetadata = (library: Library, document: Document, level: 'BASIC' | 'EN 16931', at: Date): void => {
  const { PDFName } = library
  const { context, catalog } = document
  // The information dictionary says what the packet says and nothing else (ISO 19005-3, 6.6.4).
  document.setCreationDate(at)
  document.setModificationDate(at)
  const packet = xmpPacket({
    title: document.getTitle() ?? null,
    author: document.getAuthor() ?? null,
    creator: document.getCreator() ?? null,
    producer: document.getProducer() ?? null,
    createdAt: isoInstant(at),
    level,
    fileName: embeddedName,
  })
  const stream = context.stream(new TextEncoder().encode(packet), { Type: 'Metadata', Subtype: 'XML' })
  catalog.set(PDFName.of('Metadata'), context.register(stream))
  catalog.set(PDFName.of('OutputIntents'), context.obj([outputIntent(library, context)]))
}

/**
 * A PDF as PDF/A-3b with the e-invoice inside (Factur-X 1.0): the page as it is, its metadata, colours and ids as the
 * archive asks. Byte for byte the same for the same input; the PDF must have its fonts embedded, as ours have.
 */
export const embedFacturX = async (
  pdf: Uint8Array,
  xml: Uint8Array,
  level: 'BASIC' | 'EN 16931',
): Promise<Uint8Array> => {
  // Loaded when it is needed: few documents leave in this form.
  const library = await import('@cantoo/pdf-lib')
  const { PDFDocument, PDFHeader, PDFHexString } = library
  const document = await PDFDocument.load(pdf, { updateMetadata: false })
  const { context } = document
  const at = document.getCreationDate() ?? new Date(0)
  context.header = PDFHeader.forVersion(1, 7)
  tidyObjects(library, context)
  attach(library, document, embedded(library, context, xml, at))
  addMetadata(library, document, level, at)
  const id = PDFHexString.of(idOf(pdf, xml))
  context.trailerInfo.ID = context.obj([id, id])
  return await document.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false })
}

import { beforeAll, describe, expect, test } from 'vitest'
import { inFont, loadFaces } from '../../electron/pdf/faces.ts'
import { runsOf, widthOf } from '../../electron/pdf/measure-text.ts'
import { renderDocumentPdf } from '../../electron/pdf/render.ts'
import { choosePaymentCode } from '../../shared/documents/payment-code.ts'
import type { PrintableDocument } from '../../shared/documents/printable.ts'
import {
  type DesignFont,
  designLayouts,
  designOf,
  type TemplateDesign,
} from '../../shared/documents/template-design.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { useFonts } from './fonts.ts'
import { invoiceOf, lineOf, mixedInvoice, mixedNames, usualInvoice } from './printables.ts'
import { missingGlyph, readPdf } from './read-pdf.ts'

beforeAll(async () => {
  useFonts()
  await loadFaces(['latin', 'serif', 'devanagari', 'arabic', 'hebrew', 'han'])
})

const setIn = (font: DesignFont, document: PrintableDocument, layout: TemplateDesign['layout'] = 'plain') => ({
  ...document,
  design: { ...designOf(layout), font },
})

/** The names of the fonts that a file carries, without the letters before the plus. */
const embedded = (bytes: Uint8Array): string[] => {
  const names = Buffer.from(bytes)
    .toString('latin1')
    .matchAll(/\/BaseFont \/[A-Z]{6}\+([\w-]+)/g)
  return [...new Set([...names].map((match) => match[1] ?? ''))].sort()
}

describe('a design in the serif font', () => {
  test('carries the serif faces and no others for a text in Latin letters', async () => {
    expect(embedded(await renderDocumentPdf(setIn('noto-serif', usualInvoice())))).toEqual([
      'NotoSerif-Regular',
      'NotoSerif-SemiBold',
    ])
    expect(embedded(await renderDocumentPdf(setIn('noto-sans', usualInvoice())))).toEqual([
      'NotoSans-Regular',
      'NotoSans-SemiBold',
    ])
  })

  test('sets Latin, Greek and Cyrillic in it and other scripts in the faces that are theirs', async () => {
    const faces = (text: string) => inFont('noto-serif', () => runsOf(text, 'regular')).map(({ face }) => face.name)
    for (const text of ['Straße & Söhne – Łódź', 'Общество «Север»', 'Ελληνική', '₹ 1,250.00 €']) {
      expect(faces(text), text).toEqual(['NotoSerif-Regular'])
    }
    expect(faces('शर्मा')).toEqual(['NotoSansDevanagari-Regular'])
    expect(faces('株式会社')).toEqual(['NotoSansSC-Regular'])
    expect(new Set(faces('Invoice ref فاتورة'))).toEqual(new Set(['NotoSerif-Regular', 'NotoSansArabic-Regular']))
    const [page] = await readPdf(await renderDocumentPdf(setIn('noto-serif', mixedInvoice())))
    const glyphs = page?.runs.flat() ?? []
    expect(glyphs.filter(({ unicode }) => unicode === missingGlyph)).toEqual([])
    const present = new Set(glyphs.flatMap(({ unicode }) => [...unicode.normalize('NFC')]))
    for (const name of mixedNames) {
      const missing = [...name.normalize('NFC')].filter((character) => character !== ' ' && !present.has(character))
      expect(missing, name).toEqual([])
    }
  })

  test('is measured as it is drawn, in every layout', async () => {
    const text = 'Exhibition design, concept phase'
    expect(inFont('noto-serif', () => widthOf(text, 'regular', 10))).not.toBe(widthOf(text, 'regular', 10))
    for (const layout of designLayouts) {
      const document = setIn('noto-serif', invoiceOf([lineOf(1, text, 12n, 1_250n)]), layout)
      const [page] = await readPdf(await renderDocumentPdf(document))
      const size = { plain: 9, modern: 9.5, dense: 7.5, letter: 10 }[layout]
      const piece = page?.pieces.find((it) => it.text === text)
      const measured = inFont('noto-serif', () => widthOf(text, 'regular', size))
      expect(piece?.width, layout).toBeCloseTo(measured, 1)
      for (const it of page?.pieces ?? []) expect(it.x + it.width, it.text).toBeLessThan(page?.width ?? 0)
    }
  })

  test('gives the same bytes each time, and leaves those of sans as they are', async () => {
    const [sans, serif] = [setIn('noto-sans', mixedInvoice()), setIn('noto-serif', mixedInvoice())]
    const before = await renderDocumentPdf(sans)
    const first = await renderDocumentPdf(serif)
    expect(await renderDocumentPdf(serif)).toEqual(first)
    expect(await renderDocumentPdf(sans)).toEqual(before)
    const together = await Promise.all([serif, sans, serif, sans].map(renderDocumentPdf))
    expect(together).toEqual([first, before, first, before])
  })

  test('keeps the Swiss slip in sans, as its style guide asks', async () => {
    const { code } = choosePaymentCode({
      account: {
        holder: 'Linden AG',
        iban: 'CH9300762011623852957',
        qrIban: null,
        bic: null,
        upiId: null,
        linkTemplate: null,
      },
      creditor: {
        name: 'Linden AG',
        street: '',
        buildingNumber: '',
        postalCode: '8002',
        city: 'Zürich',
        country: 'CH',
      },
      debtor: null,
      currency: 'CHF',
      amountE4: amountOf('120'),
      number: 'INV-2026-0042',
    })
    expect(code?.kind).toBe('swiss')
    const payment = { heading: 'Payment', rows: [], link: null, code }
    const bytes = await renderDocumentPdf(setIn('noto-serif', usualInvoice({ currency: 'CHF', payment })))
    expect(embedded(bytes)).toEqual([
      'NotoSans-Regular',
      'NotoSans-SemiBold',
      'NotoSerif-Regular',
      'NotoSerif-SemiBold',
    ])
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { renderDocumentPdf } from '../../electron/pdf/render.ts'
import type { PrintableDocument } from '../../shared/documents/printable.ts'
import { amount, unitPrice } from '../../shared/money/scaled.ts'
import { useFonts } from './fonts.ts'
import { invoiceOf, lineOf, longInvoice, mixedInvoice, sumsOf, usualInvoice } from './printables.ts'
import { readPdf } from './read-pdf.ts'

beforeAll(useFonts)

const read = async (document: PrintableDocument) => readPdf(await renderDocumentPdf(document))

const figure = (text: string): number => Math.round(Number(text.replaceAll(',', '')) * 100)

describe('an invoice of one page', () => {
  test('says who, to whom, what, how much, until when', async () => {
    const pages = await read(usualInvoice())
    expect(pages).toHaveLength(1)
    const text = pages[0]?.text ?? ''
    for (const part of [
      'Linden & Hale Studio Ltd',
      'GB 980 7806 84',
      'Northgate Museum Trust',
      'Invoice',
      'INV-2026-0042',
      '3 March 2026',
      '2 April 2026',
      'PO 4500017731',
      'Northgate Museum, Loading Bay, Castle Meadow 7, Norwich NR1 3DH',
      'Exhibition design, concept phase',
      'DES-01 · Spatial concept',
      '118 pcs',
      'Volume discount -29.50',
      'VAT 20 % on 6,142.50',
      '1,228.50',
      '-1,000.00',
      '£6,371.00',
      'Payment within 30 days.',
      'Page 1 of 1',
    ]) {
      expect(text.replace(/\s+/g, ' '), part).toContain(part)
    }
  })

  test('has the size of its paper', async () => {
    const [a4, letter] = [await read(usualInvoice()), await read(usualInvoice({ pageSize: 'LETTER' }))]
    expect(a4[0]?.width).toBeCloseTo(595.28, 2)
    expect(a4[0]?.height).toBeCloseTo(841.89, 2)
    expect(letter[0]).toMatchObject({ width: 612, height: 792 })
  })

  test('keeps every piece inside the paper and figures flush right', async () => {
    const [page] = await read(usualInvoice({ pageSize: 'LETTER' }))
    for (const piece of page?.pieces.filter(({ text }) => text.trim() !== '') ?? []) {
      expect(piece.x, piece.text).toBeGreaterThan(50)
      expect(piece.x + piece.width, piece.text).toBeLessThan(612 - 50)
    }
    const edges = ['2,040.00', '678.50', '810.00', '6,142.50'].map((text) => {
      const piece = page?.pieces.find((candidate) => candidate.text === text)
      return piece ? piece.x + piece.width : 0
    })
    expect(Math.max(...edges) - Math.min(...edges)).toBeLessThan(0.1)
  })

  test('speaks the language of the document', async () => {
    const [page] = await read(usualInvoice({ language: 'de-DE', currency: 'EUR' }))
    for (const part of [
      'Rechnung',
      '3. März 2026',
      'Nettobetrag',
      '6.142,50',
      'VAT 20 % auf 6.142,50',
      'Seite 1 von 1',
    ]) {
      expect(page?.text, part).toContain(part)
    }
    expect(page?.text.replace(/\s/g, ' ')).toContain('6.371,00 €')
  })

  test('falls back to English for a language without labels and for no language at all', async () => {
    for (const language of ['sw-KE', 'not a language', '']) {
      const [page] = await read(usualInvoice({ language }))
      expect(page?.text, language).toContain('Amount due')
    }
  })

  test('without lines is still a document', async () => {
    const pages = await read(invoiceOf([]))
    expect(pages).toHaveLength(1)
    expect(pages[0]?.text).toContain('Description')
    expect(pages[0]?.text).toContain('£0.00')
  })

  test('prints three decimals where the currency has them and six where the price has them', async () => {
    const line = { ...lineOf(1, 'Fine tuning', 1n, 0n), priceE6: unitPrice(1_234_567n), netE4: amount(12_350n) }
    const [page] = await read(invoiceOf([line], { currency: 'KWD', minorUnits: 3 }))
    expect(page?.text).toContain('1.234567')
    expect(page?.text).toContain('1.235')
  })

  test('prints amounts of nineteen digits exactly', async () => {
    const line = { ...lineOf(1, 'Bridge', 1n, 1n), netE4: amount(123_456_789_012_345_6700n) }
    const [page] = await read(invoiceOf([line]))
    expect(page?.text).toContain('123,456,789,012,345.67')
  })
})

describe('state', () => {
  test('a draft is marked, has no number and no payment part', async () => {
    const [page] = await read(usualInvoice({ state: 'draft', number: null }))
    expect(page?.text.match(/DRAFT/g)).toHaveLength(2)
    expect(page?.text).not.toContain('INV-')
    expect(page?.text).not.toContain('Please return this part')
  })

  test('a void document is marked on each page', async () => {
    const pages = await read(longInvoice(60, { state: 'void' }))
    for (const page of pages) expect(page.text).toContain('VOID')
    expect(pages.at(-1)?.text).not.toContain('Please return this part')
  })

  test('an issued document has no mark, and its payment part where there is room', async () => {
    const pages = await read(longInvoice(60))
    expect(pages.map((page) => page.text).join()).not.toMatch(/DRAFT|VOID/)
    expect(pages.at(-1)?.text).toContain('Please return this part')
  })

  test.each([
    ['credit-note', 'Credit note', 'Credit total'],
    ['quote', 'Quote', 'Quote total'],
  ] as const)('a %s has its own words', async (kind, title, total) => {
    const [page] = await read(usualInvoice({ kind }))
    expect(page?.text).toContain(title)
    expect(page?.text).toContain(total)
  })
})

describe('a document of many pages', () => {
  test('repeats the head, counts its pages and carries the sum', async () => {
    const document = longInvoice(120)
    const pages = await read(document)
    expect(pages.length).toBeGreaterThan(3)
    let carried = 0
    for (const [index, page] of pages.entries()) {
      const text = page.text.replace(/\s+/g, ' ')
      expect(text).toContain(`Page ${index + 1} of ${pages.length}`)
      expect(text).toContain('Quantity Price Tax Amount')
      if (index > 0) {
        expect(text).toContain('Invoice INV-2026-0042')
        expect(figure(/Brought forward ([\d,.]+)/.exec(text)?.[1] ?? ''), `page ${index + 1}`).toBe(carried)
      }
      const last = /Carried forward ([\d,.]+)/.exec(text)?.[1]
      if (last === undefined) continue
      const shown = [...text.matchAll(/20 % ([\d,]+\.\d\d)/g)].map((match) => figure(match[1] ?? ''))
      carried += shown.reduce((sum, value) => sum + value, 0)
      expect(figure(last), `page ${index + 1}`).toBe(carried)
    }
    expect(pages.map((page) => page.text.includes('Carried forward'))).toEqual(
      pages.map((_, index) => index < pages.length - 1),
    )
  })

  test('shows every line once, in order', async () => {
    const pages = await read(longInvoice(200))
    const names = pages.flatMap((page) =>
      page.pieces
        .map(({ text }) => / (\d+)$/.exec(text))
        .filter((match) => /board|paint|hinge|glass|repair|cord/.test(match?.input ?? '')),
    )
    expect(names.map((match) => Number(match?.[1]))).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  })

  test('never leaves the totals on a page without a line', async () => {
    for (let count = 10; count < 45; count += 1) {
      const pages = await read(longInvoice(count))
      const withTotals = pages.find((page) => page.text.includes('Net total'))
      expect(withTotals?.text, `${count} lines`).toMatch(/20 %\s+[\d,]+\.\d\d/)
    }
  })

  test('keeps all content above the foot line', async () => {
    const pages = await read(longInvoice(90, { pageSize: 'LETTER' }))
    for (const page of pages) {
      const lowest = page.pieces.filter(({ text }) => text.trim() !== '').map(({ y }) => y)
      expect(Math.min(...lowest)).toBeGreaterThan(18)
      const inFoot = page.pieces.filter(({ y, text }) => y < 42 && text.trim() !== '')
      expect(
        inFoot.every(({ text }) => /Page|Registered/.test(text)),
        inFoot.map(({ text }) => text).join(),
      ).toBe(true)
    }
  })
})

describe('long texts', () => {
  test('a word wider than its column is cut, not lost', async () => {
    const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3)
    const [page] = await read(invoiceOf([lineOf(1, word, 1n, 10n)]))
    const cut = page?.pieces.filter(({ text }) => text.length > 3 && word.includes(text)).map(({ text }) => text)
    expect(cut?.join('')).toBe(word)
    expect(cut?.length).toBeGreaterThan(3)
    const right = page?.pieces.find(({ text }) => text === '1 h')
    for (const piece of page?.pieces.filter(({ text }) => text !== '' && word.includes(text) && text.length > 9) ??
      []) {
      expect(piece.x + piece.width).toBeLessThan(right?.x ?? 0)
    }
  })

  test('a description longer than a page goes on over the next pages', async () => {
    const words = Array.from({ length: 1_600 }, (_, index) => `w${index}`)
    const line = { ...lineOf(1, 'Report', 1n, 10n), description: words.join(' ') }
    const pages = await read(invoiceOf([line, lineOf(2, 'Second', 1n, 5n)]))
    expect(pages.length).toBeGreaterThan(1)
    const found = pages
      .map((page) => page.text)
      .join(' ')
      .match(/\bw\d+\b/g)
    expect(found).toEqual(words)
    expect(pages[1]?.text.replace(/\s+/g, ' ')).toContain('Brought forward 10.00')
  })

  test('names, numbers and terms without end stay on the paper', async () => {
    const long = 'Wide '.repeat(60).trim()
    const document = usualInvoice({ number: 'N'.repeat(120), reference: 'R'.repeat(90), footer: long.repeat(3) })
    const seller = { ...document.seller, name: long, addressLines: [long, long] }
    const pages = await read({
      ...document,
      seller,
      buyer: { ...document.buyer, name: 'B'.repeat(200) },
      blocks: [{ heading: long, text: 'x'.repeat(9_000) }],
    })
    expect(pages.length).toBeGreaterThan(1)
    for (const piece of pages.flatMap((page) => page.pieces)) {
      expect(piece.x + piece.width, piece.text.slice(0, 40)).toBeLessThan(595)
      expect(piece.y, piece.text.slice(0, 40)).toBeGreaterThan(10)
    }
    expect(pages.map((page) => page.text.replace(/\s/g, '')).join('')).toContain('N'.repeat(120))
  })
})

describe('the same document', () => {
  test('gives the same bytes, whatever was rendered before', async () => {
    const first = await renderDocumentPdf(usualInvoice())
    await renderDocumentPdf(mixedInvoice())
    await renderDocumentPdf(longInvoice(40, { language: 'fr-FR' }))
    expect(await renderDocumentPdf(usualInvoice())).toEqual(first)
  })

  test('gives the same bytes when several are rendered at once', async () => {
    const [one, two, mixed] = await Promise.all([usualInvoice(), usualInvoice(), mixedInvoice()].map(renderDocumentPdf))
    expect(two).toEqual(one)
    expect(await renderDocumentPdf(mixedInvoice())).toEqual(mixed)
  })

  test('with one figure changed gives other bytes', async () => {
    const lines = [lineOf(1, 'Work', 1n, 10n)]
    const other = [lineOf(1, 'Work', 1n, 11n)]
    expect(await renderDocumentPdf(invoiceOf(lines))).not.toEqual(
      await renderDocumentPdf(invoiceOf(lines, { ...sumsOf(other) })),
    )
  })
})

describe('input that is none', () => {
  test.each([
    ['date', { issuedOn: '2026-02-30' }, /2026-02-30/],
    ['instant', { createdAt: 'yesterday' }, /createdAt/],
    ['currency', { currency: '??' }, /currency/i],
  ] as const)('a wrong %s is refused in words', async (_, change, message) => {
    await expect(renderDocumentPdf(usualInvoice(change))).rejects.toThrow(message)
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { renderDocumentPdf, renderStatementPdf } from '../../electron/pdf/render.ts'
import type { PrintableDocument, PrintableStatement } from '../../shared/documents/printable.ts'
import {
  type DesignLayout,
  designLayouts,
  designOf,
  type TemplateDesign,
} from '../../shared/documents/template-design.ts'
import { amount } from '../../shared/money/scaled.ts'
import { useFonts } from './fonts.ts'
import { buyer, invoiceOf, lineOf, longInvoice, mixedInvoice, seller, usualInvoice } from './printables.ts'
import { readPdf } from './read-pdf.ts'

beforeAll(useFonts)

const inLayout = (document: PrintableDocument, layout: DesignLayout, changes: Partial<TemplateDesign> = {}) => ({
  ...document,
  design: { ...designOf(layout), ...changes },
})
const read = async (document: PrintableDocument) => readPdf(await renderDocumentPdf(document))
const squeezed = (text: string | undefined) => (text ?? '').replace(/\s+/g, ' ')
const figure = (text: string): number => Math.round(Number(text.replaceAll(',', '')) * 100)

describe.each(designLayouts)('the %s template', (layout) => {
  test('says who, to whom, what, how much, until when', async () => {
    const text = squeezed((await read(inLayout(usualInvoice(), layout))).map((page) => page.text).join(' '))
    for (const part of [
      'Linden & Hale Studio Ltd',
      'GB 980 7806 84',
      'Northgate Museum Trust',
      'Invoice',
      'INV-2026-0042',
      '3 March 2026',
      '2 April 2026',
      'PO 4500017731',
      'Northgate Museum,',
      'Exhibition design, concept phase',
      'DES-01',
      '-29.50',
      '1,228.50',
      '£6,371.00',
      'Payment within 30 days.',
    ]) {
      expect(text, part).toContain(part)
    }
  })

  test('gives the same bytes again, and others than the other templates', async () => {
    const bytes = await renderDocumentPdf(inLayout(usualInvoice(), layout))
    await renderDocumentPdf(inLayout(mixedInvoice(), layout))
    expect(await renderDocumentPdf(inLayout(usualInvoice(), layout))).toEqual(bytes)
    for (const other of designLayouts) {
      if (other !== layout) expect(await renderDocumentPdf(inLayout(usualInvoice(), other))).not.toEqual(bytes)
    }
  })

  test('carries the sum from page to page, and shows every line once', async () => {
    const pages = await read(inLayout(longInvoice(150), layout))
    expect(pages.length).toBeGreaterThan(2)
    let carried = 0
    for (const [index, page] of pages.entries()) {
      const text = squeezed(page.text)
      expect(text).toContain(`Page ${index + 1} of ${pages.length}`)
      const brought = /Brought forward ([\d,.]+)/.exec(text)?.[1]
      if (brought !== undefined) expect(figure(brought), `page ${index + 1}`).toBe(carried)
      const last = /Carried forward ([\d,.]+)/.exec(text)?.[1]
      if (last === undefined) continue
      const shown = [...text.matchAll(/20 % ([\d,]+\.\d\d)/g)].map((match) => figure(match[1] ?? ''))
      carried += shown.reduce((sum, value) => sum + value, 0)
      expect(figure(last), `page ${index + 1}`).toBe(carried)
    }
    const names = pages.flatMap((page) =>
      page.pieces
        .map(({ text }) => /(?:board|paint|hinge|pair|matt|glass|repair|cord) (\d+)$/.exec(text)?.[1])
        .filter((found) => found !== undefined),
    )
    expect(names.map(Number)).toEqual(Array.from({ length: 150 }, (_, index) => index + 1))
  })

  test('keeps everything on the paper and above the foot, on both sizes and for texts without end', async () => {
    const long = 'Wide '.repeat(60).trim()
    const document = usualInvoice({
      number: 'N'.repeat(60),
      reference: 'R'.repeat(90),
      footer: long.repeat(2),
      seller: { ...seller, name: long, addressLines: [long, long] },
      buyer: { ...buyer, name: 'B'.repeat(120) },
      blocks: [{ heading: long, text: 'x'.repeat(3_000) }],
    })
    for (const pageSize of ['A4', 'LETTER'] as const) {
      for (const page of await read(inLayout({ ...document, pageSize }, layout))) {
        expect(page.width).toBeCloseTo(pageSize === 'A4' ? 595.28 : 612, 1)
        for (const piece of page.pieces) {
          expect(piece.x, piece.text.slice(0, 40)).toBeGreaterThan(15)
          expect(piece.x + piece.width, piece.text.slice(0, 40)).toBeLessThan(page.width - 10)
          expect(piece.y, piece.text.slice(0, 40)).toBeGreaterThan(8)
          expect(piece.y, piece.text.slice(0, 40)).toBeLessThan(page.height - 8)
        }
      }
    }
  })

  test('never leaves the totals on a page without a line', async () => {
    for (let count = 4; count < 70; count += 6) {
      const pages = await read(inLayout(longInvoice(count), layout))
      const withTotals = pages.find((page) => page.text.includes('Net total'))
      expect(withTotals?.text, `${count} lines`).toMatch(/20 %\s+[\d,]+\.\d\d/)
    }
  })

  test('turns around for Arabic: the description stands right of the amount, which ends its column', async () => {
    const lines = [lineOf(1, 'تصميم المعرض', 2n, 80n), lineOf(2, 'سفر', 1n, 9n)]
    const [page] = await read(inLayout(invoiceOf(lines, { language: 'ar-AE', currency: 'AED' }), layout))
    // The amount is the outermost column, so the leftmost piece of that text.
    const at = (text: string) => page?.pieces.filter((piece) => piece.text === text).sort((a, b) => a.x - b.x)[0]
    const [large, small] = [at('160.00'), at('9.00')]
    const names = page?.pieces.filter(({ text }) => /[\u0600-\u06ff]/.test(text) && text.includes('تصميم')) ?? []
    expect(Math.max(...names.map(({ x, width }) => x + width))).toBeGreaterThan((large?.x ?? 0) + 150)
    expect((large?.x ?? 0) + (large?.width ?? 0)).toBeCloseTo((small?.x ?? 0) + (small?.width ?? 0), 0)
  })

  test.each(['de-DE', 'fr-FR', 'es-ES', 'pt-PT', 'it-IT', 'nl-NL', 'hi-IN', 'ja-JP'])('speaks %s', async (language) => {
    const [page] = await read(inLayout(usualInvoice({ language, state: 'draft', number: null }), layout))
    expect(page?.text).not.toMatch(/Amount due|Description|Net total/)
    expect(page?.text).not.toContain('\ufffd')
  })
})

describe('a design', () => {
  const lines = [
    {
      ...lineOf(1, 'Chair', 4n, 100n),
      code: 'CH-4',
      hsn: '9401',
      taxAmounts: [
        { label: 'CGST', amountE4: amount(360_000n) },
        { label: 'SGST', amountE4: amount(360_000n) },
      ],
    },
  ]

  test('chooses columns, their order and their heads', async () => {
    const columns = [
      { key: 'amount', label: 'Value' },
      { key: 'description', label: 'What' },
      { key: 'hsn', label: null },
      { key: 'taxAmount', label: null },
    ] as const
    const [page] = await read(inLayout(invoiceOf(lines), 'plain', { columns: [...columns] }))
    expect(squeezed(page?.text)).toContain('Value What HSN/SAC CGST SGST')
    expect(squeezed(page?.text)).toContain('400.00 Chair')
    expect(page?.text).not.toContain('Quantity')
  })

  test('leaves out columns that no line fills and lets the description say what no column does', async () => {
    const bare = [{ ...lineOf(1, 'Chair', 4n, 100n), code: 'CH-4' }]
    const [dense] = await read(inLayout(invoiceOf(bare), 'dense'))
    expect(dense?.text).not.toContain('HSN')
    expect(dense?.text).not.toContain('Discount')
    const [plain] = await read(inLayout(invoiceOf(bare), 'plain'))
    expect(squeezed(plain?.text)).toContain('400.00 CH-4')
  })

  test('keeps room for the description on a narrow paper with every column', async () => {
    const wide = lines.map((line) => ({
      ...line,
      name: 'Dining chair of oak with linen seat',
      taxLabel: 'CGST + SGST 18 %',
    }))
    const design = { columns: designOf('dense').columns, textSize: 'large' } as const
    const [page] = await read(inLayout(invoiceOf(wide), 'letter', design))
    for (const piece of page?.pieces ?? []) expect(piece.x + piece.width).toBeLessThan(595 - 20)
    expect(squeezed(page?.text)).toContain('Dining chair')
  })

  test('orders and hides parts, and says own texts with their places filled in', async () => {
    const blocks = [
      { heading: null, text: 'The notes.', role: 'notes' as const },
      { heading: null, text: 'The terms.', role: 'terms' as const },
    ]
    const texts = {
      title: 'Tax invoice',
      header: 'Sent by hand',
      intro: 'Dear {client}, of {date}:',
      closing: 'Yours, until {due} {total} {other}',
      footer: 'The foot',
    }
    const design = { texts, blocks: ['terms', 'intro', 'lines', 'closing', 'legal'] } satisfies Partial<TemplateDesign>
    const [page] = await read(inLayout(usualInvoice({ blocks }), 'plain', design))
    const text = squeezed(page?.text)
    const order = [
      'Sent by hand',
      'Tax invoice',
      'The terms.',
      'Dear Northgate Museum Trust, of 3 March 2026:',
      'Net total',
      'Yours, until 2 April 2026 £6,371.00 {other}',
      'The foot',
    ]
    const places = order.map((part) => text.indexOf(part))
    expect(
      places.every((place) => place >= 0),
      JSON.stringify(places),
    ).toBe(true)
    expect(places).toEqual([...places].sort((left, right) => left - right))
    expect(text).not.toContain('The notes.')
    expect(text).not.toContain('Registered in England')
  })

  test('sets the text larger and the paper of its own choice', async () => {
    const [small, large] = [
      await read(inLayout(longInvoice(60), 'plain', { textSize: 'small' })),
      await read(inLayout(longInvoice(60), 'plain', { textSize: 'large', pageSize: 'LETTER' })),
    ]
    expect(large.length).toBeGreaterThan(small.length)
    expect(large[0]?.width).toBe(612)
  })
})

describe('what quotes, credit notes and final invoices add', () => {
  test('optional lines bear a mark and stay out of the carried sum', async () => {
    const document = longInvoice(60)
    const lines = document.lines.map((line, index) => ({ ...line, choice: index === 0 ? ('optional' as const) : null }))
    const [page] = await read({ ...document, kind: 'quote', lines })
    expect(page?.text).toContain('Optional · not in the total')
    const carried = figure(/Carried forward ([\d,.]+)/.exec(squeezed(page?.text))?.[1] ?? '')
    const shown = [...squeezed(page?.text).matchAll(/20 % ([\d,]+\.\d\d)/g)].map((match) => figure(match[1] ?? ''))
    expect(carried).toBe(shown.slice(1).reduce((sum, value) => sum + value, 0))
  })

  test('a credit note names the invoice it corrects, a final invoice the deposits it takes off', async () => {
    const [credit] = await read(
      usualInvoice({ kind: 'credit-note', original: { number: 'INV-2026-0007', issuedOn: '2026-02-03' } }),
    )
    expect(squeezed(credit?.text)).toContain('Corrects INV-2026-0007 of 3 February 2026')
    const deductions = [{ label: 'Deposit INV-2026-0007', amountE4: amount(12_000_000n), taxE4: amount(2_000_000n) }]
    const [final] = await read(usualInvoice({ deductions, prepaidE4: amount(0n) }))
    expect(squeezed(final?.text)).toContain('Deposit INV-2026-0007 (of which tax 200.00)')
    expect(squeezed(final?.text)).toContain('-1,200.00')
  })

  test('India: place of supply, reverse charge and the amount in words', async () => {
    const words = 'Rupees six thousand only'
    const [page] = await read(
      usualInvoice({ placeOfSupply: '27 Maharashtra', reverseCharge: false, amountInWords: words }),
    )
    expect(squeezed(page?.text)).toContain('Place of supply 27 Maharashtra')
    expect(squeezed(page?.text)).toContain('Reverse charge No')
    expect(squeezed(page?.text)).toContain(`In words ${words}`)
  })
})

const statementOf = (count: number, changes: Partial<PrintableStatement> = {}): PrintableStatement => {
  const cents = (value: number) => amount(BigInt(value) * 100n)
  let balance = 10_000
  const rows = Array.from({ length: count }, (_, index) => {
    const debit = index % 3 === 2 ? 0 : 12_000 + index
    const credit = index % 3 === 2 ? 9_000 : 0
    balance += debit - credit
    const text = credit > 0 ? `Payment PAY-${index}` : `Invoice INV-${index}`
    const dueOn = credit > 0 ? null : '2026-04-02'
    return { on: '2026-03-03', text, dueOn, debitE4: cents(debit), creditE4: cents(credit), balanceE4: cents(balance) }
  })
  return {
    language: 'en-GB',
    pageSize: 'A4',
    currency: 'GBP',
    minorUnits: 2,
    issuedOn: '2026-03-31',
    from: '2026-03-01',
    to: '2026-03-31',
    seller,
    buyer,
    openingE4: cents(10_000),
    rows,
    closingE4: cents(balance),
    ageing: [
      { label: 'Not due', amountE4: cents(5_000) },
      { label: '1–30 days', amountE4: cents(balance - 5_000) },
    ],
    blocks: [],
    footer: null,
    branding: { logo: null, accentColor: '#1f4e5f' },
    createdAt: '2026-03-31T09:00:00Z',
    ...changes,
  }
}

describe('a statement', () => {
  test.each(designLayouts)('in the %s manner has opening, rows, closing and ages, over pages', async (layout) => {
    const bytes = await renderStatementPdf(statementOf(80, { design: designOf(layout) }))
    const pages = await readPdf(bytes)
    expect(pages.length).toBeGreaterThan(1)
    const text = squeezed(pages.map((page) => page.text).join(' '))
    for (const part of [
      'Statement of account',
      '1 March 2026 to 31 March 2026',
      'Opening balance',
      '100.00',
      'Invoice INV-0',
      'Payment PAY-77',
      'Closing balance',
      'Not due',
      '1–30 days',
      'Northgate Museum Trust',
    ]) {
      expect(text, part).toContain(part)
    }
    expect(await renderStatementPdf(statementOf(80, { design: designOf(layout) }))).toEqual(bytes)
  })

  test('speaks the language of the client, right to left where that is so', async () => {
    const [page] = await readPdf(await renderStatementPdf(statementOf(3, { language: 'ar-AE' })))
    const at = (text: string) => page?.pieces.find((piece) => piece.text.includes(text))?.x ?? 0
    expect(at('INV-0')).toBeGreaterThan(at('220.00'))
    expect(page?.text).not.toContain('Balance')
  })
})

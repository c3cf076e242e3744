import { beforeAll, describe, expect, test } from 'vitest'
import { renderReportPdf } from '../../electron/pdf/render.ts'
import type { PrintableReport, ReportLine } from '../../shared/documents/printable-report.ts'
import { useFonts } from './fonts.ts'
import { type ReadPage, readPdf } from './read-pdf.ts'

beforeAll(useFonts)

const columnsOf = (labels: readonly string[]) => [
  { label: 'Client', align: 'start' as const },
  ...labels.map((label) => ({ label, align: 'end' as const })),
]
const figures = (count: number, value: number) =>
  Array.from({ length: count }, (_, at) => `${(value + at).toLocaleString('en-GB')}.00`)
const row = (name: string, count: number, value: number): ReportLine => ({
  kind: 'row',
  cells: [name, ...figures(count, value)],
})

const reportOf = (rows: readonly ReportLine[], labels: readonly string[], more: Partial<PrintableReport> = {}) =>
  ({
    language: 'en',
    pageSize: 'A4',
    business: 'Linden & Hale Studio Ltd',
    accentColor: '#2f5d50',
    title: 'Revenue by client',
    about: '1 April 2026 to 31 March 2027, by date of issue. Amounts in GBP.',
    madeOn: 'Drawn up on 21 November 2026',
    tables: [{ title: '', columns: columnsOf(labels), rows, notes: ['At the rate of each document.'] }],
    createdAt: '2026-11-21T09:00:00Z',
    ...more,
  }) satisfies PrintableReport

const read = async (report: PrintableReport) => readPdf(await renderReportPdf(report))
const endsOf = (page: ReadPage | undefined, texts: readonly string[]) =>
  texts.map((text) => {
    const piece = page?.pieces.find((it) => it.text === text)
    return Math.round(((piece?.x ?? 0) + (piece?.width ?? 0)) * 10)
  })
const inside = (pages: readonly ReadPage[]) => {
  for (const page of pages) {
    for (const { text, x, y, width } of page.pieces.filter((it) => it.text.trim() !== '')) {
      expect(x, text).toBeGreaterThan(40)
      expect(x + width, text).toBeLessThan(page.width - 40)
      expect(y, text).toBeGreaterThan(20)
    }
  }
}

describe('a report', () => {
  test('says what it is, of whom, over what, with its figures flush right and its sum', async () => {
    const rows = [row('Northgate Museum', 2, 1000), row('Alder & Sons', 2, 12)]
    const total = { kind: 'total' as const, cells: ['Total', '1,012.00', '1,014.00'] }
    const pages = await read(reportOf([...rows, total], ['Net', 'Total']))
    expect(pages).toHaveLength(1)
    const [page] = pages
    for (const part of [
      'Linden & Hale Studio Ltd',
      'Revenue by client',
      'by date of issue. Amounts in GBP.',
      'Northgate Museum',
      '1,001.00',
      'Total',
      '1,014.00',
      'At the rate of each document.',
      'Drawn up on 21 November 2026',
      'Page 1 of 1',
    ]) {
      expect(page?.text, part).toContain(part)
    }
    const ends = endsOf(page, ['1,000.00', '12.00', '1,012.00', 'Net'])
    expect(new Set(ends).size).toBe(1)
    inside(pages)
  })

  test('stands upright on the paper of the business, on its side where it is wide, smaller where it is wider', async () => {
    const narrow = await read(reportOf([row('A', 3, 1)], ['Net', 'Tax', 'Total'], { pageSize: 'LETTER' }))
    expect(narrow[0]).toMatchObject({ width: 612, height: 792 })
    const labels = (count: number) => Array.from({ length: count }, (_, at) => `Column ${at + 1} of them`)
    const wide = await read(reportOf([row('A', 8, 123_456)], labels(8), { pageSize: 'LETTER' }))
    expect(wide[0]).toMatchObject({ width: 792, height: 612 })
    const wider = await read(reportOf([row('A long name of a client', 15, 123_456_789)], labels(15)))
    expect(wider[0]?.width).toBeCloseTo(841.89, 1)
    for (const pages of [narrow, wide, wider]) inside(pages)
    for (let at = 0; at < 15; at += 1) expect(wider[0]?.text).toContain(`123,456,${789 + at}.00`)
  })

  test('repeats its head on each page, loses no row and leaves no sum alone', async () => {
    const name = (at: number) =>
      `Client ${String(at).padStart(3, '0')} ${at % 5 === 0 ? 'Rechtsanwälte und Steuerberater '.repeat(5) : ''}`
    const group = (currency: string, from: number): ReportLine[] => [
      { kind: 'group', cells: [currency] },
      ...Array.from({ length: 90 }, (_, at) => row(name(from + at), 8, 1000 * (from + at))),
      { kind: 'sum', cells: [`Total in ${currency}`, ...figures(8, 7_000_000)] },
    ]
    const rows = [...group('EUR', 0), ...group('GBP', 100)]
    const pages = await read(reportOf(rows, ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'], { title: 'Aged receivables' }))
    expect(pages.length).toBeGreaterThan(4)
    inside(pages)
    for (const [index, page] of pages.entries()) {
      expect(page.text).toContain(`Page ${index + 1} of ${pages.length}`)
      expect(page.text.match(/Aged receivables/g)).toHaveLength(1)
      expect(page.text).toMatch(/Client\s+A\s+B\s+C/)
      // A sum stands under a row of its own.
      if (page.text.includes('Total in')) expect(page.text).toMatch(/Client \d{3}[\s\S]*Total in/)
    }
    const all = pages.map(({ text }) => text).join(' ')
    for (let at = 0; at < 90; at += 1)
      for (const from of [0, 100]) {
        expect(all.match(new RegExp(name(from + at).slice(0, 10), 'g'))).toHaveLength(1)
      }
  })

  test('is the same file for the same tables, and writes names in any script', async () => {
    const report = reportOf([row('株式会社サンプル', 1, 1), row('شركة الأمل', 1, 2), row('राम एंड संस', 1, 3)], ['Total'])
    const [first, second] = [await renderReportPdf(report), await renderReportPdf(report)]
    expect(first).toEqual(second)
    const [page] = await readPdf(first)
    expect(page?.text).toContain('株式会社サンプル')
    expect(page?.text.replace(/\s+/g, ' ')).toContain('राम एंड संस')
  })
})

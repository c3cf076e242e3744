import { chromium, type Page } from '@playwright/test'
import { configureFonts } from '../../electron/pdf/faces.ts'
import { findFontDirectory } from '../../electron/pdf/font-directory.ts'
import { renderDocumentPdf } from '../../electron/pdf/render.ts'
import type { PrintableDocument } from '../../shared/documents/printable.ts'
import { formatAmountFigures, formatUnitPriceFigures } from '../../shared/money/format.ts'
import { longInvoice } from '../pdf/printables.ts'
import { ensureChromium } from '../support/browser.ts'
import { compare, type Measure, median } from './compare.ts'

const escaped = (text: string) => text.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`)

// The same content as a plain table; simpler than ours, which is to the browser's advantage.
const toHtml = (document: PrintableDocument) => `<!doctype html><style>
  body { font: 9pt 'Noto Sans', sans-serif } table { width: 100%; border-collapse: collapse } td { padding: 3pt; border-bottom: .5pt solid #ccc } .r { text-align: right }
  </style><h1>${escaped(document.number ?? '')}</h1><p>${escaped(document.seller.name)}</p><p>${escaped(document.buyer.name)}</p><table><thead><tr><th>#<th>Description<th>Qty<th>Price<th>Amount</thead>
  ${document.lines
    .map(
      (line) =>
        `<tr><td>${line.position}<td>${escaped(line.name)} ${escaped(line.description ?? '')}<td class=r>${line.quantityE6 / 1_000_000n} ${escaped(line.unit)}<td class=r>${formatUnitPriceFigures(line.priceE6, 2, 'en')}<td class=r>${formatAmountFigures(line.netE4, 2, 'en')}`,
    )
    .join('\n')}</table><p class=r>${formatAmountFigures(document.payableE4, 2, 'en')}</p>`

// No two runs print the same words: a renderer that remembers texts must not look better than it is.
const varied = (count: number, run: number): PrintableDocument => {
  const document = longInvoice(count, { number: `INV-${run}` })
  return { ...document, lines: document.lines.map((line) => ({ ...line, name: `${line.name} lot ${run * 7}` })) }
}

const against = async (
  page: Page,
  count: number,
  target: number,
  name: string,
  pairs: number,
  repeat: number,
): Promise<Measure> => {
  let run = 0
  let shown = -1
  // The browser prints a page that it has already laid out; navigation is not counted.
  const show = async () => {
    if (shown >= 0 && shown === Math.floor(run / 4)) return
    shown = Math.floor(run / 4)
    await page.setContent(toHtml(varied(count, run)))
  }
  await show()
  return await compare({
    name,
    target,
    pairs,
    repeat,
    warmUp: 4,
    ours: () => {
      run += 1
      return renderDocumentPdf(varied(count, run))
    },
    theirs: () => page.pdf({ format: 'A4' }),
    note: 'Chromium prints a page that is already laid out.',
  })
}

const growth = async (): Promise<Measure> => {
  const timed = async (count: number, turns: number) => {
    const times: number[] = []
    for (let turn = 0; turn < turns; turn += 1) {
      const document = varied(count, turn)
      const started = performance.now()
      await renderDocumentPdf(document)
      times.push(performance.now() - started)
    }
    return median(times)
  }
  const [hundred, thousand] = [await timed(100, 15), await timed(1000, 9)]
  const ratio = thousand / hundred
  const name = '9 own time of 1,000 lines / of 100'
  return {
    name,
    ratio,
    lowest: ratio,
    highest: ratio,
    oursMilliseconds: thousand,
    theirsMilliseconds: hundred,
    p95: null,
    p99: null,
    selfRatio: null,
    target: '<= 11',
    reached: ratio <= 11,
  }
}

/** Measures 8 and 9: PDFs of 10 and of 1,000 lines against Chromium printing the same content. */
export const measurePdf = async (): Promise<Measure[]> => {
  configureFonts(findFontDirectory(import.meta.url))
  const executablePath = ensureChromium()
  if (executablePath === null) throw new Error('There is no Chromium here to compare with.')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const page = await browser.newPage()
  const measures = [
    await against(page, 10, 0.6, '8 one-page invoice PDF, warm / Chromium printing the same content', 15, 4),
    await against(page, 1000, 1, '9 invoice of 1,000 lines / Chromium printing the same content', 15, 1),
    await growth(),
  ]
  await browser.close()
  return measures
}

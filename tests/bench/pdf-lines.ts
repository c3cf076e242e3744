import { configureFonts } from '../../electron/pdf/faces.ts'
import { findFontDirectory } from '../../electron/pdf/font-directory.ts'
import { renderDocumentPdf } from '../../electron/pdf/render.ts'
import type { PrintableDocument } from '../../shared/documents/printable.ts'
import { longInvoice, mixedInvoice } from '../pdf/printables.ts'

/** Milliseconds of one render of each kind, warm, with contents that differ from render to render. */
export type PdfTimes = { readonly name: string; readonly median: number; readonly least: number; readonly most: number }

const warmUps = 4

const timesOf = async (name: string, runs: number, make: (run: number) => PrintableDocument): Promise<PdfTimes> => {
  const times: number[] = []
  for (let run = 0; run < runs + warmUps; run += 1) {
    const document = make(run)
    const start = performance.now()
    await renderDocumentPdf(document)
    if (run >= warmUps) times.push(performance.now() - start)
  }
  times.sort((left, right) => left - right)
  return { name, median: times[Math.floor(runs / 2)] ?? 0, least: times[0] ?? 0, most: times.at(-1) ?? 0 }
}

// No two runs print the same words and numbers: a renderer that remembers texts must not look better than it is.
const lines = (count: number) => (run: number) => {
  const document = longInvoice(count, { number: `INV-${run + 1}` })
  return { ...document, lines: document.lines.map((line) => ({ ...line, name: `${line.name} lot ${run * 7 + 13}` })) }
}

/** Renders invoices of 10, 100 and 1,000 lines and one of many scripts. */
export const measurePdfLines = async (): Promise<readonly PdfTimes[]> => {
  configureFonts(findFontDirectory(import.meta.url))
  const measured: PdfTimes[] = []
  for (const [count, runs] of [
    [10, 21],
    [100, 15],
    [1000, 9],
  ] as const) {
    measured.push(await timesOf(`${count} lines`, runs, lines(count)))
  }
  measured.push(await timesOf('9 lines, 8 scripts', 15, (run) => mixedInvoice({ number: `INV-${run + 1}` })))
  return measured
}

if (process.argv[1] === import.meta.filename) {
  const measured = await measurePdfLines()
  for (const { name, median, least, most } of measured) {
    console.log(`${name.padEnd(20)} ${median.toFixed(1)} ms (${least.toFixed(1)} to ${most.toFixed(1)})`)
  }
  const [, hundred, thousand] = measured
  if (hundred && thousand) console.log(`t(1000)/t(100)       ${(thousand.median / hundred.median).toFixed(1)}`)
}

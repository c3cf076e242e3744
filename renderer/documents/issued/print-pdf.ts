import { openPdf } from '../../app/pdf-library.ts'
import classes from './print-pdf.module.css'

const pointsPerInch = 72

// A page of 300 dots an inch takes 35 MB while it waits for the printer: long documents make do with half of that.
const dotsPerInch = (pages: number): number => (pages <= 8 ? 300 : 150)

/**
 * Prints a PDF as it is, by the system's own dialog: its pages are drawn for the printer and stand alone on the paper.
 * A PDF in a frame would need a viewer, which the desktop app does not have. Resolves when the dialog is closed.
 */
export const printPdf = async (bytes: Uint8Array): Promise<void> => {
  // A dialog that was never answered leaves its pages behind.
  for (const left of document.querySelectorAll('[data-printed]')) left.remove()
  const pdf = await openPdf(bytes)
  const sheets = document.createElement('div')
  sheets.className = classes['sheets'] ?? ''
  sheets.dataset['printed'] = ''
  sheets.setAttribute('aria-hidden', 'true')
  try {
    const { numPages } = pdf.document
    for (let number = 1; number <= numPages; number += 1) {
      const page = await pdf.document.getPage(number)
      const viewport = page.getViewport({ scale: dotsPerInch(numPages) / pointsPerInch })
      const canvas = document.createElement('canvas')
      canvas.className = classes['sheet'] ?? ''
      canvas.width = Math.floor(viewport.width)
      canvas.height = Math.floor(viewport.height)
      await page.render({ canvas, viewport, intent: 'print' }).promise
      sheets.append(canvas)
    }
    document.body.append(sheets)
    const isOver = new Promise((resolve) => window.addEventListener('afterprint', resolve, { once: true }))
    window.print()
    await isOver
  } finally {
    sheets.remove()
    pdf.close()
  }
}

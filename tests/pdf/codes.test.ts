import { readFileSync } from 'node:fs'
import { decodeQR } from 'qr/decode.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { codeModules, swissCodeModules } from '../../electron/pdf/code-modules.ts'
import { readLogo } from '../../electron/pdf/logo.ts'
import { renderDocumentPdf } from '../../electron/pdf/render.ts'
import { type CodeAccount, choosePaymentCode, type PaymentCode } from '../../shared/documents/payment-code.ts'
import { epcPayload, swissPayload } from '../../shared/documents/payment-qr.ts'
import type { PrintableDocument, PrintablePayment } from '../../shared/documents/printable.ts'
import { type DesignLayout, designLayouts, designOf } from '../../shared/documents/template-design.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { paymentSamples } from '../support/payment-samples.ts'
import { useFonts } from './fonts.ts'
import { invoiceOf, lineOf, longInvoice, usualInvoice } from './printables.ts'
import { rasterise } from './rasterise.ts'
import { readPdf } from './read-pdf.ts'

beforeAll(useFonts)

const mm = 72 / 25.4
const account: CodeAccount = {
  holder: 'Kontor am See AG',
  iban: 'CH9300762011623852957',
  qrIban: 'CH4431999123000889012',
  bic: null,
  upiId: 'kontor@okbank',
  linkTemplate: 'https://pay.example/{number}',
}
const creditor = {
  name: 'Kontor am See AG',
  street: 'Seestrasse',
  buildingNumber: '12',
  postalCode: '8002',
  city: 'Zürich',
  country: 'CH',
}
const debtor = { ...creditor, name: 'Müller & Söhne', street: 'Rue du Lac', city: 'Genève', postalCode: '1201' }

const codeFor = (currency: string, own: Partial<CodeAccount> = {}): PaymentCode => {
  const request = { account: { ...account, ...own }, creditor, debtor, currency, amountE4: amountOf('6371') }
  const { code, problems } = choosePaymentCode({ ...request, number: 'INV-2026-0042' })
  if (code === null) throw new Error(JSON.stringify(problems))
  return code
}

const paymentOf = (code: PaymentCode): PrintablePayment => ({ heading: 'Payment', rows: [], link: null, code })

const german = { iban: 'DE71110220330123456789', qrIban: null } as const
const codes: readonly (readonly [name: string, code: () => PaymentCode])[] = [
  ['EPC', () => codeFor('EUR', german)],
  ['UPI', () => codeFor('INR')],
  ['link', () => codeFor('USD')],
]

/** The code of a page, found by the mark that says where it is drawn: the black squares of the largest picture. */
const scan = async (bytes: Uint8Array, page: number): Promise<string> => {
  const { width = 0, height = 0 } = (await readPdf(bytes))[page - 1] ?? {}
  return decodeQR(await rasterise(bytes, page, { x: 0, y: 0, width, height }, 3), { effort: 9, timeLimit: 5_000 })
}

const documentWith = (code: PaymentCode, layout: DesignLayout, changes: Partial<PrintableDocument> = {}) =>
  invoiceOf([lineOf(1, 'Work', 2n, 80n)], {
    supply: null,
    payment: paymentOf(code),
    design: designOf(layout),
    blocks: [],
    ...changes,
  })

describe('a code on paper', () => {
  test.each(designLayouts.flatMap((layout) => codes.map(([name, code]) => [layout, name, code] as const)))(
    'on the %s template, %s is read by a scanner as it was written',
    async (layout, _, code) => {
      const bytes = await renderDocumentPdf(documentWith(code(), layout))
      expect(await scan(bytes, 1)).toBe(code().text)
    },
  )

  test('on a paper that is read from right to left it is not mirrored', async () => {
    const code = codeFor('USD')
    const bytes = await renderDocumentPdf(documentWith(code, 'plain', { language: 'ar-AE' }))
    expect(await scan(bytes, 1)).toBe(code.text)
  })

  test('holds the most that EPC allows within version 13', () => {
    const payload = epcPayload({
      name: 'ü'.repeat(35),
      iban: 'DE71110220330123456789',
      bic: null,
      amountE4: amountOf('999999999.99'),
      purpose: 'CHAR',
      reference: null,
      text: 'x'.repeat(120),
      information: 'y'.repeat(50),
    })
    expect(payload.ok).toBe(true)
    expect(codeModules(payload.ok ? payload.text : '').length).toBeLessThanOrEqual(17 + 4 * 13)
  })

  test('can be switched off', async () => {
    const design = { ...designOf('plain'), show: { ...designOf('plain').show, paymentCode: false } }
    const bytes = await renderDocumentPdf(documentWith(codeFor('USD'), 'plain', { design }))
    await expect(scan(bytes, 1)).rejects.toThrow()
  })
})

describe('the Swiss slip', () => {
  const swiss = (layout: DesignLayout, changes: Partial<PrintableDocument> = {}) =>
    documentWith(codeFor('CHF'), layout, { language: 'de-CH', currency: 'CHF', ...changes })

  test.each(designLayouts)(
    'on the %s template it is read, cross and all, where the guidelines place it',
    async (layout) => {
      const bytes = await renderDocumentPdf(swiss(layout))
      const pages = await readPdf(bytes)
      // Code: 67 mm from the left, 17 mm below the upper edge of the slip, 46 mm wide; five around stay free.
      const region = { x: 62 * mm, y: 841.89 - (105 - 12) * mm, width: 56 * mm, height: 56 * mm }
      expect(decodeQR(await rasterise(bytes, pages.length, region, 6), { effort: 9, timeLimit: 5_000 })).toBe(
        codeFor('CHF').text,
      )
      const text = pages.at(-1)?.text
      expect(text).toContain('CH44 3199 9123 0008 8901 2')
      expect(text).toContain('6 371.00')
    },
  )

  test('has the cross of 7 mm in the middle of the code: black, with a white cross in it', async () => {
    const bytes = await renderDocumentPdf(swiss('plain'))
    const middle = { x: (67 + 23) * mm, y: 841.89 - (105 - 17 - 23) * mm }
    const side = 7 * mm
    const scale = 8
    const region = { x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side }
    const { data, width, height } = await rasterise(bytes, 1, region, scale)
    const shade = (x: number, y: number) => data[(Math.round(y * height) * width + Math.round(x * width)) * 4]
    for (const [x, y] of [
      [0.5, 0.5],
      [0.3, 0.5],
      [0.7, 0.5],
      [0.5, 0.3],
      [0.5, 0.7],
    ] as const)
      expect(shade(x, y), `${x} ${y}`).toBe(255)
    for (const [x, y] of [
      [0.2, 0.2],
      [0.8, 0.2],
      [0.2, 0.8],
      [0.12, 0.5],
    ] as const)
      expect(shade(x, y), `${x} ${y}`).toBe(0)
    expect(shade(0.03, 0.5)).toBe(255)
  })

  test('is read at every length of its message, small and large', async () => {
    const code = codeFor('CHF')
    if (code.kind !== 'swiss') throw new Error('not a Swiss code')
    for (const length of [0, 40, 90, 140]) {
      const made = swissPayload({ ...code.payment, message: 'ä'.repeat(length) })
      const text = made.ok ? made.text : ''
      const payment = paymentOf({ ...code, text })
      const bytes = await renderDocumentPdf(
        documentWith(code, 'plain', { payment, language: 'de-CH', currency: 'CHF' }),
      )
      const region = { x: 64 * mm, y: 841.89 - (105 - 14) * mm, width: 52 * mm, height: 52 * mm }
      for (const scale of [3, 4.17]) {
        expect(decodeQR(await rasterise(bytes, 1, region, scale), { effort: 9, timeLimit: 5_000 })).toBe(text)
      }
    }
  })

  test.each([
    ['de-CH', 'Zahlteil', 'Empfangsschein'],
    ['fr-CH', 'Section paiement', 'Récépissé'],
    ['it-CH', 'Sezione pagamento', 'Ricevuta'],
    ['en-GB', 'Payment part', 'Receipt'],
  ])('speaks %s', async (language, part, receipt) => {
    const text = (await readPdf(await renderDocumentPdf(swiss('plain', { language }))))[0]?.text
    expect(text).toContain(part)
    expect(text).toContain(receipt)
  })

  test('stands on the last page only, above nothing else, and on A4 also where Letter is asked for', async () => {
    for (const document of [longInvoice(45), usualInvoice(), longInvoice(9)]) {
      const pages = await readPdf(
        await renderDocumentPdf({ ...document, payment: paymentOf(codeFor('CHF')), pageSize: 'LETTER' }),
      )
      expect(pages.map(({ text }) => text.includes('Payment part'))).toEqual(
        pages.map((_, index) => index === pages.length - 1),
      )
      const last = pages.at(-1)
      expect(last?.width).toBeCloseTo(595.28, 1)
      const inSlip = last?.pieces.filter(({ y, text }) => y < 105 * mm && text.trim() !== '') ?? []
      expect(inSlip.map(({ text }) => text).join(' ')).not.toMatch(/Page|Terms|Amount due|Registered/)
    }
  })

  test('is left out of drafts, void documents and where the design says so', async () => {
    const design = { ...designOf('plain'), show: { ...designOf('plain').show, paymentSlip: false } }
    for (const changes of [{ state: 'draft', number: null }, { state: 'void' }, { design }] as const) {
      const [page] = await readPdf(await renderDocumentPdf(swiss('plain', { language: 'en-GB', ...changes })))
      expect(page?.text).not.toContain('Payment part')
    }
  })
})

describe('official examples', () => {
  const samples = paymentSamples()

  test.skipIf(samples === null)('codes made from the Swiss texts say the same as the official pictures', async () => {
    const { loadPng } = await import('./load-png.ts')
    for (const { txt, png } of samples?.swiss ?? []) {
      const bytes = readFileSync(png)
      expect(readLogo(bytes).format).toBe('png')
      const official = decodeQR(loadPng(bytes), { effort: 9, timeLimit: 5_000 }).replace(/\r\n/g, '\n')
      expect(official.trimEnd(), png).toBe(readFileSync(txt, 'utf8').replace(/\r\n/g, '\n').trimEnd())
      const modules = swissCodeModules(official)
      expect(modules.length, png).toBeLessThanOrEqual(17 + 4 * 25)
      expect(decodeQR(pixelsOf(modules))).toBe(official)
    }
  })
})

/** Squares of a code as an image of four pixels a square with its quiet zone. */
const pixelsOf = (modules: readonly (readonly boolean[])[]) => {
  const unit = 4
  const size = (modules.length + 8) * unit
  const data = new Uint8Array(size * size * 4).fill(255)
  for (const [row, cells] of modules.entries()) {
    for (const [column, isDark] of cells.entries()) {
      if (!isDark) continue
      for (let y = 0; y < unit; y += 1) {
        const at = (((row + 4) * unit + y) * size + (column + 4) * unit) * 4
        for (let x = 0; x < unit; x += 1) data.fill(0, at + x * 4, at + x * 4 + 3)
      }
    }
  }
  return { width: size, height: size, data }
}

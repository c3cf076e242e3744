import { beforeAll, describe, expect, test } from 'vitest'
import { loadFaces } from '../../electron/pdf/faces.ts'
import { runsOf, widthOf } from '../../electron/pdf/measure-text.ts'
import { renderDocumentPdf, undrawableCharacters } from '../../electron/pdf/render.ts'
import { directionOf, hasRightToLeft } from '../../electron/pdf/text-runs.ts'
import { wrapText } from '../../electron/pdf/wrap-text.ts'
import type { PrintableDocument } from '../../shared/documents/printable.ts'
import { useFonts } from './fonts.ts'
import { invoiceOf, lineOf, mixedInvoice, mixedNames } from './printables.ts'
import { missingGlyph, type ReadPage, readPdf } from './read-pdf.ts'

beforeAll(async () => {
  useFonts()
  await loadFaces(['latin', 'devanagari', 'arabic', 'hebrew', 'han'])
})

const readFirst = async (document: PrintableDocument): Promise<ReadPage> => {
  const [page] = await readPdf(await renderDocumentPdf(document))
  if (!page) throw new Error('the file has no page')
  return page
}

const readName = (name: string): Promise<ReadPage> => readFirst(invoiceOf([lineOf(1, name, 1n, 10n)]))

/** All that is drawn, in the order of drawing: from left to right within a line. */
const drawn = (page: ReadPage): string =>
  page.runs
    .flat()
    .map(({ unicode }) => unicode)
    .join('')

const sortedCharacters = (text: string): string => [...text.replace(/\s/g, '')].sort().join('')

describe('many scripts in one document', () => {
  test('every character of the input can be read back', async () => {
    const page = await readFirst(mixedInvoice())
    const present = new Set(page.runs.flatMap((run) => run.flatMap(({ unicode }) => [...unicode.normalize('NFC')])))
    for (const name of [...mixedNames, 'مكتب الخليج', 'شارع الشيخ زايد', '阿联酋']) {
      const missing = [...name.normalize('NFC')].filter((character) => character !== ' ' && !present.has(character))
      expect(missing, name).toEqual([])
    }
  })

  test('no glyph is the box of a missing character', async () => {
    const page = await readFirst(mixedInvoice())
    const boxes = page.runs.flat().filter(({ unicode }) => unicode === missingGlyph)
    expect(boxes).toEqual([])
    for (const name of mixedNames) {
      for (const { face, text } of runsOf(name, 'regular')) {
        const glyphs = face.program.layout(text).glyphs
        expect(
          glyphs.every(({ id }) => id % 65_536 !== 0),
          `${face.name}: ${text}`,
        ).toBe(true)
      }
    }
  })

  test.each(mixedNames)('%s is read back as it was written', async (name) => {
    const page = await readName(name)
    // All other texts are the same, so the whole is compared as a bag of characters: marks may be drawn out of order.
    const base = sortedCharacters((await readName('')).text)
    expect(sortedCharacters(page.text.normalize('NFC'))).toBe(sortedCharacters(base + name.normalize('NFC')))
  })

  test('headings in the scripts are drawn too', async () => {
    const names = ['Ελληνική', 'Общество', 'शर्मा', 'شركة', 'חברה', '北京', '株式会社']
    const present = (
      await Promise.all(names.map((name) => readFirst(invoiceOf([], { blocks: [{ heading: name, text: 'x' }] }))))
    ).map((page) => page.runs.flat())
    for (const glyphs of present) expect(glyphs.filter(({ unicode }) => unicode === missingGlyph)).toEqual([])
  })

  test('the language alone may need a script: months of a Chinese date', async () => {
    const page = await readFirst(invoiceOf([lineOf(1, 'Plain', 1n, 10n)], { language: 'zh-CN' }))
    expect(page.text.replace(/\s/g, '')).toContain('2026年3月3日')
  })
})

describe('right to left', () => {
  test('a Hebrew name is drawn from right to left and read back in order', async () => {
    const page = await readName('חברת הדקל')
    expect(drawn(page)).toContain([...'חברת הדקל'].reverse().join(''))
    expect(page.text).toContain('חברת הדקל')
  })

  test('Arabic letters join: the middle of a word has other shapes than letters alone', () => {
    const shapes = (text: string) =>
      runsOf(text, 'regular').flatMap(({ face, text: run }) =>
        face.program.layout(run).glyphs.map(({ id }) => id % 65_536),
      )
    const alone = new Set([...'شركة'].flatMap(shapes))
    expect(shapes('شركة').filter((id) => !alone.has(id)).length).toBeGreaterThan(1)
  })

  test('figures inside right-to-left text keep their order, brackets are mirrored', async () => {
    const line =
      drawn(await readName('חברה (1234) בע'))
        .split('Amount')
        .at(1) ?? ''
    expect(line.indexOf('עב')).toBeGreaterThanOrEqual(0)
    expect(line.indexOf('עב')).toBeLessThan(line.indexOf('1234'))
    expect(line.indexOf('1234')).toBeLessThan(line.indexOf('הרבח'))
    // As seen: an opening bracket to the left of the figures, a closing one to the right.
    expect(line.slice(0, line.indexOf('1234'))).toMatch(/\([^)]*$/)
  })

  test('in a left-to-right line only the foreign words turn around', async () => {
    const line =
      drawn(await readName('Ref שלום 12 for branch'))
        .split('Amount')
        .at(1) ?? ''
    expect(line).toContain('Ref ')
    expect(line.indexOf('Ref')).toBeLessThan(line.indexOf('12'))
    expect(line.indexOf('12')).toBeLessThan(line.indexOf('םולש'))
    expect(line.indexOf('םולש')).toBeLessThan(line.indexOf('for branch'))
  })
})

describe('wrapped right-to-left text', () => {
  test('each line keeps the direction of its paragraph, whatever word it begins with', () => {
    const paragraph = 'هذا وصف طويل (Alpha) ثم Beta كلمات عربية أخرى و Gamma في النهاية'
    for (const width of [60, 80, 100, 140]) {
      for (const line of wrapText(paragraph, 'regular', 9, width)) {
        if (hasRightToLeft(line)) expect(directionOf(line), line).toBe('rtl')
        expect(widthOf(line, 'regular', 9)).toBeLessThanOrEqual(width)
      }
    }
  })

  test('a description that is wrapped is drawn without marks or boxes', async () => {
    const description = 'وصف English ثم '.repeat(20)
    const page = await readFirst(invoiceOf([{ ...lineOf(1, 'Name', 1n, 10n), code: 'A-1', description }]))
    expect(page.runs.flat().filter(({ unicode }) => unicode === missingGlyph || unicode === '\ufffd')).toEqual([])
    expect(page.text.match(/English/g)).toHaveLength(20)
  })
})

describe('hostile and odd texts', () => {
  test('control and direction characters are stripped, so that a name cannot turn the figures around', async () => {
    const hostile = 'Evil\u202e00.01\u202c \u2066Ltd\u2069\u0000\u0007\u001b[31m\u200f\ufeff\u00ad\u{e0041}'
    const page = await readName(hostile)
    expect(page.text).toContain('Evil00.01 Ltd[31m')
    const unwanted = page.runs.flat().filter(({ unicode }) => /[\p{Cc}\p{Cf}]/u.test(unicode))
    expect(unwanted).toEqual([])
  })

  test('a character that no font has becomes a mark, and can be asked for beforehand', async () => {
    const document = invoiceOf([lineOf(1, 'Tea 🍵 ชา 한국', 1n, 10n)])
    expect(await undrawableCharacters(document)).toEqual(['🍵', 'ช', 'า', '한', '국'])
    expect(await undrawableCharacters(mixedInvoice())).toEqual([])
    const page = await readFirst(document)
    expect(page.text).toContain('Tea \ufffd \ufffd\ufffd \ufffd\ufffd')
    expect(page.runs.flat().filter(({ unicode }) => unicode === missingGlyph)).toEqual([])
  })

  test('lone surrogates, combining marks without a letter and joiners do no harm', async () => {
    const page = await readName('\ud800x \u0301\u0301 न\u200dम \u200c z\udfff')
    expect(page.text).toContain('\ufffdx')
    expect(page.runs.flat().filter(({ unicode }) => unicode === missingGlyph)).toEqual([])
  })

  test('decomposed letters are composed before they are drawn', async () => {
    expect((await readName('Dvor\u030ca\u0301k')).text).toContain('Dvořák')
  })

  test('text that looks like commands of the file format is only text', async () => {
    const text = '(\\) Tj ET Q endstream endobj <</JS (app.alert(1))>> %%EOF'
    expect((await readName(text)).text.replace(/\s+/g, '')).toContain(text.replace(/\s+/g, ''))
  })
})

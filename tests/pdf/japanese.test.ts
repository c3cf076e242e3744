import { beforeAll, describe, expect, test } from 'vitest'
import { handOf } from '../../electron/pdf/faces.ts'
import { renderDocumentPdf } from '../../electron/pdf/render.ts'
import { useFonts } from './fonts.ts'
import { invoiceOf, lineOf } from './printables.ts'
import { missingGlyph, readPdf } from './read-pdf.ts'

beforeAll(() => useFonts())

/** The Chinese and Japanese faces that a file carries. */
const hands = (bytes: Uint8Array): string[] => {
  const names = Buffer.from(bytes)
    .toString('latin1')
    .matchAll(/\/BaseFont \/[A-Z]{6}\+([\w-]+)/g)
  return [...new Set([...names].map((match) => match[1] ?? ''))].filter((name) => /SC|JP/.test(name)).sort()
}

const drawn = (language: string, name: string) => renderDocumentPdf(invoiceOf([lineOf(1, name, 1n, 10n)], { language }))

describe('what Chinese and Japanese both write', () => {
  test('is drawn in the hand of the language of the paper', async () => {
    expect(hands(await drawn('ja', '直角の骨材'))).toEqual(['NotoSansJP-Regular'])
    expect(hands(await drawn('en-GB', '直角骨材'))).toEqual(['NotoSansSC-Regular'])
  })

  test('is Japanese where the text has kana, whatever the language', async () => {
    expect(handOf('en-GB', ['直角', 'サービス料'])).toBe('japanese')
    expect(handOf('de', ['直角'])).toBe('han')
    expect(hands(await drawn('en-GB', '桜のサービス料'))).toEqual(['NotoSansJP-Regular'])
  })

  test('a simplified sign on a Japanese paper comes from the Chinese face, and nothing becomes a box', async () => {
    const bytes = await drawn('ja', '请求书 請求書')
    expect(hands(bytes)).toEqual(['NotoSansJP-Regular', 'NotoSansSC-Regular'])
    const [page] = await readPdf(bytes)
    const signs = page?.runs.flat() ?? []
    expect(signs.filter(({ unicode }) => unicode === missingGlyph)).toEqual([])
    expect(signs.map(({ unicode }) => unicode).join('')).toContain('请求书')
  })

  test('the same paper has the same bytes, whatever was drawn before it', async () => {
    const first = await drawn('ja', '直角の骨材')
    await drawn('zh', '请求书')
    expect(await drawn('ja', '直角の骨材')).toEqual(first)
  })
})

import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { printableLine, printableText } from '../../electron/pdf/clean-text.ts'
import { configureFonts } from '../../electron/pdf/faces.ts'
import { findFontDirectory } from '../../electron/pdf/font-directory.ts'
import { renderDocumentPdf } from '../../electron/pdf/render.ts'
import { sources } from '../architecture/sources.ts'
import { usualInvoice } from '../pdf/printables.ts'
import { readPdf } from '../pdf/read-pdf.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

// Pictures that are no pictures, damaged ones and huge ones are in tests/pdf/logo.test.ts.

let workspace: Workspace
beforeAll(async () => {
  configureFonts(findFontDirectory(import.meta.url))
  workspace = await openWorkspace()
})
afterAll(() => workspace.close())

const utf8 = (text: string) => new TextEncoder().encode(text)
const pngHead = (width: number, height: number) => {
  const bytes = Buffer.alloc(60)
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(bytes)
  bytes.writeUInt32BE(13, 8)
  bytes.write('IHDR', 12)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  bytes[24] = 8
  bytes[25] = 6
  deflateSync(Buffer.alloc(4)).copy(bytes, 45)
  return new Uint8Array(bytes)
}

describe('a logo', () => {
  test.each<[string, Uint8Array]>([
    ['an address', utf8('http://127.0.0.1:1/logo.png')],
    ['a path', utf8('/etc/passwd')],
    ['a data address', utf8('data:image/png;base64,iVBORw0KGgo=')],
    [
      'an SVG with a script',
      utf8('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>1</script></svg>'),
    ],
    ['an HTML page named as a picture', utf8('<html><script>1</script>')],
    ['a PDF', utf8('%PDF-1.7')],
    ['a picture of 26 million pixels', pngHead(5200, 5001)],
    ['a picture of four billion pixels', pngHead(65_535, 65_535)],
    ['a picture whose size overflows', pngHead(0xffffffff, 0xffffffff)],
  ])('that is %s is refused where it comes in', async (_name, content) => {
    const { version } = await workspace.call('organizations.get', {})
    const refused = workspace.callRaw('organizations.setLogo', { version, logo: { fileName: 'logo.png', content } })
    await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(/VALIDATION|FILE_REFUSED/) })
  })

  test('goes to the renderer as bytes from our own store, never as an address', () => {
    const drawing = sources.filter(
      ({ path, text }) => path.startsWith('electron/') && /createElement\(Image\b|<Image\b/.test(text),
    )
    expect(drawing.map(({ path }) => path)).toEqual(['electron/pdf/render.ts'])
    expect(drawing[0]?.text).toContain('{ data: Buffer.from(logo.bytes), format: logo.format }')
    expect(
      sources
        .filter(
          ({ path, text }) =>
            path.startsWith('electron/pdf/') && /\bfetch\(|https?\.request|node:https?'|registerEmojiSource/.test(text),
        )
        .map(({ path }) => path),
    ).toEqual([])
  })
})

describe('a name', () => {
  const hostile = 'Evil\u202e00.001\u202c \u2066Ltd\u2069\u0000\u0007\u001b[31m\u200f\ufeff\u00ad\u{e0041}\ud800\u2028x'

  test('keeps nothing that turns the figures beside it around, or hides', () => {
    for (const clean of [printableText(hostile), printableLine(hostile)]) {
      expect(clean).not.toMatch(
        /(?!\n)\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u{e0000}-\u{e007f}]|\p{Surrogate}/u,
      )
    }
    expect(printableLine('a\r\nb\u2028c')).toBe('a b c')
  })

  test('is printed without them, in a file that runs nothing', async () => {
    const document = usualInvoice({ footer: `${hostile} /JavaScript (app.alert(1)) /OpenAction` })
    const bytes = await renderDocumentPdf(document)
    const text = (await readPdf(bytes)).map((page) => page.text).join(' ')
    expect(text).toContain('Evil00.001')
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
    expect(Buffer.from(bytes).toString('latin1')).not.toMatch(
      /\/(JavaScript|JS|OpenAction|Launch|EmbeddedFile|SubmitForm|AA)\b/,
    )
  })
})

test.each([
  'javascript:alert(1)',
  'http://pay.example/{number}',
  'file:///etc/passwd',
  'data:text/html,x',
  'https://user@pay.example/',
  '//pay.example',
  'smb://x/y',
])('a payment link %s is refused', async (linkTemplate) => {
  const made = workspace.callRaw('paymentAccounts.create', { label: 'Link', holder: 'Linden Ltd', linkTemplate })
  await expect(made).rejects.toMatchObject({ code: 'VALIDATION' })
})

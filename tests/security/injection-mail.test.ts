import { createRequire } from 'node:module'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { buildMessage } from '../../electron/mail/message.ts'
import { renderMessage } from '../../electron/mail/template.ts'
import { textToHtml } from '../../electron/mail/text-to-html.ts'
import { compareVersions } from '../../electron/updater/version.ts'
import { readText, sources } from '../architecture/sources.ts'
import { message } from '../mail/setup.ts'

// Header injection by each field is in tests/mail/bad-input.test.ts, TLS in tests/mail/faults.test.ts, what templates may
// name in tests/mail/template.test.ts.

describe('the mailer', () => {
  test('is none of the versions with holes in their headers', () => {
    const { version }: { version: string } = createRequire(import.meta.url)('nodemailer/package.json')
    expect(compareVersions(version, '10.6.0')).toBeGreaterThanOrEqual(0)
    expect(JSON.parse(readText('package.json')).dependencies.nodemailer).toMatch(/^\d+\.\d+\.\d+$/)
  })

  const composed = async (changes: Record<string, unknown>): Promise<string> => {
    // What a caller without types could hand over: nodemailer reads such objects as files and addresses to fetch.
    const built = await buildMessage({ ...message(), ...changes } as unknown as ReturnType<typeof message>).catch(
      (error: unknown) => String(error),
    )
    return typeof built === 'string' ? built : built.raw.toString()
  }

  test.each<[string, Record<string, unknown>]>([
    ['text', { text: { path: '/etc/passwd' } }],
    ['HTML', { html: { path: '/etc/passwd' } }],
    ['text by address', { text: { href: 'http://127.0.0.1:1/secret' } }],
    ['HTML by address', { html: { href: 'file:///etc/passwd' } }],
    [
      'attachment',
      { attachments: [{ fileName: 'a.txt', contentType: 'text/plain', content: { path: '/etc/passwd' } }] },
    ],
    [
      'attachment by path',
      {
        attachments: [
          { fileName: 'a.txt', contentType: 'text/plain', content: new Uint8Array(1), path: '/etc/passwd' },
        ],
      },
    ],
    ['raw message', { raw: { path: '/etc/passwd' } }],
  ])('reads no file and no address as %s', async (_name, changes) => {
    const raw = await composed(changes)
    expect(raw).not.toContain('root:')
    expect(raw).not.toContain(Buffer.from('root:').toString('base64').slice(0, 6))
  })

  test('puts nothing into headers that the fields do not name', async () => {
    const built = await composed({
      headers: { 'X-Evil': 'yes' },
      list: { unsubscribe: 'a\r\nBcc: x@evil.example' },
      envelope: { to: ['x@evil.example'], size: '1\r\nRCPT TO:<x@evil.example>' },
      icalEvent: 'x',
      dkim: {},
    })
    const { headers } = await PostalMime.parse(built)
    expect(headers.map(({ key }) => key).filter((key) => /evil|list|bcc|dkim/.test(key))).toEqual([])
  })

  test('is shut wherever a message is composed', () => {
    const composing = sources.filter(
      ({ text, path }) => path.startsWith('electron/') && /new MailComposer|createTransport/.test(text),
    )
    expect(composing).toHaveLength(1)
    for (const { path, text } of composing)
      expect(`${path} ${/disableFileAccess: true/.test(text) && /disableUrlAccess: true/.test(text)}`).toBe(
        `${path} true`,
      )
    const session = readText('electron/mail/session.ts')
    expect(session).toContain('rejectUnauthorized: true')
    expect(session).toContain("minVersion: 'TLSv1.2'")
  })
})

describe('a template', () => {
  const values = {
    'client.name': '<img src=x onerror=alert(1)> {{business.name}} https://pay.example javascript:alert(1)',
    'business.name': 'Linden',
  }

  test('is filled with text, never with markup or with another template', () => {
    const { html, body } = renderMessage({ subject: 'x', body: 'Hello {{client.name}}' }, values)
    expect(body).toContain('{{business.name}}')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).not.toMatch(/<img|<script|<iframe|<style[^>]*@import/i)
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address)).toEqual(['https://pay.example/'])
  })

  test('gives HTML without anything that runs, loads or leaves, for any text', () => {
    for (const text of [
      '<svg/onload=alert(1)>',
      '"><script>1</script>',
      '<a href="javascript:1">x</a>',
      '<base href=//evil>',
      '<meta http-equiv=refresh content=0>',
      '<form action=//evil>',
      '&lt;script&gt;',
      '<!--',
      ']]>',
      'https://x.example"onmouseover="1',
      'https://x.example/<script>',
    ]) {
      const inner = /<body[^>]*>(.*)<\/body>/s.exec(textToHtml(text))?.[1] ?? ''
      expect(inner.replace(/<\/?(p|br|span|a)( (dir="(ltr|rtl)"|href="https:\/\/[^"<>]*"))*>/g, '')).not.toMatch(/[<>]/)
    }
  })

  test('is previewed as text: the page has no frame to run a message in', () => {
    const frames = sources.filter(
      ({ path, text }) =>
        path.startsWith('renderer/') &&
        /<iframe|srcDoc|srcdoc|createElement\('iframe'\)|insertAdjacentHTML|outerHTML\s*=|document\.write/.test(text),
    )
    expect(frames.map(({ path }) => path)).toEqual([])
  })
})

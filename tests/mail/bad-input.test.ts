import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { checkAccount, type SmtpAccount } from '../../electron/mail/account.ts'
import { checkAddress, hostToAscii } from '../../electron/mail/address.ts'
import { MailError } from '../../electron/mail/mail-error.ts'
import { buildMessage, type MailMessage } from '../../electron/mail/message.ts'
import { account, failureOf, message } from './setup.ts'

const content = new Uint8Array([1, 2, 3])
const pdf = { fileName: 'a.pdf', contentType: 'application/pdf', content }
const injections = ['\r\nBcc: evil@x.com', '\nBcc: evil@x.com', '\rBcc: evil@x.com', '\0', '\u000b', '\u007f']

const places: Readonly<Record<string, (bad: string) => Partial<MailMessage>>> = {
  subject: (bad) => ({ subject: `Invoice${bad}` }),
  'sender name': (bad) => ({ from: { name: `Ada${bad}`, address: 'ada@ink.example' } }),
  'sender address': (bad) => ({ from: { address: `ada@ink.example${bad}` } }),
  'recipient name': (bad) => ({ to: [{ name: `Bo${bad}`, address: 'bo@x.com' }] }),
  'recipient address': (bad) => ({ to: [{ address: `bo@x.com${bad}` }] }),
  'local part': (bad) => ({ to: [{ address: `bo${bad}@x.com` }] }),
  'copy recipient': (bad) => ({ cc: [{ address: `bo@x.com${bad}` }] }),
  'blind copy recipient': (bad) => ({ bcc: [{ address: `bo@x.com${bad}` }] }),
  'reply-to': (bad) => ({ replyTo: { name: `Bo${bad}`, address: 'bo@x.com' } }),
  'file name': (bad) => ({ attachments: [{ ...pdf, fileName: `a${bad}.pdf` }] }),
  'content type': (bad) => ({ attachments: [{ ...pdf, contentType: `application/pdf${bad}` }] }),
  'message id': (bad) => ({ messageId: `<a${bad}@x.com>` }),
}

describe('header injection', () => {
  it.each(Object.keys(places))('through the %s is refused', async (place) => {
    for (const bad of injections) {
      const error = await failureOf(buildMessage(message(places[place]?.(bad))))
      expect(error).toMatchObject({ code: 'invalid-message', step: 'message', permanent: true })
    }
  })

  it.each(['host', 'user'] as const)('through the %s is refused', (field) => {
    for (const bad of injections) {
      const own: SmtpAccount = account(25, { security: 'tls', host: 'x.com', user: 'ada', [field]: `x.com${bad}` })
      expect(() => checkAccount(own, 'secret')).toThrow(MailError)
    }
  })

  it('names the place and what is wrong there', async () => {
    const error = await failureOf(buildMessage(message({ subject: 'a\r\nBcc: x@y.com' })))
    expect(error.message).toBe('The subject contains a line break, which is not allowed in a mail. Remove it.')
    const name = await failureOf(buildMessage(message({ to: [{ name: 'a\0', address: 'a@x.com' }] })))
    expect(name.message).toContain('The name of the recipient contains a NUL character')
  })

  it('is impossible with any text: what is taken comes back as the one header it was', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(text, text, async (subject, name) => {
        const built = await buildMessage(message({ subject, to: [{ name, address: 'bo@x.com' }] })).catch(
          (error: unknown) => {
            if (error instanceof MailError) return null
            throw error
          },
        )
        if (built === null) return
        const mail = await PostalMime.parse(built.raw)
        const keys = mail.headers.map((one) => one.key).sort()
        expect(new Set(keys).size).toBe(keys.length)
        expect(keys).not.toContain('bcc')
        expect(mail.to).toMatchObject([{ address: 'bo@x.com' }])
      }),
      { numRuns: 300 },
    )
  })
})

describe('an address', () => {
  it.each([
    'j@x.com',
    'a.b+c@sub.example.co.uk',
    "o'neil@x.com",
    'ada@bücher.example',
    'ada@日本.jp',
    'A_1-2@x-y.com',
    ' a@x.com ',
  ])('%s is taken', (address) => {
    expect(checkAddress(address)).toHaveProperty('ascii')
  })

  it('has its international domain in ASCII on the line', () => {
    expect(checkAddress('ada@bücher.example')).toEqual({
      ascii: 'ada@xn--bcher-kva.example',
      given: 'ada@bücher.example',
    })
  })

  it.each([
    '',
    ' ',
    'ada',
    '@x.com',
    'ada@',
    'ada@x',
    'ada@x..com',
    'ada@-x.com',
    'ada@x.com.',
    'a b@x.com',
    '.a@x.com',
    'a.@x.com',
    'a..b@x.com',
    'a@b@x.com',
    'a@x.com,b@x.com',
    'a@x.com;b@x.com',
    '<a@x.com>',
    'Ada <a@x.com>',
    '"a b"@x.com',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a@x.com/y',
    'a@x%2ecom',
    'a@x.com>SIZE=1',
    'é@x.com',
    `${'a'.repeat(65)}@x.com`,
    `a@${'b'.repeat(64)}.com`,
    `a@${'b.'.repeat(130)}com`,
  ])('%j is refused with a reason', (address) => {
    expect(checkAddress(address)).toHaveProperty('problem')
  })

  it('is named with its reason', async () => {
    const error = await failureOf(buildMessage(message({ to: [{ address: 'bo.client.example' }] })))
    expect(error.message).toBe('The recipient address "bo.client.example" has no @. Correct it.')
  })
})

describe('a message', () => {
  it.each<[string, Partial<MailMessage>]>([
    ['no recipient', { to: [] }],
    ['500 characters', { subject: 'x'.repeat(501) }],
    ['no file name', { attachments: [{ ...pdf, fileName: ' ' }] }],
    ['content type', { attachments: [{ ...pdf, contentType: 'message/rfc822' }] }],
    ['content type', { attachments: [{ ...pdf, contentType: 'pdf' }] }],
    ['not of the form', { messageId: 'abc@x.com' }],
    ['not a date', { date: new Date(Number.NaN) }],
    ['501 recipients', { to: Array.from({ length: 501 }, (_, index) => ({ address: `a${index}@x.com` })) }],
  ])('is refused with "%s"', async (text, changes) => {
    expect((await failureOf(buildMessage(message(changes)))).message).toContain(text)
  })
})

describe('an account', () => {
  it.each([
    '',
    '  ',
    'https://smtp.x.com',
    'smtp.x.com:587',
    'smtp x.com',
    'smtp.x.com/',
    'a@x.com',
    'x..com',
    'x.com.',
    '256.1.1.1',
    '1.2.3',
    '::g',
    '<x>',
  ])('is refused with the host %j', (host) => {
    expect(() => checkAccount(account(587, { host, security: 'tls' }), null)).toThrow(/host name/)
  })

  it.each(['smtp.x.com', 'localhost', '10.0.0.1', '::1', 'fe80::1', 'mail.bücher.example'])(
    'is taken with the host %s',
    (host) => {
      expect(checkAccount(account(587, { host, security: 'tls' }), null).host).toBe(hostToAscii(host))
    },
  )

  it.each([0, -1, 65_536, 1.5, Number.NaN])('is refused with the port %s', (port) => {
    expect(() => checkAccount(account(port), null)).toThrow(/is no port/)
  })

  it.each(['localhost', '127.0.0.1', '127.9.9.9', '::1'])('may be unencrypted at %s', (host) => {
    expect(checkAccount(account(25, { host }), null).security).toBe('none')
  })

  it.each(['10.0.0.1', 'localhost.example', '127.0.0.1.example', '0.0.0.0', 'smtp.x.com'])(
    'may not be unencrypted at %s',
    (host) => {
      expect(() => checkAccount(account(25, { host }), null)).toThrow(/unencrypted/)
      expect(checkAccount(account(25, { host, allowInsecure: true }), null).security).toBe('none')
    },
  )
})

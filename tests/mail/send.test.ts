import { createHash } from 'node:crypto'
import PostalMime from 'postal-mime'
import { afterEach, describe, expect, it } from 'vitest'
import { createMailTransport, sendMail, verifyAccount } from '../../electron/mail/smtp.ts'
import { startSmtpServer, type TestSmtpOptions, type TestSmtpServer } from '../support/smtp-server.ts'
import { account, message, options, serverCertificate } from './setup.ts'

let server: TestSmtpServer
async function start(settings: TestSmtpOptions = {}): Promise<TestSmtpServer> {
  server = await startSmtpServer(settings)
  return server
}
afterEach(() => server.stop())

const users = { ada: 'paß wörd:"1"' }
const everyByte = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7 + (index >> 8)) & 255)

async function parseLast() {
  const [mail] = await server.waitFor(1)
  if (mail === undefined) throw new Error('no mail')
  return PostalMime.parse(mail.raw)
}

describe('a sent mail', () => {
  it('arrives with its headers, texts and attachment bytes', async () => {
    const { port } = await start()
    const result = await sendMail(
      account(port),
      null,
      message({
        from: { name: 'Zoë "Ink" Müller, Söhne', address: 'zoe@ink.example' },
        to: [{ name: 'Ольга Петрова', address: 'olga@bücher.example' }],
        cc: [{ name: 'ग्राहक', address: 'j@x.com' }],
        bcc: [{ address: 'books@ink.example' }],
        replyTo: { name: '株式会社', address: 'office@ink.example' },
        subject: 'Rechnung Nº 7 über 1.190,00 € für Œuvre — ₹, مرحبا',
        text: 'Grüße\n.\n..two dots\nFrom here\n\ntrailing  \n',
        html: '<p>Grüße</p>',
        attachments: [{ fileName: 'Rechnung/7 – Müller.pdf', contentType: 'application/pdf', content: everyByte }],
      }),
      options,
    )
    expect(result).toEqual({
      accepted: ['olga@bücher.example', 'j@x.com', 'books@ink.example'],
      rejected: [],
      response: '250 Queued as 1',
      messageId: '<0198-abc@ink.example>',
    })
    const mail = await parseLast()
    expect(mail.from).toMatchObject({ name: 'Zoë "Ink" Müller, Söhne', address: 'zoe@ink.example' })
    expect(mail.to).toMatchObject([
      { name: 'Ольга Петрова', address: expect.stringMatching(/^olga@(bücher|xn--bcher-kva)\.example$/) },
    ])
    expect(mail.cc).toMatchObject([{ name: 'ग्राहक', address: 'j@x.com' }])
    expect(mail.replyTo).toMatchObject([{ name: '株式会社', address: 'office@ink.example' }])
    expect(mail.subject).toBe('Rechnung Nº 7 über 1.190,00 € für Œuvre — ₹, مرحبا')
    expect(mail.messageId).toBe('<0198-abc@ink.example>')
    expect(mail.date).toBe('2025-03-04T05:06:07.000Z')
    expect(mail.text?.replace(/\n+$/, '')).toBe('Grüße\n.\n..two dots\nFrom here\n\ntrailing  ')
    expect(mail.html).toContain('<p>Grüße</p>')
    const [attachment] = mail.attachments
    expect(attachment).toMatchObject({
      filename: 'Rechnung-7 – Müller.pdf',
      mimeType: 'application/pdf',
      disposition: 'attachment',
    })
    // The parser gives binary attachments as ArrayBuffer unless it is asked for text.
    expect(Buffer.from(attachment?.content as ArrayBuffer).equals(everyByte)).toBe(true)
  })

  it('names blind copies in the envelope only', async () => {
    const { port } = await start()
    await sendMail(account(port), null, message({ bcc: [{ address: 'books@ink.example' }] }), options)
    const [mail] = server.messages
    expect(mail?.to).toEqual(['bo@client.example', 'books@ink.example'])
    expect(mail?.raw.toString()).not.toMatch(/books@ink|^bcc/im)
  })

  it('goes once to an address that is named twice', async () => {
    const { port } = await start()
    await sendMail(account(port), null, message({ cc: [{ address: 'BO@client.example' }] }), options)
    expect(server.messages[0]?.to).toEqual(['bo@client.example'])
  })

  it('has the same bytes when it is sent again', async () => {
    const { port } = await start()
    const transport = createMailTransport(account(port), null, options)
    const mail = message({
      html: '<p>x</p>',
      attachments: [{ fileName: 'a.pdf', contentType: 'application/pdf', content: everyByte }],
    })
    await transport.send(mail)
    await transport.send(mail)
    const digests = server.messages.map((one) => createHash('sha256').update(one.raw).digest('hex'))
    expect(digests).toHaveLength(2)
    expect(digests[0]).toBe(digests[1])
  })

  it('tells which of several recipients were refused', async () => {
    const { port } = await start({
      refuse: {
        'gone@client.example': { status: 550, text: '5.1.1 No such user' },
        'busy@client.example': { status: 451, text: '4.7.1 Greylisted' },
      },
    })
    const to = ['gone@client.example', 'bo@client.example', 'busy@client.example'].map((address) => ({ address }))
    const result = await sendMail(account(port), null, message({ to }), options)
    expect(result.accepted).toEqual(['bo@client.example'])
    expect(result.rejected).toEqual([
      { address: 'gone@client.example', reason: '550 5.1.1 No such user', permanent: true },
      { address: 'busy@client.example', reason: '451 4.7.1 Greylisted', permanent: false },
    ])
  })
})

describe('an encrypted line', () => {
  it.each([
    ['tls', 'localhost'],
    ['starttls', 'localhost'],
    ['tls', '127.0.0.1'],
    ['starttls', '127.0.0.1'],
  ] as const)('%s to %s carries sign-in and mail', async (security, host) => {
    const { port } = await start({ security, certificate: serverCertificate, users })
    const own = account(port, { security, host, user: 'ada' })
    expect(await verifyAccount(own, users.ada, options)).toEqual({ ok: true, encrypted: true, signedIn: true })
    expect(server.messages).toHaveLength(0)
    await sendMail(own, users.ada, message(), options)
    expect(server.messages).toMatchObject([{ encrypted: true, user: 'ada', from: 'ada@ink.example' }])
  })

  it('is not needed on this computer', async () => {
    const { port } = await start({ users })
    expect(await verifyAccount(account(port, { user: 'ada' }), users.ada, options)).toEqual({
      ok: true,
      encrypted: false,
      signedIn: true,
    })
  })
})

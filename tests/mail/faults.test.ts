import { afterEach, describe, expect, it } from 'vitest'
import type { SmtpAccount } from '../../electron/mail/account.ts'
import type { MailError } from '../../electron/mail/mail-error.ts'
import { sendMail, verifyAccount } from '../../electron/mail/smtp.ts'
import { createCertificate, type TestCertificate } from '../support/certificate.ts'
import { type Scripted, startScriptedServer, startSmtpServer, type TestSmtpOptions } from '../support/smtp-server.ts'
import { account, authority, failureOf, impatient, message, options, serverCertificate } from './setup.ts'

const running: { stop: () => Promise<void> }[] = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})
async function start(settings: TestSmtpOptions = {}) {
  const server = await startSmtpServer(settings)
  running.push(server)
  return server
}
async function startScript(greeting: Scripted, answer?: (line: string) => Scripted) {
  const server = await startScriptedServer(greeting, answer)
  running.push(server)
  return server
}

/** What the test button and a real send say: the same error. */
async function failure(settings: SmtpAccount, password: string | null = null, using = options): Promise<MailError> {
  const verified = await verifyAccount(settings, password, using)
  const sent = await failureOf(sendMail(settings, password, message(), using))
  expect(verified).toMatchObject({ ok: false, step: sent.step, error: { code: sent.code, message: sent.message } })
  return sent
}

describe('the way to the server', () => {
  it('names a host that does not exist', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))
    const own = account(587, { host: 'smtp.exmaple.com', security: 'starttls' })
    const error = await failure(own, null, { lookup, hasNetwork: () => true })
    expect(error).toMatchObject({ code: 'host-not-found', step: 'resolve', permanent: false })
    expect(error.message).toContain('smtp.exmaple.com')
    expect(await failure(own, null, { lookup, hasNetwork: () => false })).toMatchObject({
      code: 'offline',
      permanent: false,
    })
  })

  it('asks the system for a name that cannot exist', async () => {
    const error = await failure(account(587, { host: 'mail.counterfoil.invalid', security: 'starttls' }))
    expect(['host-not-found', 'offline']).toContain(error.code)
  })

  it('is offline when no name server answers', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('x'), { code: 'EAI_AGAIN' }))
    const error = await failure(account(587, { host: 'smtp.example.com', security: 'tls' }), null, {
      lookup,
      hasNetwork: () => true,
    })
    expect(error).toMatchObject({ code: 'offline', permanent: false })
  })

  it('names a port where nobody listens', async () => {
    const server = await startSmtpServer()
    await server.stop()
    const error = await failure(account(server.port))
    expect(error).toMatchObject({ code: 'connection-refused', step: 'connect', permanent: false })
    expect(error.message).toContain(`127.0.0.1 refuses connections on port ${server.port}`)
  })

  it('tries each address of a host', async () => {
    const { port } = await start()
    const lookup = async () => [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ]
    expect(await verifyAccount(account(port, { host: 'localhost' }), null, { ...options, lookup })).toMatchObject({
      ok: true,
    })
  })

  it('does not let a name stand for another computer where nothing is encrypted', async () => {
    const { port } = await start()
    const lookup = async () => [{ address: '127.0.0.1', family: 4 }]
    const insecure = account(port, { host: 'intranet.example' })
    expect(await failure(insecure, null, { lookup })).toMatchObject({ code: 'tls-unavailable', step: 'settings' })
    expect(await verifyAccount({ ...insecure, allowInsecure: true }, null, { lookup })).toMatchObject({ ok: true })
  })

  it('waits only so long for a silent server', async () => {
    const { port } = await startScript(null)
    const error = await failure(account(port), null, impatient)
    expect(error).toMatchObject({ code: 'timeout', step: 'greeting', permanent: false })
    expect(error.message).toContain(`127.0.0.1:${port} took the connection but sent no greeting`)
  })

  it('waits only so long for a look-up and a handshake', async () => {
    const never = () => new Promise<never>(() => undefined)
    const own = account(1, { host: 'localhost' })
    expect(await failure(own, null, { ...impatient, lookup: never })).toMatchObject({
      code: 'timeout',
      step: 'resolve',
    })
    const { port } = await startScript(null)
    expect(await failure(account(port, { security: 'tls' }), null, impatient)).toMatchObject({
      code: 'timeout',
      step: 'tls',
    })
  })

  it('tells what is no mail server', async () => {
    const { port } = await startScript('HTTP/1.1 400 Bad Request')
    const error = await failure(account(port))
    expect(error).toMatchObject({ code: 'protocol', step: 'greeting', permanent: true })
    expect(error.message).toContain('no mail server (it said: HTTP/1.1 400 Bad Request)')
  })

  it('tries later where the server is busy or closes at once', async () => {
    const busy = await startScript('421 4.3.2 Too many connections')
    expect(await failure(account(busy.port))).toMatchObject({
      code: 'temporary',
      permanent: false,
      serverResponse: '421 4.3.2 Too many connections',
    })
    const rude = await startScript({ cut: true })
    expect(await failure(account(rude.port))).toMatchObject({ code: 'temporary', step: 'greeting', permanent: false })
  })
})

describe('encryption', () => {
  async function withCertificate(
    certificate: TestCertificate,
    security: 'tls' | 'starttls',
    host = 'localhost',
  ): Promise<MailError> {
    const server = await start({ security, certificate, users: { ada: 'secret' } })
    const error = await failure(account(server.port, { security, host, user: 'ada' }), 'secret')
    expect(server.messages).toHaveLength(0)
    expect(error).toMatchObject({ code: 'tls-certificate', step: 'tls', permanent: true })
    expect(error.message).toContain(`${host}:${server.port}`)
    return error
  }

  it.each(['tls', 'starttls'] as const)('refuses a certificate that nobody vouches for (%s)', async (security) => {
    const alone = createCertificate({ commonName: 'My Router', hosts: ['localhost'] })
    expect((await withCertificate(alone, security)).message).toContain('signed by itself (My Router)')
    const stranger = createCertificate({ commonName: 'Strange Authority', authority: true })
    const signed = createCertificate({ commonName: 'localhost', hosts: ['localhost'], issuer: stranger })
    expect((await withCertificate(signed, security)).message).toContain('issued by Strange Authority, is not trusted')
  })

  it.each(['tls', 'starttls'] as const)('refuses a certificate for another name (%s)', async (security) => {
    const other = createCertificate({
      commonName: 'mail.other.example',
      hosts: ['mail.other.example'],
      issuer: authority,
    })
    const error = await withCertificate(other, security)
    expect(error.message).toContain(
      'issued by Counterfoil Test Authority, is made out to mail.other.example, not to localhost',
    )
  })

  it('refuses a certificate that is over or not begun', async () => {
    const over = createCertificate({
      commonName: 'localhost',
      hosts: ['localhost'],
      issuer: authority,
      validTo: '210203000000Z',
    })
    expect((await withCertificate(over, 'tls')).message).toMatch(/expired on Feb {2}3 00:00:00 2021 GMT/)
    const early = createCertificate({
      commonName: 'localhost',
      hosts: ['localhost'],
      issuer: authority,
      validFrom: '480101000000Z',
    })
    expect((await withCertificate(early, 'tls')).message).toContain('not valid before Jan  1 00:00:00 2048')
  })

  it('never falls back to plain text where STARTTLS is required', async () => {
    const server = await start({ users: { ada: 'secret' } })
    const error = await failure(account(server.port, { security: 'starttls', user: 'ada' }), 'secret')
    expect(error).toMatchObject({ code: 'tls-unavailable', step: 'tls', permanent: true })
    expect(error.message).toContain('offers no STARTTLS')
    expect(server.messages).toHaveLength(0)
  })

  it('knows TLS on a port for STARTTLS, and the other way round', async () => {
    const starttls = await start({ security: 'starttls', certificate: serverCertificate })
    const wrong = await failure(account(starttls.port, { security: 'tls' }))
    expect(wrong).toMatchObject({ code: 'tls-unavailable', step: 'tls', permanent: true })
    expect(wrong.message).toContain('Choose STARTTLS')
    const tls = await start({ security: 'tls', certificate: serverCertificate })
    expect(await failure(account(tls.port, { security: 'starttls' }), null, impatient)).toMatchObject({
      code: 'timeout',
      step: 'greeting',
    })
  })
})

describe('sign-in', () => {
  const password = 'hunter2-öß'
  const encoded = Buffer.from(`\0ada\0${password}`).toString('base64')

  it('names user and server where the password is wrong', async () => {
    const { port } = await start({ users: { ada: 'another' } })
    const error = await failure(account(port, { user: 'ada' }), password)
    expect(error).toMatchObject({
      code: 'auth-failed',
      step: 'auth',
      permanent: true,
      serverResponse: '535 5.7.8 Authentication credentials invalid',
    })
    expect(error.message).toContain(`127.0.0.1:${port} refused the user name or password for ada`)
  })

  it('never shows the password, even if the server repeats it', async () => {
    const { port } = await startScript('220 hi', (line) => {
      if (line.startsWith('EHLO')) return '250-hi\r\n250 AUTH PLAIN'
      return line.startsWith('AUTH') ? `535 no ${line} means ${password}` : '221 bye'
    })
    const error = await failure(account(port, { user: 'ada' }), password)
    const shown = JSON.stringify([error.message, error.serverResponse, error.stack, { ...error }, String(error.cause)])
    expect(shown).toContain('535 no AUTH PLAIN *** means ***')
    expect(shown).not.toContain(password)
    expect(shown).not.toContain(encoded)
  })

  it('is asked for where the server wants one, or where no password is kept', async () => {
    const server = await start({ users: { ada: password } })
    const error = await failureOf(sendMail(account(server.port), null, message(), options))
    expect(error).toMatchObject({ code: 'auth-required', step: 'sender', permanent: true })
    expect(await failure(account(server.port, { user: 'ada' }), null)).toMatchObject({
      code: 'auth-required',
      step: 'settings',
    })
  })

  it('is not sent to a server that offers none', async () => {
    const { port, lines } = await startScript('220 hi', (line) => (line.startsWith('EHLO') ? '250 hi' : '221 bye'))
    expect(await failure(account(port, { user: 'ada' }), password)).toMatchObject({ code: 'auth-failed', step: 'auth' })
    expect(lines.filter((line) => line.startsWith('AUTH'))).toEqual([])
  })

  it('is tried later where the server asks for it', async () => {
    const { port } = await startScript('220 hi', (line) =>
      line.startsWith('EHLO') ? '250-hi\r\n250 AUTH PLAIN' : '454 4.7.0 Try later',
    )
    expect(await failure(account(port, { user: 'ada' }), password)).toMatchObject({
      code: 'temporary',
      step: 'auth',
      permanent: false,
    })
  })
})

describe('the delivery', () => {
  const send = (port: number, changes = {}, using = options) =>
    failureOf(sendMail(account(port), null, message(changes), using))

  it('names a refused recipient and the server’s words', async () => {
    const { port, messages } = await start({
      refuse: { 'bo@client.example': { status: 550, text: '5.1.1 No such user here' } },
    })
    const error = await send(port)
    expect(error).toMatchObject({ code: 'recipient-refused', step: 'recipients', permanent: true })
    expect(error.rejected).toEqual([
      { address: 'bo@client.example', reason: '550 5.1.1 No such user here', permanent: true },
    ])
    expect(error.message).toContain('refused the recipient bo@client.example (550 5.1.1 No such user here)')
    expect(messages).toHaveLength(0)
  })

  it('tries again where one of the refusals is for now only', async () => {
    const busy = { status: 451, text: '4.7.1 Greylisted, try again in 5 minutes' }
    const { port } = await start({
      refuse: { 'bo@client.example': busy, 'gone@client.example': { status: 550, text: 'no' } },
    })
    expect(await send(port)).toMatchObject({
      code: 'temporary',
      step: 'recipients',
      permanent: false,
      serverResponse: `451 ${busy.text}`,
    })
    const both = await send(port, { to: [{ address: 'bo@client.example' }, { address: 'gone@client.example' }] })
    expect(both).toMatchObject({ code: 'temporary', permanent: false })
    expect(both.rejected.map((one) => one.permanent)).toEqual([false, true])
  })

  it('names a refused sender', async () => {
    const { port } = await start({ refuseSender: { status: 553, text: '5.7.1 Not your address' } })
    const error = await send(port)
    expect(error).toMatchObject({ code: 'sender-refused', step: 'sender', permanent: true })
    expect(error.message).toContain('ada@ink.example')
  })

  it('tells that the mail is too large, before and after it is sent', async () => {
    const attachments = [{ fileName: 'a.pdf', contentType: 'application/pdf', content: new Uint8Array(100_000) }]
    for (const hideSize of [false, true]) {
      const { port, messages } = await start({ maxBytes: 50_000, hideSize })
      const error = await send(port, { attachments })
      expect(error).toMatchObject({ code: 'message-too-large', permanent: true, maybeAccepted: false })
      expect(error.message).toContain('Send smaller attachments')
      expect(messages).toHaveLength(0)
    }
  })

  it('tells a refused text from a refused recipient', async () => {
    const spam = await start({ refuseData: { status: 554, text: '5.7.1 Looks like spam' } })
    expect(await send(spam.port)).toMatchObject({ code: 'invalid-message', step: 'data', permanent: true })
    const later = await start({ refuseData: { status: 451, text: '4.3.0 Disk trouble' } })
    expect(await send(later.port)).toMatchObject({
      code: 'temporary',
      step: 'data',
      permanent: false,
      maybeAccepted: false,
    })
  })

  const untilData = (afterData: (line: string) => Scripted) => {
    let inData = false
    return (line: string): Scripted => {
      if (inData) return afterData(line)
      inData = line === 'DATA'
      return inData ? '354 go on' : '250 ok'
    }
  }

  it('survives a line that is cut in the middle of the message', async () => {
    const { port } = await startScript(
      '220 hi',
      untilData(() => ({ cut: true })),
    )
    const attachments = [{ fileName: 'a.pdf', contentType: 'application/pdf', content: new Uint8Array(8_000_000) }]
    const error = await send(port, { attachments })
    expect(error).toMatchObject({ code: 'temporary', step: 'data', permanent: false, maybeAccepted: false })
    expect(error.message).toContain('Nothing was delivered')
  })

  it('says that the server may have the mail where only its answer is missing', async () => {
    const cut = await startScript(
      '220 hi',
      untilData((line) => (line === '.' ? { cut: true } : null)),
    )
    expect(await send(cut.port)).toMatchObject({ code: 'temporary', step: 'data', maybeAccepted: true })
    const silent = await startScript(
      '220 hi',
      untilData(() => null),
    )
    expect(await send(silent.port, {}, impatient)).toMatchObject({ code: 'timeout', step: 'data', maybeAccepted: true })
  })

  it('ends in time with a server that only ever says a bit', async () => {
    const { port } = await startScript(
      '220 hi',
      untilData(() => null),
    )
    const total = { ...options, timeouts: { ...options.timeouts, total: 150 } }
    expect(await send(port, {}, total)).toMatchObject({ code: 'timeout', step: 'data', maybeAccepted: true })
  })

  it('keeps what a server says on one short line', async () => {
    const { port } = await startScript('220 hi', (line) =>
      line.startsWith('MAIL') ? `550-a\u001b[2J\r\n550 ${'b'.repeat(5000)}` : '250 ok',
    )
    const said = (await send(port)).serverResponse ?? ''
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
    expect(said).not.toMatch(/[\u0000-\u001f]/)
    expect(said.length).toBeLessThan(600)
  })
})

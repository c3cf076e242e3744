import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { TestCertificate } from './certificate.ts'

export type ReceivedMail = {
  readonly from: string
  /** Envelope recipients, blind copies included. */
  readonly to: readonly string[]
  readonly raw: Buffer
  readonly encrypted: boolean
  /** Who signed in; null without sign-in. */
  readonly user: string | null
}

export type Refusal = { readonly status: number; readonly text: string }

export type TestSmtpOptions = {
  /** 'none' by default; the other two need a certificate. */
  readonly security?: 'tls' | 'starttls' | 'none'
  readonly certificate?: Pick<TestCertificate, 'key' | 'cert'>
  /** User names with their passwords; with any, mail is taken only after a sign-in. */
  readonly users?: Readonly<Record<string, string>>
  /** Address -> reply to its RCPT TO. */
  readonly refuse?: Readonly<Record<string, Refusal>>
  readonly refuseSender?: Refusal
  /** Reply to the message itself. */
  readonly refuseData?: Refusal
  /** Announced limit in bytes. */
  readonly maxBytes?: number
  /** Whether the limit is kept to oneself until the message is there. */
  readonly hideSize?: boolean
  /** A fixed port, to come back on the same one after a stop. */
  readonly port?: number
}

export type TestSmtpServer = {
  readonly port: number
  readonly messages: readonly ReceivedMail[]
  /** Resolves when that many messages are there. */
  readonly waitFor: (count: number) => Promise<readonly ReceivedMail[]>
  /** Replaces the refused recipients from now on. */
  readonly refuse: (refuse: Readonly<Record<string, Refusal>>) => void
  readonly stop: () => Promise<void>
}

function refusal(reply: Refusal): Error {
  return Object.assign(new Error(reply.text), { responseCode: reply.status })
}

type Mailbox = { readonly messages: ReceivedMail[]; readonly arrived: () => void }

function receiver(options: TestSmtpOptions, box: Mailbox): NonNullable<SMTPServerOptions['onData']> {
  return (stream, session, done) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      if (stream.sizeExceeded) return done(refusal({ status: 552, text: 'Message exceeds fixed maximum message size' }))
      if (options.refuseData !== undefined) return done(refusal(options.refuseData))
      const { mailFrom, rcptTo } = session.envelope
      box.messages.push({
        from: mailFrom === false ? '' : mailFrom.address,
        to: rcptTo.map((one) => one.address),
        raw: Buffer.concat(chunks),
        encrypted: session.secure,
        user: typeof session.user === 'string' ? session.user : null,
      })
      done(null, `Queued as ${box.messages.length}`)
      box.arrived()
    })
  }
}

function serverOptions(
  options: TestSmtpOptions,
  refused: () => TestSmtpOptions['refuse'],
  box: Mailbox,
): SMTPServerOptions {
  const { users, certificate } = options
  const security = options.security ?? 'none'
  return {
    secure: security === 'tls',
    hideSTARTTLS: security !== 'starttls',
    allowInsecureAuth: security === 'none',
    disabledCommands: [...(users === undefined ? ['AUTH'] : []), ...(security === 'starttls' ? [] : ['STARTTLS'])],
    disableReverseLookup: true,
    closeTimeout: 50,
    ...(certificate === undefined ? {} : { key: certificate.key, cert: certificate.cert }),
    ...(options.maxBytes === undefined ? {} : { size: options.maxBytes, hideSize: options.hideSize ?? false }),
    onAuth: (auth, _session, done) => {
      const { username = '', password } = auth
      if (users?.[username] !== undefined && users[username] === password) done(null, { user: username })
      else done(refusal({ status: 535, text: '5.7.8 Authentication credentials invalid' }))
    },
    onMailFrom: (_address, _session, done) => {
      if (options.refuseSender === undefined) done()
      else done(refusal(options.refuseSender))
    },
    onRcptTo: (address, _session, done) => {
      const reply = refused()?.[address.address]
      if (reply === undefined) done()
      else done(refusal(reply))
    },
    onData: receiver(options, box),
  }
}

/** Starts a real SMTP server on 127.0.0.1 that keeps what it receives. */
export async function startSmtpServer(options: TestSmtpOptions = {}): Promise<TestSmtpServer> {
  const messages: ReceivedMail[] = []
  let waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const arrived = () => {
    for (const one of waiting) if (messages.length >= one.count) one.resolve()
    waiting = waiting.filter((one) => messages.length < one.count)
  }
  let refused = options.refuse
  const server = new SMTPServer(serverOptions(options, () => refused, { messages, arrived }))
  // A client that breaks off (refused certificate, cut line) is an error to the server, and wanted here.
  server.on('error', () => undefined)
  const listener = server.listen(options.port ?? 0, '127.0.0.1')
  await once(listener, 'listening')
  // A TCP listener always has an AddressInfo.
  const { port } = listener.address() as AddressInfo
  return {
    port,
    messages,
    waitFor: async (count) => {
      if (messages.length < count) await new Promise<void>((resolve) => waiting.push({ count, resolve }))
      return messages
    },
    refuse: (next) => {
      refused = next
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** What a scripted server does with a line: says something, or cuts the connection. */
export type Scripted = string | { readonly cut: true } | null

/** Starts a server that greets with `greeting` (null: never) and answers each line as `answer` says; for odd servers. */
export async function startScriptedServer(greeting: Scripted, answer: (line: string) => Scripted = () => null) {
  const sockets = new Set<net.Socket>()
  const lines: string[] = []
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    const act = (reply: Scripted) => {
      if (typeof reply === 'string') socket.write(`${reply}\r\n`)
      else if (reply !== null) socket.destroy()
    }
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('latin1').split('\r\n').filter(Boolean)) {
        lines.push(line)
        act(answer(line))
      }
    })
    act(greeting)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP listener always has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const stop = async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
  return { port, lines, stop }
}

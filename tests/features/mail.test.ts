import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../support/clock.ts'
import { makeClient, makeDraft, makeInvoice } from '../support/factories.ts'
import { startScriptedServer, startSmtpServer, type TestSmtpOptions } from '../support/smtp-server.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let cleanups: (() => Promise<void>)[] = []

beforeEach(async () => {
  workspace = await openWorkspace({ jobs: true })
})
afterEach(async () => {
  await workspace.close()
  for (const cleanup of cleanups.reverse()) await cleanup()
  cleanups = []
})

const startServer = async (options: TestSmtpOptions = {}) => {
  const server = await startSmtpServer(options)
  let stopped = false
  const stop = async () => {
    if (!stopped) await server.stop()
    stopped = true
  }
  cleanups.push(stop)
  return { ...server, stop }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

const account = (port: number) => ({
  fromName: 'Linden Ltd',
  fromAddress: 'ada@linden.example',
  replyTo: 'office@linden.example',
  host: '127.0.0.1',
  port,
  security: 'none' as const,
  userName: null as string | null,
})

const setUp = async (port: number, more: { userName?: string; password?: string } = {}) => {
  await workspace.call('mail.saveAccount', { ...account(port), version: null, ...more })
  const clientId = await makeClient(workspace)
  return { clientId, invoice: await makeInvoice(workspace, clientId) }
}

const send = async (invoiceId: string, changes: { to?: string[]; cc?: string[]; subject?: string } = {}) => {
  const { to, subject, body } = await workspace.call('mail.compose', { entityId: invoiceId })
  return await workspace.call('mail.send', { entityId: invoiceId, to, subject, body, ...changes })
}

const messageOf = (id: string) => workspace.call('mail.message', { id })
const sentAtOf = async (id: string) => (await workspace.call('invoices.get', { id })).sentAt
const kindsOf = async (entityId: string) =>
  (await workspace.call('activity.list', { entityId })).rows.map((row) => row.kind)

describe('sending', () => {
  it('delivers the message with the very PDF that is kept, and only then calls the invoice sent', async () => {
    const server = await startServer({ users: { ada: 'secret' } })
    const { invoice } = await setUp(server.port, { userName: 'ada', password: 'secret' })
    expect(await sentAtOf(invoice.id)).toBeNull()
    const composed = await workspace.call('mail.compose', { entityId: invoice.id })
    expect(composed).toMatchObject({ to: ['accounts@example.com'], obstacle: null })
    expect(composed.subject).toBe(`Invoice ${invoice.number} from Linden Ltd`)
    expect(composed.body).toContain('£120.00')
    const { id } = await send(invoice.id, { cc: ['boss@example.com'] })
    await workspace.core.settle()

    const [received] = server.messages
    expect(received).toMatchObject({ from: 'ada@linden.example', to: ['accounts@example.com', 'boss@example.com'] })
    const parsed = await PostalMime.parse(received?.raw ?? Buffer.alloc(0))
    expect(parsed.from).toEqual({ name: 'Linden Ltd', address: 'ada@linden.example' })
    expect(parsed.replyTo?.[0]?.address).toBe('office@linden.example')
    expect(parsed.subject).toBe(composed.subject)
    expect(parsed.text?.trim()).toBe(composed.body)
    expect(parsed.html).toContain('<p>')
    expect(parsed.messageId).toBe(`<${id}@linden.example>`)
    const { pdf, fileName } = await workspace.call('invoices.pdf', { id: invoice.id })
    expect(parsed.attachments[0]).toMatchObject({ filename: fileName, mimeType: 'application/pdf' })
    expect(composed.attachments).toEqual([{ fileName, size: pdf.length }])
    const content = parsed.attachments[0]?.content
    expect(Buffer.from(content instanceof ArrayBuffer ? new Uint8Array(content) : []).equals(pdf)).toBe(true)

    const message = await messageOf(id)
    expect(message).toMatchObject({ state: 'accepted', attempts: 1, lastError: null, cc: ['boss@example.com'] })
    expect(message.serverResponse).toContain('Queued as 1')
    expect(message.log.map((entry) => entry.outcome)).toEqual(['accepted'])
    expect(await sentAtOf(invoice.id)).toBe(message.acceptedAt)
    expect(await kindsOf(invoice.id)).toEqual(expect.arrayContaining(['mail.accepted', 'mail.queued']))
    expect(workspace.errors).toEqual([])
  })

  it('waits in the queue while no server answers, and goes when it is tried again', async () => {
    const port = await freePort()
    const { invoice } = await setUp(port)
    const { id } = await send(invoice.id)
    await workspace.core.settle()
    const waiting = await messageOf(id)
    expect(waiting).toMatchObject({ state: 'queued', attempts: 1 })
    expect(waiting.lastError).toContain(`refuses connections on port ${port}`)
    expect(Date.parse(waiting.nextAttemptAt ?? '')).toBeGreaterThan(Date.parse(workspace.clock.now()))
    expect(await sentAtOf(invoice.id)).toBeNull()
    expect(await workspace.call('mail.outbox', {})).toMatchObject({ waiting: 1, failed: 0 })

    const server = await startServer({ port })
    await workspace.core.settle()
    expect(server.messages).toHaveLength(0)
    await workspace.call('mail.retry', { id, version: waiting.version })
    await workspace.core.settle()
    expect(server.messages).toHaveLength(1)
    const sent = await messageOf(id)
    expect(sent.log.map((entry) => entry.outcome)).toEqual(['temporary', 'accepted'])
    expect(await sentAtOf(invoice.id)).not.toBeNull()
  })

  it('tries again by itself when its time has come', async () => {
    const port = await freePort()
    const { invoice } = await setUp(port)
    const { id } = await send(invoice.id)
    await workspace.core.settle()
    const server = await startServer({ port })
    workspace.clock.set((await messageOf(id)).nextAttemptAt ?? '')
    await workspace.core.settle()
    expect(server.messages).toHaveLength(1)
    expect(await messageOf(id)).toMatchObject({ state: 'accepted', attempts: 2 })
  })

  it('fails at once, in words, where the password is wrong, and goes after it is corrected', async () => {
    const server = await startServer({ users: { ada: 'secret' } })
    const { invoice } = await setUp(server.port, { userName: 'ada', password: 'wrong' })
    const { id } = await send(invoice.id)
    await workspace.core.settle()
    const failed = await messageOf(id)
    expect(failed).toMatchObject({ state: 'failed', nextAttemptAt: null })
    expect(failed.lastError).toMatch(/password/i)
    expect(failed.log).toMatchObject([{ outcome: 'permanent' }])
    expect(JSON.stringify(failed)).not.toContain('wrong"')
    expect(await sentAtOf(invoice.id)).toBeNull()
    expect(await kindsOf(invoice.id)).toContain('mail.failed')

    const saved = await workspace.call('mail.account', {})
    await workspace.call('mail.saveAccount', {
      ...account(server.port),
      userName: 'ada',
      password: 'secret',
      version: saved.account?.version ?? null,
    })
    await workspace.call('mail.retry', { id, version: failed.version })
    await workspace.core.settle()
    expect(await messageOf(id)).toMatchObject({ state: 'accepted' })
  })

  it('sets a refused message aside and lets the others pass', async () => {
    const server = await startServer({ refuse: { 'gone@example.com': { status: 550, text: 'No such user here' } } })
    const { invoice } = await setUp(server.port)
    const refused = await send(invoice.id, { to: ['gone@example.com'] })
    const partly = await send(invoice.id, { to: ['gone@example.com', 'accounts@example.com'] })
    await workspace.core.settle()
    const failed = await messageOf(refused.id)
    expect(failed).toMatchObject({ state: 'failed' })
    expect(failed.lastError).toContain('gone@example.com')
    const accepted = await messageOf(partly.id)
    expect(accepted).toMatchObject({ state: 'accepted' })
    expect(accepted.lastError).toContain('Not delivered to gone@example.com')
    expect(server.messages.map((message) => message.to)).toEqual([['accounts@example.com']])
  })

  it('sets a message aside whose attachment is damaged, in words, and goes on', async () => {
    const server = await startServer()
    const { clientId, invoice } = await setUp(server.port)
    await workspace.core.settle()
    const { pdfSha256 } = await workspace.call('invoices.get', { id: invoice.id })
    const path = join(workspace.directory, 'files', pdfSha256?.slice(0, 2) ?? '', pdfSha256 ?? '')
    const composed = await workspace.call('mail.compose', { entityId: invoice.id })
    writeFileSync(path, 'not the PDF')
    expect((await workspace.call('mail.compose', { entityId: invoice.id })).obstacle).toContain('backup')
    const { subject, body, to } = composed
    const damaged = await workspace.call('mail.send', { entityId: invoice.id, to, subject, body })
    const other = await makeInvoice(workspace, clientId)
    const sound = await send(other.id)
    await workspace.core.settle()
    expect(await messageOf(damaged.id)).toMatchObject({ state: 'failed', lastError: expect.stringContaining('backup') })
    expect(await messageOf(sound.id)).toMatchObject({ state: 'accepted' })
    expect(server.messages).toHaveLength(1)
  })

  it('does not lose or double a message that was on its way when the app was killed', async () => {
    let dataSeen = () => undefined as unknown
    const reached = new Promise((resolve) => {
      dataSeen = () => resolve(undefined)
    })
    const hanging = await startScriptedServer('220 slow', (line) => {
      if (line.startsWith('DATA')) {
        dataSeen()
        return '354 go on'
      }
      return /^(EHLO|MAIL|RCPT)/.test(line) ? '250 ok' : null
    })
    const { invoice } = await setUp(hanging.port)
    const { id } = await send(invoice.id)
    await reached
    expect(await messageOf(id)).toMatchObject({ state: 'sending' })

    // What a kill leaves behind: the files as they are at this moment.
    const copy = mkdtempSync(join(tmpdir(), 'counterfoil-killed-'))
    cpSync(workspace.directory, copy, { recursive: true, filter: (path) => !path.endsWith('lock') })
    await hanging.stop()
    await workspace.close()
    const server = await startServer({ port: hanging.port })
    // Later, as the ids of the tests are made of the time.
    workspace = await openWorkspace({ directory: copy, jobs: true, clock: fakeClock('2026-11-21T10:00:00.000Z') })
    cleanups.push(async () => rmSync(copy, { recursive: true, force: true }))
    await workspace.core.settle()
    expect(server.messages).toHaveLength(1)
    const parsed = await PostalMime.parse(server.messages[0]?.raw ?? Buffer.alloc(0))
    expect(parsed.messageId).toBe(`<${id}@linden.example>`)
    expect(await messageOf(id)).toMatchObject({ state: 'accepted' })
    workspace.clock.advance(60_000)
    await workspace.reopen()
    await workspace.core.settle()
    expect(server.messages).toHaveLength(1)
    expect(workspace.errors).toEqual([])
  })

  it('sends once, however often the same call or retry is repeated', async () => {
    const port = await freePort()
    const { invoice } = await setUp(port)
    const { to, subject, body } = await workspace.call('mail.compose', { entityId: invoice.id })
    const input = { entityId: invoice.id, to, subject, body }
    const first = await workspace.call('mail.send', input, { idempotencyKey: 'send-1' })
    const again = await workspace.call('mail.send', input, { idempotencyKey: 'send-1' })
    expect(again).toEqual(first)
    await workspace.core.settle()
    const server = await startServer({ port })
    const { version } = await messageOf(first.id)
    const retry = { id: first.id, version }
    const tries = await Promise.allSettled([workspace.call('mail.retry', retry), workspace.call('mail.retry', retry)])
    expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    await workspace.core.settle()
    expect(server.messages).toHaveLength(1)
  })

  it('does not send what was cancelled, nor an invoice that was made void', async () => {
    const port = await freePort()
    const { clientId, invoice } = await setUp(port)
    const cancelled = await send(invoice.id)
    const other = await makeInvoice(workspace, clientId)
    const overtaken = await send(other.id)
    await workspace.core.settle()
    await workspace.call('mail.cancel', { id: cancelled.id, version: (await messageOf(cancelled.id)).version })
    const { version } = await workspace.call('invoices.get', { id: other.id })
    await workspace.call('invoices.void', { id: other.id, version, reason: 'Wrong client' })
    const server = await startServer({ port })
    workspace.clock.advance(3_600_000)
    await workspace.core.settle()
    expect(server.messages).toHaveLength(0)
    expect(await messageOf(cancelled.id)).toMatchObject({ state: 'cancelled' })
    expect(await messageOf(overtaken.id)).toMatchObject({ state: 'cancelled' })
    await expect(
      workspace.call('mail.retry', { id: cancelled.id, version: (await messageOf(cancelled.id)).version }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })

  it('records a message that came back', async () => {
    const server = await startServer()
    const { invoice } = await setUp(server.port)
    const { id } = await send(invoice.id)
    await workspace.core.settle()
    const { version } = await messageOf(id)
    await workspace.call('mail.markBounced', { id, version, reason: 'Mailbox full' })
    const bounced = await messageOf(id)
    expect(bounced).toMatchObject({ state: 'bounced', lastError: 'Mailbox full' })
    expect(bounced.log.map((entry) => entry.outcome)).toEqual(['accepted', 'bounced'])
    expect(await kindsOf(invoice.id)).toContain('mail.bounced')
    await expect(workspace.call('mail.markBounced', { id, version })).rejects.toMatchObject({ code: 'INVALID_STATE' })
  })
})

describe('what stands in the way', () => {
  it('is told before anything is queued', async () => {
    const clientId = await makeClient(workspace)
    const draft = await makeDraft(workspace, clientId)
    const composed = await workspace.call('mail.compose', { entityId: draft.id })
    expect(composed.obstacle).toContain('draft')
    const message = { to: ['a@example.com'], subject: 'Hello', body: 'Hello' }
    await expect(workspace.call('mail.send', { entityId: draft.id, ...message })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    const invoice = await makeInvoice(workspace, clientId)
    const withoutAccount = await workspace.call('mail.compose', { entityId: invoice.id })
    expect(withoutAccount.obstacle).toContain('No mail account')
    await expect(workspace.call('mail.send', { entityId: invoice.id, ...message })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    })
    await workspace.call('mail.saveAccount', { ...account(25), version: null })
    await expect(
      workspace.call('mail.send', { entityId: invoice.id, ...message, to: ['a@-bad-.example'] }),
    ).rejects.toMatchObject({ code: 'VALIDATION', fields: { 'to.0': expect.stringContaining('a@-bad-.example') } })
    expect((await workspace.call('mail.outbox', {})).rows).toEqual([])
  })

  it('fails a queued message in words when the account is gone', async () => {
    const port = await freePort()
    const { invoice } = await setUp(port)
    const { id } = await send(invoice.id)
    await workspace.core.settle()
    const { account: saved } = await workspace.call('mail.account', {})
    await workspace.call('mail.removeAccount', { version: saved?.version ?? 0 })
    await workspace.call('mail.retry', { id, version: (await messageOf(id)).version })
    await workspace.core.settle()
    const failed = await messageOf(id)
    expect(failed.state).toBe('failed')
    expect(failed.lastError).toContain('No mail account')
  })
})

describe('the account', () => {
  it('keeps its password out of the database and gives it to no other server', async () => {
    const server = await startServer({ users: { ada: 'secret' } })
    const settings = { ...account(server.port), userName: 'ada' }
    await expect(workspace.call('mail.saveAccount', { ...settings, version: null })).rejects.toMatchObject({
      fields: { password: 'Enter the password for ada.' },
    })
    const { version } = await workspace.call('mail.saveAccount', { ...settings, password: 'secret', version: null })
    expect((await workspace.call('mail.account', {})).account).toMatchObject({ hasPassword: true, userName: 'ada' })
    const tested = await workspace.call('mail.testAccount', settings)
    expect(tested.steps.map(({ step, ok }) => `${step} ${ok}`)).toEqual([
      'settings true',
      'connect true',
      'tls true',
      'sign in true',
    ])
    const elsewhere = await workspace.call('mail.testAccount', { ...settings, host: 'localhost' })
    expect(elsewhere).toMatchObject({ ok: false, steps: [{ step: 'settings', ok: false }] })
    await expect(workspace.call('mail.saveAccount', { ...settings, version: null })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    await workspace.call('mail.removeAccount', { version })
    expect((await workspace.call('mail.account', {})).account).toBeNull()
    await expect(workspace.call('mail.saveAccount', { ...settings, version: null })).rejects.toMatchObject({
      fields: { password: expect.anything() },
    })
  })

  it('says which step of a test fails', async () => {
    const port = await freePort()
    const refused = await workspace.call('mail.testAccount', account(port))
    expect(refused.steps.at(-1)).toMatchObject({ step: 'connect', ok: false })
    const server = await startServer({ users: { ada: 'secret' } })
    const denied = await workspace.call('mail.testAccount', {
      ...account(server.port),
      userName: 'ada',
      password: 'nope',
    })
    expect(denied.steps.at(-1)).toMatchObject({ step: 'sign in', ok: false })
    const insecure = await workspace.call('mail.testAccount', { ...account(25), host: 'smtp.example.com' })
    expect(insecure.steps).toMatchObject([{ step: 'settings', ok: false }])
  })
})

describe('templates', () => {
  it("are used in the invoice's language, and a broken one is refused with its place", async () => {
    const ours = await workspace.call('mail.template', { kind: 'invoice', language: 'de-DE' })
    expect(ours).toMatchObject({ version: null, subject: 'Rechnung {{invoice.number}} von {{business.name}}' })
    expect(ours.variables).toHaveLength(17)
    const broken = {
      kind: 'invoice' as const,
      language: 'de-DE',
      version: null,
      subject: 'Rechnung',
      body: 'a\n{{nope}}',
    }
    await expect(workspace.call('mail.saveTemplate', broken)).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: { body: expect.stringContaining('Line 2') },
    })
    const body = 'Hallo {{client.name}}: {{invoice.total}} bis {{invoice.dueOn}}'
    await workspace.call('mail.saveTemplate', { ...broken, body })
    await expect(workspace.call('mail.saveTemplate', { ...broken, body })).rejects.toMatchObject({ code: 'CONFLICT' })
    const client = await workspace.call('clients.create', { name: 'Bäckerei Rose', language: 'de-AT' })
    const draft = await makeDraft(workspace, client.id, { dueOn: '2026-12-24', language: 'de-AT' })
    const composed = await workspace.call('mail.compose', { entityId: draft.id })
    expect(composed.subject).toBe('Rechnung')
    expect(composed.body).toMatch(/^Hallo Bäckerei Rose: £\s120,00 bis 24\. Dezember 2026$/)
    expect(composed.to).toEqual([])
  })
})

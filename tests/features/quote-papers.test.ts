import { createHash } from 'node:crypto'
import PostalMime from 'postal-mime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeClient, makeQuote, makeQuoteDraft, quoteContentFor, quoteLine } from '../support/factories.ts'
import { startSmtpServer } from '../support/smtp-server.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let clientId = ''
beforeEach(async () => {
  workspace = await openWorkspace({ jobs: true })
  clientId = await makeClient(workspace)
})
afterEach(async () => {
  expect(workspace.errors).toEqual([])
  await workspace.close()
})

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const account = (port: number) => ({
  fromName: 'Linden Ltd',
  fromAddress: 'ada@linden.example',
  replyTo: null,
  host: '127.0.0.1',
  port,
  security: 'none' as const,
  userName: null,
  version: null,
})

test('the PDF of an issued quote is kept, and shows later what was offered', async () => {
  const lines = [quoteLine(), quoteLine({ price: '10', choice: 'optional', isChosen: false })]
  const { id, version } = await makeQuote(workspace, clientId, { lines })
  await workspace.core.settle()
  const { pdfSha256 } = await workspace.call('quotes.get', { id })
  const { pdf, fileName } = await workspace.call('quotes.pdf', { id })
  expect(sha256(pdf)).toBe(pdfSha256)
  expect(fileName).toBe('QUO-2026-0001.pdf')
  const [, optional] = (await workspace.call('quotes.get', { id })).content.lines
  const chosen = { on: '2026-11-21', by: 'Ann', chosenLineIds: [optional?.id ?? ''] }
  await workspace.call('quotes.accept', { id, version, ...chosen })
  expect(sha256((await workspace.call('quotes.pdf', { id })).pdf)).toBe(pdfSha256)
})

test('content that is not saved yet is shown by the same template', async () => {
  const content = await quoteContentFor(workspace, clientId)
  const { pdf } = await workspace.call('quotes.preview', { content })
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-')
})

test('a quote goes out with its own message and PDF, and counts as sent once a server has it', async () => {
  const server = await startSmtpServer()
  await workspace.call('mail.saveAccount', account(server.port))
  const quote = await makeQuote(workspace, clientId)
  const composed = await workspace.call('mail.compose', { entity: 'quote', entityId: quote.id })
  expect(composed).toMatchObject({ subject: `Quote ${quote.number} from Linden Ltd`, obstacle: null })
  expect(composed.body).toContain('It is valid until 21 December 2026.')
  const { to, subject, body } = composed
  await workspace.call('mail.send', { entity: 'quote', entityId: quote.id, to, subject, body })
  expect((await workspace.call('quotes.get', { id: quote.id })).deliveryState).toBe('queued')
  await workspace.core.settle()
  const after = await workspace.call('quotes.get', { id: quote.id })
  expect(after.deliveryState).toBe('sent')
  expect(after.sentAt).not.toBeNull()
  const [message] = server.messages
  const parsed = await PostalMime.parse(message?.raw ?? '')
  expect(parsed.attachments.map((it) => it.filename)).toEqual([`${quote.number}.pdf`])
  const [attached] = parsed.attachments
  const bytes = attached?.content instanceof ArrayBuffer ? new Uint8Array(attached.content) : new Uint8Array()
  expect(sha256(bytes)).toBe(after.pdfSha256)
  await server.stop()
})

test('neither a draft nor a void quote is sent', async () => {
  await workspace.call('mail.saveAccount', account(2525))
  const draft = await makeQuoteDraft(workspace, clientId)
  const obstacle = async (entityId: string) =>
    (await workspace.call('mail.compose', { entity: 'quote', entityId })).obstacle
  expect(await obstacle(draft.id)).toMatch(/draft/)
  const quote = await makeQuote(workspace, clientId)
  await workspace.call('quotes.void', { id: quote.id, version: quote.version, reason: 'Wrong client' })
  expect(await obstacle(quote.id)).toMatch(/This quote is void/)
  const sent = workspace.call('mail.send', {
    entity: 'quote',
    entityId: quote.id,
    to: ['a@example.com'],
    subject: 'Quote',
    body: 'Here it is.',
  })
  await expect(sent).rejects.toMatchObject({ code: 'INVALID_STATE' })
})

test('a file is kept with a quote', async () => {
  const quote = await makeQuote(workspace, clientId)
  const content = new TextEncoder().encode('plan')
  await workspace.call('attachments.add', { entity: 'quote', entityId: quote.id, fileName: 'plan.txt', content })
  const files = await workspace.call('attachments.list', { entityId: quote.id })
  expect(files.map((file) => file.fileName)).toEqual(['plan.txt'])
})

test('home says which quotes wait for an invoice, and which are about to expire', async () => {
  const kinds = async () =>
    (await workspace.call('home.summary', {})).attention.map((it) => `${it.kind} ${it.count} ${it.detail}`)
  const quote = await makeQuote(workspace, clientId, { validUntil: '2026-11-28' })
  await makeQuote(workspace, clientId, { validUntil: '2026-11-29' })
  expect(await kinds()).toEqual(['quote-expiring 1 £120.00'])
  await workspace.call('quotes.accept', { id: quote.id, version: quote.version, on: '2026-11-21', by: 'Ann' })
  expect(await kinds()).toEqual(['quote-accepted 1 £120.00 left to invoice'])
})

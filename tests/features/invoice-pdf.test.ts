import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { fakeClock } from '../support/clock.ts'
import { contentFor, makeClient, makeInvoice } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
afterEach(async () => {
  await workspace.close()
})

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test('an issued invoice keeps its PDF by hash, and later changes of master data do not reach it', async () => {
  workspace = await openWorkspace({ jobs: true })
  const clientId = await makeClient(workspace)
  const { id } = await makeInvoice(workspace, clientId)
  await workspace.core.settle()
  const { pdfSha256, version } = await workspace.call('invoices.get', { id })
  const { pdf, fileName } = await workspace.call('invoices.pdf', { id })
  expect(sha256(pdf)).toBe(pdfSha256)
  expect(fileName).toMatch(/\.pdf$/)
  expect(existsSync(join(workspace.directory, 'files', String(pdfSha256).slice(0, 2), String(pdfSha256)))).toBe(true)
  const client = await workspace.call('clients.get', { id: clientId })
  await workspace.call('clients.update', { id: clientId, version: client.version, name: 'Another name' })
  const organization = await workspace.call('organizations.get', {})
  await workspace.call('organizations.update', { version: organization.version, legalName: 'Another seller' })
  const again = await workspace.call('invoices.pdf', { id })
  expect(sha256(again.pdf)).toBe(pdfSha256)
  expect(version).toBeGreaterThan(1)
})

test('the PDF rendered before it is kept is the very one that is kept', async () => {
  workspace = await openWorkspace({ jobs: false })
  const { id } = await makeInvoice(workspace, await makeClient(workspace))
  const before = await workspace.call('invoices.pdf', { id })
  const { directory } = workspace
  await workspace.core.close()
  const later = await openWorkspace({ directory, jobs: true, clock: fakeClock('2026-11-21T10:00:00.000Z') })
  await later.core.settle()
  const { pdfSha256 } = await later.call('invoices.get', { id })
  expect(sha256(before.pdf)).toBe(pdfSha256)
  await later.close()
  workspace = await openWorkspace()
})

test('content that is not saved yet is shown by the same template', async () => {
  workspace = await openWorkspace()
  const content = await contentFor(workspace, await makeClient(workspace))
  const first = await workspace.call('invoices.preview', { content })
  const second = await workspace.call('invoices.preview', { content })
  expect(Buffer.from(first.pdf).subarray(0, 5).toString()).toBe('%PDF-')
  expect(sha256(first.pdf)).toBe(sha256(second.pdf))
})

test('a void invoice is shown with its mark, and what was issued stays kept', async () => {
  workspace = await openWorkspace({ jobs: true })
  const { id } = await makeInvoice(workspace, await makeClient(workspace))
  await workspace.core.settle()
  const issued = await workspace.call('invoices.get', { id })
  await workspace.call('invoices.void', { id, version: issued.version, reason: 'Sent to the wrong client' })
  const { pdf } = await workspace.call('invoices.pdf', { id })
  expect(sha256(pdf)).not.toBe(issued.pdfSha256)
  expect((await workspace.call('invoices.get', { id })).pdfSha256).toBe(issued.pdfSha256)
})

import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openConnection } from '../../db/open.ts'
import { asCommand } from '../support/database.ts'
import { contentFor, line, makeClient, makeInvoice, makePayment } from '../support/factories.ts'
import { dot } from '../support/pictures.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let own = ''
let other = ''
beforeAll(async () => {
  workspace = await openWorkspace()
  own = workspace.organizationId
  other = (await workspace.call('setup.createOrganization', { legalName: 'Elm Ltd', country: 'GB' })).id
})
afterAll(async () => {
  expect(workspace.errors).toEqual([])
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(1000))

/** Does something in the other organization. */
const elsewhere = async <T>(work: () => Promise<T>): Promise<T> => {
  workspace.use(other)
  try {
    return await work()
  } finally {
    workspace.use(own)
  }
}

const notFound = { code: 'NOT_FOUND' }

test('a client of another organization cannot be deleted, and nothing is told of its invoices', async () => {
  const id = await elsewhere(async () => {
    const clientId = await makeClient(workspace, 'Theirs')
    await makeInvoice(workspace, clientId)
    return clientId
  })
  await expect(workspace.call('clients.delete', { id, version: 1 })).rejects.toMatchObject(notFound)
  expect((await workspace.call('activity.list', { clientId: id })).rows).toEqual([])
})

test('a line names only tax rates and items of its own organization', async () => {
  const [rate] = await elsewhere(() => workspace.call('taxRates.list', {}))
  const [mine] = await workspace.call('taxRates.list', {})
  const content = await contentFor(workspace, null)
  const withRate = (taxRateId: string) => ({
    ...content,
    lines: [{ ...line(), taxes: line().taxes.map((tax) => ({ ...tax, taxRateId })) }],
  })
  for (const id of [rate?.id ?? '', v7()]) {
    const saved = workspace.call('invoices.saveDraft', { id: v7(), version: null, content: withRate(id) })
    await expect(saved).rejects.toMatchObject(notFound)
  }
  await workspace.call('invoices.saveDraft', { id: v7(), version: null, content: withRate(mine?.id ?? '') })
})

test('a payment pays no invoice of another organization', async () => {
  const invoice = await elsewhere(async () => await makeInvoice(workspace, await makeClient(workspace, 'Theirs too')))
  const paid = makePayment(workspace, await makeClient(workspace), '120', [{ invoiceId: invoice.id, amount: '120' }])
  await expect(paid).rejects.toMatchObject(notFound)
})

test('the logo is not deleted as a file beside a client', async () => {
  await workspace.call('organizations.setLogo', { version: 1, logo: { fileName: 'logo.png', content: dot } })
  const { logoAttachmentId } = await workspace.call('organizations.get', {})
  const deleted = workspace.call('attachments.delete', { id: logoAttachmentId ?? '', version: 1 })
  await expect(deleted).rejects.toMatchObject({ code: 'INVALID_STATE' })
  expect((await workspace.call('organizations.logo', {}))?.content).toEqual(dot)
  const read = elsewhere(() => workspace.call('attachments.content', { id: logoAttachmentId ?? '' }))
  await expect(read).rejects.toMatchObject(notFound)
})

test('a saved view of somebody else is neither shown nor deleted', async () => {
  const { id } = await workspace.call('savedViews.save', { list: 'clients', name: 'Mine', definition: {} })
  const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  const at = '2026-11-21T09:00:00.000Z'
  asCommand(raw, () => {
    raw.prepare(`INSERT INTO users (id, created_at, updated_at, name) VALUES ('u2', ?, ?, 'Ada')`).run(at, at)
    raw.prepare(`UPDATE saved_views SET user_id = 'u2' WHERE id = ?`).run(id)
  })
  raw.close()
  expect(await workspace.call('savedViews.list', { list: 'clients' })).toEqual([])
  await expect(workspace.call('savedViews.delete', { id, version: 1 })).rejects.toMatchObject(notFound)
})

import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { unitPriceOf } from '../../shared/money/decimal-string.ts'
import { type Inspection, inspect } from '../support/database.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let store: Inspection
beforeAll(async () => {
  workspace = await openWorkspace()
  store = inspect(workspace.directory)
})
afterAll(async () => {
  store.close()
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(1000))

test('a repeated command is answered before anything is prepared for it', async () => {
  const settings = {
    fromName: 'Linden',
    fromAddress: 'office@linden.example',
    replyTo: null,
    host: 'smtp.linden.example',
    port: 465,
    security: 'tls' as const,
    userName: 'office',
    password: 'correct horse',
    version: null,
  }
  const key = { idempotencyKey: v7() }
  const first = await workspace.call('mail.saveAccount', settings, key)
  // The version that the first call was made for is gone: preparing again would find a conflict.
  expect(await workspace.call('mail.saveAccount', settings, key)).toEqual(first)
  const removal = { idempotencyKey: v7() }
  const removed = await workspace.call('mail.removeAccount', { version: first.version }, removal)
  expect(await workspace.call('mail.removeAccount', { version: first.version }, removal)).toEqual(removed)
})

test('a key is never answered with what another organization was told', async () => {
  const key = v7()
  const input = { name: 'Same words', priceE6: unitPriceOf('1') }
  await workspace.call('items.create', input, { idempotencyKey: key })
  const other = await workspace.call('setup.createOrganization', { legalName: 'Elm Ltd', country: 'GB' })
  const elsewhere = workspace.call('items.create', input, { idempotencyKey: key, organizationId: other.id })
  await expect(elsewhere).rejects.toMatchObject({ code: 'DUPLICATE' })
})

test('a command of the workspace is not recorded under an organization that the caller is not in', async () => {
  await workspace.call('settings.set', { key: 'theme', value: 'dark' }, { organizationId: v7() })
  const last = store.rows('SELECT procedure, organization_id FROM commands ORDER BY seq DESC LIMIT 1')
  expect(last).toEqual([{ procedure: 'settings.set', organization_id: null }])
})

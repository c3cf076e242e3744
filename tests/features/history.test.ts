import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseError } from '../../db/errors.ts'
import { contentFor, line, makeClient, makeDraft } from '../support/factories.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeAll(async () => {
  workspace = await openWorkspace()
})
afterAll(async () => {
  expect(workspace.errors).toEqual([])
  await workspace.close()
})
beforeEach(() => workspace.clock.advance(1000))

const last = async () => {
  const [command] = await workspace.call('history.list', {})
  if (command === undefined) throw new Error('nothing was done')
  return command
}
const restart = async () => {
  workspace.clock.advance(1000)
  await workspace.reopen()
}

test('a changed client is what it was before, also after a restart; undoing the undo changes it again', async () => {
  const id = await makeClient(workspace, 'Rosewood Bakery')
  const { version } = await workspace.call('clients.get', { id })
  await workspace.call('clients.update', { id, version, name: 'Rosewood Ltd', paymentTermsDays: 7 })
  await restart()
  const changed = await last()
  expect(changed).toMatchObject({ title: 'Client Rosewood Ltd changed', obstacle: null, procedure: 'clients.update' })
  await workspace.call('history.undo', { commandId: changed.commandId })
  expect(await workspace.call('clients.get', { id })).toMatchObject({
    name: 'Rosewood Bakery',
    email: 'accounts@example.com',
  })
  const undone = await last()
  expect(undone.procedure).toBe('history.undo')
  await workspace.call('history.undo', { commandId: undone.commandId })
  expect((await workspace.call('clients.get', { id })).name).toBe('Rosewood Ltd')
})

test('a draft gets its lines and amounts back, exactly', async () => {
  const clientId = await makeClient(workspace)
  const draft = await makeDraft(workspace, clientId)
  const before = await workspace.call('invoices.get', { id: draft.id })
  const content = await contentFor(workspace, clientId, { lines: [line({ price: '7' }), line({ price: '9.99' })] })
  await workspace.call('invoices.saveDraft', { ...draft, content })
  await workspace.call('history.undo', { commandId: (await last()).commandId })
  const after = await workspace.call('invoices.get', { id: draft.id })
  expect({ ...after, version: 0, updatedAt: '' }).toEqual({ ...before, version: 0, updatedAt: '' })
  expect((await workspace.call('integrity.check', {})).differences).toEqual([])
})

test('what was added is deleted', async () => {
  const id = await makeClient(workspace, 'Short Lived Ltd')
  await workspace.call('history.undo', { commandId: (await last()).commandId })
  await expect(workspace.call('clients.get', { id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('refused in words: changed since, used since, issued since, another kind of command, unknown', async () => {
  const id = await makeClient(workspace, 'Busy Ltd')
  const made = await last()
  const draft = await makeDraft(workspace, id)
  const refused = (commandId: string, words: string) =>
    expect(workspace.call('history.undo', { commandId })).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: expect.stringContaining(words),
    })
  await refused(made.commandId, 'used since')
  const drafted = await last()
  await workspace.call('invoices.issue', draft)
  await refused(drafted.commandId, 'since')
  expect(
    (await workspace.call('history.list', {})).find(({ commandId }) => commandId === drafted.commandId)?.obstacle,
  ).not.toBeNull()
  const { rows } = await workspace.call('audit.list', { procedure: 'invoices.issue', limit: 1 })
  expect(rows).toHaveLength(1)
  expect((await workspace.call('history.list', {})).some(({ procedure }) => procedure === 'invoices.issue')).toBe(false)
  await expect(
    workspace.call('history.undo', { commandId: '00000000-0000-7000-8000-00000000ffff' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await workspace.call('audit.verify', {})).toMatchObject({ ok: true })
})

test('lists of the settings are taken back too, unless something needs them since', async () => {
  const { id } = await workspace.call('clientTypes.create', { code: 'WHOLE', name: 'Wholesale' })
  const made = await last()
  expect(made).toMatchObject({ title: 'Client type Wholesale added', obstacle: null })
  const clientId = await makeClient(workspace, 'Typed Ltd')
  const { version } = await workspace.call('clients.get', { id: clientId })
  await workspace.call('clients.update', { id: clientId, version, name: 'Typed Ltd', clientTypeId: id })
  await restart()
  await expect(workspace.call('history.undo', { commandId: made.commandId })).rejects.toThrow(
    'The client type is used since.',
  )
  await workspace.call('history.undo', { commandId: (await last()).commandId })
  await workspace.call('history.undo', { commandId: made.commandId })
  expect((await workspace.call('clientTypes.list', {})).some((type) => type.id === id)).toBe(false)
  await workspace.call('savedViews.save', { list: 'invoices', name: 'Mine', definition: {}, isShared: false })
  expect(await last()).toMatchObject({ title: 'View Mine added', obstacle: null })
})

describe('what somebody else has by now', () => {
  const obstacle = async () => (await last()).obstacle
  const listed = async (procedure: string) =>
    (await workspace.call('history.list', {})).find((command) => command.procedure === procedure)

  test('the name of a deleted tag, in whatever letters', async () => {
    const { id } = await workspace.call('tags.create', { name: 'Vip', color: 'red' })
    await workspace.call('tags.delete', { id, version: 1 })
    expect(await obstacle()).toBeNull()
    await workspace.call('tags.create', { name: 'vip', color: 'blue' })
    const deletion = await listed('tags.delete')
    expect(deletion?.obstacle).toBe('Another tag has its name by now.')
    await expect(workspace.call('history.undo', { commandId: deletion?.commandId ?? '' })).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: 'This cannot be undone. Another tag has its name by now.',
    })
  })

  test('the code of a client that has another one now, and that of a deleted one', async () => {
    const { id, version } = await workspace.call('clients.create', { name: 'First', code: 'ONE' })
    await workspace.call('clients.update', { id, version, code: 'TWO' })
    expect(await obstacle()).toBeNull()
    const other = await workspace.call('clients.create', { name: 'Second', code: 'ONE' })
    const change = await listed('clients.update')
    expect(change?.obstacle).toBe('Another client has its code by now.')
    await workspace.call('clients.delete', { id: other.id, version: other.version })
    expect((await listed('clients.update'))?.obstacle).toBeNull()
    await workspace.call('clients.create', { name: 'Third', code: 'ONE' })
    expect((await listed('clients.delete'))?.obstacle).toBe('Another client has its code by now.')
  })
})

test('an index of an expression is named by its column', () => {
  const error = Object.assign(new Error("UNIQUE constraint failed: index 'tags_name'"), {
    code: 'SQLITE_CONSTRAINT_UNIQUE',
  })
  expect(databaseError(error)).toMatchObject({
    code: 'DUPLICATE',
    message: 'There is already one with the same name.',
    fields: { name: 'There is already one with the same name.' },
  })
})

import { expect, test } from 'vitest'
import { takeRole } from '../support/people.ts'
import { openWorkspace } from '../support/workspace.ts'

// What an updater does with good and bad releases is in tests/updater/updater.test.ts.

test('a host that cannot replace itself says so, and takes no word for it', async () => {
  const workspace = await openWorkspace()
  const state = await workspace.call('updates.state', {})
  expect(state).toMatchObject({ status: 'unavailable', currentVersion: '0.0.0-test', version: null, problem: null })
  expect(await workspace.call('updates.check', {})).toEqual(state)
  for (const [name, input] of [
    ['updates.download', {}],
    ['updates.install', { when: 'now' }],
    ['updates.install', { when: 'quit' }],
  ] as const) {
    await expect(workspace.callRaw(name, input)).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: expect.stringContaining('desktop app'),
    })
  }
  await workspace.close()
})

test('installing is for those who look after the business', async () => {
  const workspace = await openWorkspace()
  await takeRole(workspace, 'staff')
  expect(await workspace.call('updates.state', {})).toMatchObject({ status: 'unavailable' })
  for (const name of ['updates.check', 'updates.download', 'updates.cancel', 'updates.install']) {
    await expect(workspace.callRaw(name, { when: 'now' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  await workspace.close()
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSessions } from '../../electron/rpc/sessions.ts'
import { beside, withPassword } from '../support/people.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
beforeEach(async () => {
  workspace = await openWorkspace()
})
afterEach(() => workspace.close())

/** The sessions of a core that was just opened, and the one that somebody began there. */
const opened = async () => {
  const userId = await withPassword(workspace)
  const current = workspace.core.sessions.current()
  const sessions = await workspace.core.read((db) =>
    openSessions(db, workspace.core.sessions.deviceId, workspace.clock),
  )
  const signedIn = {
    id: current?.id ?? '',
    userId,
    how: 'password' as const,
    provedAt: workspace.clock.now(),
    expiresAt: '2099-01-01T00:00:00.000Z',
  }
  return { sessions, signedIn }
}

test('nobody is signed in before it is known what they may do and what they owe', async () => {
  const { sessions, signedIn } = await opened()
  beside(workspace, (raw) => raw.exec('UPDATE users SET must_change_password = 1'))
  const seen: unknown[] = []
  let over = false
  const beginning = sessions.begin(signedIn).then(() => {
    over = true
  })
  while (!over) {
    if (sessions.current() !== null) {
      seen.push({ owes: sessions.owes(), isMember: sessions.membershipIn(workspace.organizationId) !== undefined })
    }
    await Promise.resolve()
  }
  await beginning
  seen.push({ owes: sessions.owes(), isMember: sessions.membershipIn(workspace.organizationId) !== undefined })
  expect(new Set(seen.map((one) => JSON.stringify(one)))).toEqual(
    new Set([JSON.stringify({ owes: 'new-password', isMember: true })]),
  )
})

test('whoever leaves while something is read stays out', async () => {
  const { sessions, signedIn } = await opened()
  const beginning = sessions.begin(signedIn)
  sessions.leave()
  await beginning
  expect(sessions.current()).toBeNull()
  await sessions.begin(signedIn)
  expect(sessions.current()).not.toBeNull()
  const refreshing = sessions.refresh()
  await Promise.resolve()
  sessions.leave()
  await refreshing
  expect(sessions.current()).toBeNull()
  expect(sessions.membershipIn(workspace.organizationId)).toBeUndefined()
})

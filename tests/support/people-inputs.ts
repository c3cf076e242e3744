import { v7 } from 'uuid'
import { addPerson, beside, prove } from './people.ts'
import { dot } from './pictures.ts'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

const staff: Make = (workspace) => ({ id: addPerson(workspace, { role: 'staff' }) })
const role = async (workspace: Workspace) => {
  prove(workspace)
  return await workspace.call('roles.create', { name: `Clerk ${v7()}`, permissions: ['clients.read'] })
}
const branch = (workspace: Workspace, code: string) =>
  workspace.call('branches.create', { code, name: 'Harbour', timezone: 'Europe/London' })
let codes = 0
const nextCode = () => {
  codes += 1
  return `B${codes}`
}

// A session of the same person somewhere else.
const otherSession = async (workspace: Workspace) => {
  const { userId } = await workspace.call('setup.state', {})
  const id = v7()
  beside(workspace, (raw) => {
    const deviceId = raw.prepare('SELECT id FROM devices LIMIT 1').pluck().get()
    const values = [
      id,
      userId,
      deviceId,
      id,
      'password',
      workspace.clock.now(),
      workspace.clock.now(),
      '2099-01-01T00:00:00.000Z',
    ]
    raw
      .prepare(
        'INSERT INTO sessions (id, user_id, device_id, token_hash, how, created_at, last_used_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(values)
  })
  return { id }
}

/** An input that works for each procedure of people, for somebody with a password. */
export const peopleInputs: Readonly<Record<string, Make>> = {
  'branches.list': () => ({ withClosed: true }),
  'branches.create': () => ({
    code: nextCode(),
    name: 'Harbour',
    timezone: 'Europe/London',
    addressLine1: 'Quay 1',
    city: 'Hull',
    postalCode: 'HU1',
  }),
  'branches.update': async (workspace) => ({
    ...(await branch(workspace, nextCode())),
    name: 'Harbour two',
    timezone: 'Europe/London',
  }),
  'branches.close': (workspace) => branch(workspace, nextCode()),
  'branches.reopen': async (workspace) => {
    const { id, version } = await branch(workspace, nextCode())
    await workspace.call('branches.close', { id, version })
    return { id }
  },
  'branches.choices': () => ({}),
  'branches.members': () => ({}),
  'branches.setMember': async (workspace) => ({
    id: addPerson(workspace, { role: 'staff' }),
    version: 1,
    branchIds: [(await branch(workspace, nextCode())).id],
  }),
  'mfa.turnOff': () => ({}),
  'mfa.distrustDevices': () => ({}),
  'roles.list': () => ({}),
  'roles.create': () => ({ name: `Clerk ${v7()}`, permissions: ['clients.read', 'users.read'] }),
  'roles.update': async (workspace) => ({
    ...(await role(workspace)),
    name: `Clerk ${v7()}`,
    permissions: ['items.read'],
  }),
  'roles.delete': role,
  'security.events': () => ({ cursor: '100', limit: 20, userId: null }),
  'security.verify': () => ({}),
  'security.settings': () => ({}),
  'security.setSettings': () => ({ sessionDays: 7, idleMinutes: 15, adminIdleMinutes: 5, secondFactor: 'nobody' }),
  'sessions.list': () => ({}),
  'sessions.revoke': otherSession,
  'sessions.revokeOthers': () => ({}),
  'sessions.ofPerson': staff,
  'sessions.revokeOfPerson': staff,
  'users.me': () => ({}),
  'users.updateMe': async (workspace) => {
    const { version } = await workspace.call('users.me', {})
    return { version, name: 'Ann Quill', email: 'ann@example.com', color: '#123456' }
  },
  'users.setPicture': async (workspace) => ({ version: (await workspace.call('users.me', {})).version, picture: dot }),
  'users.picture': staff,
  'users.faces': () => ({}),
  'users.setPin': () => ({ pin: '480617' }),
  'users.list': () => ({}),
  'users.elsewhere': () => ({}),
  'users.left': () => ({}),
  'users.erase': async (workspace) => {
    const id = addPerson(workspace, { role: 'staff', name: 'Ben Reed' })
    await workspace.call('users.deactivate', { id })
    return { id, confirmation: 'Ben Reed' }
  },
  'users.invite': () => ({ name: 'Ben Reed', email: `ben-${v7()}@example.com`, role: 'staff', roleId: null }),
  'users.update': (workspace) => ({
    ...staff(workspace),
    version: 1,
    name: 'Other name',
    email: `c-${v7()}@example.com`,
  }),
  'users.setRole': (workspace) => ({ ...staff(workspace), version: 1, role: 'manager', roleId: null }),
  'users.deactivate': staff,
  'users.activate': async (workspace) => {
    const id = addPerson(workspace, { role: 'staff' })
    await workspace.call('users.deactivate', { id })
    return { id }
  },
  'users.remove': staff,
  'users.makeCode': staff,
  'users.turnOffSecondFactor': staff,
}

/** Left out of the breaking of inputs, and why. */
export const peopleLeftOut: Readonly<Record<string, string>> = {
  'users.setPassword': 'a quarter of a second of hashing for each: tests/features/people.test.ts',
  'mfa.beginTotp': 'an app is set up once: tests/features/people.test.ts',
  'mfa.confirmTotp': 'needs the code of an app: tests/features/people.test.ts',
  'users.mailCode': 'sends a mail: tests/gate/mailed-invitation.test.ts',
  'mfa.beginEmail': 'sends a mail: tests/gate/email-code.test.ts',
  'mfa.confirmEmail': 'needs the code of a mail: tests/gate/email-code.test.ts',
  'mfa.newRecoveryCodes': 'needs an app that is set up: tests/features/people.test.ts',
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { inspect } from '../support/database.ts'
import { addMembership, addPerson, beside, enter, password, prove, withPassword } from '../support/people.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

let workspace: Workspace
let owner: string
beforeEach(async () => {
  workspace = await openWorkspace()
  owner = await withPassword(workspace)
})
afterEach(async () => {
  expect(workspace.errors).toEqual([])
  await workspace.close()
})

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'none'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}
const person = async (id: string) => {
  const found = (await workspace.call('users.list', {})).find((one) => one.id === id)
  if (found === undefined) throw new Error('no such person')
  return found
}
const setRole = async (id: string, role: 'owner' | 'admin' | 'manager' | 'staff', roleId: string | null = null) =>
  workspace.call('users.setRole', { id, version: (await person(id)).membershipVersion, role, roleId })
const files = (directory: string): string[] =>
  readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(directory, entry.name)) : [join(directory, entry.name)],
  )
/** Whether a text stands in any file of the data folder. */
const isAnywhere = (text: string) => files(workspace.directory).some((file) => readFileSync(file).includes(text))

describe('alone and without a password', () => {
  test('nothing of it is in the way, and the first password changes nothing but that', async () => {
    const own = await openWorkspace()
    expect(await own.call('users.me', {})).toMatchObject({ isAlone: true, hasPassword: false })
    expect(own.core.sessions.needsSignIn()).toBe(false)
    const invited = own.call('users.invite', { name: 'Ben', role: 'staff' })
    expect(await codeOf(invited)).toBe('INVALID_STATE')
    await own.call('users.setPassword', { password: 'vellum orchid tramway' })
    expect(own.core.sessions.needsSignIn()).toBe(true)
    // Whoever set it goes on, under a session of their own.
    expect(await own.call('users.me', {})).toMatchObject({ isAlone: false, hasPassword: true })
    expect(await own.call('sessions.list', {})).toHaveLength(1)
    await own.reopen()
    expect(await codeOf(own.call('users.me', {}))).toBe('LOCKED')
    await own.close()
  })
})

describe('a password', () => {
  test('is refused with the reason, and stands in no file', async () => {
    const bad = workspace.call('users.setPassword', { password: 'Linden2026' })
    await expect(bad).rejects.toMatchObject({
      code: 'VALIDATION',
      fields: { password: expect.stringMatching(/tried first/) },
    })
    const secret = 'canary sextant walrus knee'
    await workspace.call(
      'users.setPassword',
      { password: secret },
      { idempotencyKey: '018f3d9a-0000-7000-8000-000000000001' },
    )
    expect([isAnywhere(secret), isAnywhere('Linden Ltd')]).toEqual([false, true])
    const store = inspect(workspace.directory)
    const audit = JSON.stringify(store.rows(`SELECT new_values FROM audit_log WHERE table_name = 'users'`))
    expect(audit).not.toContain('$argon2id')
    // A hash of the input would be a fast hash of the password.
    expect(
      store.value(`SELECT count(*) FROM commands WHERE procedure = 'users.setPassword' AND input_hash IS NOT NULL`),
    ).toBe(0n)
    store.close()
  })

  test('that is new ends the other sessions of the person', async () => {
    await enter(workspace, owner)
    await enter(workspace, owner)
    expect(await workspace.call('sessions.list', {})).toHaveLength(3)
    await workspace.call('users.setPassword', { password: 'vellum orchid tramway' })
    const left = await workspace.call('sessions.list', {})
    expect(left.map(({ isCurrent }) => isCurrent)).toEqual([true])
  })

  test('is asked for again after five minutes for what concerns people', async () => {
    workspace.clock.advance(5 * 60_000)
    expect(await codeOf(workspace.call('users.invite', { name: 'Ben', role: 'staff' }))).toBe('REAUTHENTICATE')
    expect(await codeOf(workspace.call('users.setPassword', { password: 'vellum orchid tramway' }))).toBe(
      'REAUTHENTICATE',
    )
    const me = await workspace.call('users.me', {})
    const own = { version: me.version, name: 'Ann Quill', email: me.email, color: null }
    await workspace.call('users.updateMe', own)
    const moved = { ...own, version: me.version + 1, email: 'thief@example.com' }
    expect(await codeOf(workspace.call('users.updateMe', moved))).toBe('REAUTHENTICATE')
    await workspace.core.identity.reauthenticate(password)
    expect(await codeOf(workspace.call('users.invite', { name: 'Ben', role: 'staff' }))).toBe('none')
    // Codes and resets are mailed there.
    await workspace.call('users.updateMe', moved)
    const { rows } = await workspace.call('security.events', {})
    expect(rows[0]).toMatchObject({ kind: 'person-changed', userId: me.id, data: { person: me.id } })
  })

  test('is asked for again before tables leave as files', async () => {
    workspace.clock.advance(5 * 60_000)
    const sheets = ['clients'] as const
    expect(await codeOf(workspace.call('dataExports.workbook', { sheets: [...sheets] }))).toBe('REAUTHENTICATE')
    expect(await codeOf(workspace.call('dataExports.sheet', { sheet: 'clients' }))).toBe('REAUTHENTICATE')
    await workspace.core.identity.reauthenticate(password)
    expect(await codeOf(workspace.call('dataExports.sheet', { sheet: 'clients' }))).toBe('none')
  })

  test('comes before a PIN, which is not one of those tried first', async () => {
    expect(await codeOf(workspace.call('users.setPin', { pin: '1234' }))).toBe('VALIDATION')
    await workspace.call('users.setPin', { pin: '480617' })
    expect(await workspace.call('users.me', {})).toMatchObject({ hasPin: true })
    await workspace.call('users.setPin', { pin: null })
    expect(await workspace.call('users.me', {})).toMatchObject({ hasPin: false })
  })
})

describe('the last owner', () => {
  test('cannot be demoted, deactivated or removed, whichever way', async () => {
    const admin = addPerson(workspace, { role: 'admin' })
    expect(await codeOf(setRole(owner, 'admin'))).toBe('INVALID_STATE')
    for (const name of ['users.deactivate', 'users.remove'] as const) {
      expect(await codeOf(workspace.call(name, { id: owner }))).toBe('INVALID_STATE')
    }
    await enter(workspace, admin)
    for (const name of ['users.deactivate', 'users.remove'] as const) {
      expect(await codeOf(workspace.call(name, { id: owner }))).toBe('FORBIDDEN')
    }
    for (const sql of [
      `UPDATE memberships SET role = 'staff' WHERE user_id = '${owner}'`,
      `UPDATE memberships SET deleted_at = '2026' WHERE user_id = '${owner}'`,
      `UPDATE users SET status = 'inactive' WHERE id = '${owner}'`,
      `UPDATE users SET deleted_at = '2026' WHERE id = '${owner}'`,
    ]) {
      expect(() => beside(workspace, (raw) => raw.exec(sql))).toThrow('the last owner stays')
    }
  })

  test('is not got rid of by two commands in a row', async () => {
    const second = addPerson(workspace, { role: 'owner' })
    // Each is allowed while the other is there.
    await setRole(second, 'admin')
    expect(await codeOf(setRole(owner, 'staff'))).toBe('INVALID_STATE')
    await setRole(second, 'owner')
    await setRole(owner, 'staff')
    await enter(workspace, second)
    expect(await codeOf(setRole(second, 'admin'))).toBe('INVALID_STATE')
    expect((await person(owner)).role).toBe('staff')
  })

  test('who is inactive does not count as one', async () => {
    const second = addPerson(workspace, { role: 'owner' })
    await workspace.call('users.deactivate', { id: second })
    expect(await codeOf(setRole(owner, 'admin'))).toBe('INVALID_STATE')
  })
})

describe('nobody gives or takes more than they have', () => {
  test('an admin makes no owner and touches none', async () => {
    const admin = addPerson(workspace, { role: 'admin' })
    const staff = addPerson(workspace, { role: 'staff' })
    await enter(workspace, admin)
    expect(await codeOf(workspace.call('users.invite', { name: 'Eve', role: 'owner' }))).toBe('FORBIDDEN')
    expect(await codeOf(setRole(staff, 'owner'))).toBe('FORBIDDEN')
    const { version } = await person(owner)
    const touching = [
      setRole(owner, 'staff'),
      workspace.call('users.update', { id: owner, version, name: 'Eve', email: 'eve@example.com' }),
      workspace.call('users.deactivate', { id: owner }),
      workspace.call('users.activate', { id: owner }),
      workspace.call('users.remove', { id: owner }),
      workspace.call('users.makeCode', { id: owner }),
      workspace.call('users.turnOffSecondFactor', { id: owner }),
      workspace.call('sessions.revokeOfPerson', { id: owner }),
    ]
    expect(await Promise.all(touching.map(codeOf))).toEqual(touching.map(() => 'FORBIDDEN'))
    expect(await person(owner)).toMatchObject({ role: 'owner', status: 'active', mayChange: false })
    await setRole(staff, 'admin')
  })

  test('nobody raises their own role, nor the role that they have', async () => {
    const { id: clerk } = await workspace.call('roles.create', {
      name: 'Clerk',
      permissions: ['clients.read', 'users.read', 'users.manage', 'roles.manage'],
    })
    const ben = addPerson(workspace, { role: 'staff', roleId: clerk })
    const manager = addPerson(workspace, { role: 'manager' })
    await enter(workspace, ben)
    expect(await codeOf(setRole(ben, 'admin'))).toBe('INVALID_STATE')
    expect(await codeOf(setRole(ben, 'staff'))).toBe('INVALID_STATE')
    const own = workspace.call('roles.update', { id: clerk, version: 1, permissions: ['clients.read', 'bank.write'] })
    expect(await codeOf(own)).toBe('INVALID_STATE')
    expect(await codeOf(workspace.call('roles.create', { name: 'More', permissions: ['bank.write'] }))).toBe(
      'FORBIDDEN',
    )
    expect(await codeOf(workspace.call('users.invite', { name: 'Eve', role: 'manager' }))).toBe('FORBIDDEN')
    expect(await codeOf(workspace.call('users.deactivate', { id: manager }))).toBe('FORBIDDEN')
    expect(await codeOf(workspace.call('users.invite', { name: 'Cat', role: 'staff', roleId: clerk }))).toBe('none')
    expect(await codeOf(workspace.call('invoices.list', {}))).toBe('FORBIDDEN')
    expect(await codeOf(workspace.call('clients.list', {}))).toBe('none')
  })

  test('a stranger’s role, person or session is nobody’s', async () => {
    const other = await workspace.call('setup.createOrganization', { legalName: 'Other Ltd', country: 'GB' })
    const { id: role } = await workspace.call(
      'roles.create',
      { name: 'Clerk', permissions: [] },
      { organizationId: other.id },
    )
    const eve = addPerson(workspace, { role: 'staff', organizationId: other.id })
    expect(await codeOf(workspace.call('users.invite', { name: 'Eve', role: 'staff', roleId: role }))).toBe('NOT_FOUND')
    const { id: session } = (await workspace.call('sessions.list', {}))[0] ?? { id: '' }
    for (const name of ['users.remove', 'users.makeCode'] as const) {
      expect(await codeOf(workspace.call(name, { id: eve }))).toBe('NOT_FOUND')
    }
    // Who owns the workstation may shut her out; an admin of this business does not know her.
    await enter(workspace, addPerson(workspace, { role: 'admin' }))
    for (const name of ['users.deactivate', 'users.remove', 'users.makeCode', 'sessions.revokeOfPerson'] as const) {
      expect(await codeOf(workspace.call(name, { id: eve }))).toBe('NOT_FOUND')
    }
    addMembership(workspace, eve, workspace.organizationId, 'owner')
    await enter(workspace, eve)
    expect(await codeOf(workspace.call('sessions.revoke', { id: session }))).toBe('NOT_FOUND')
  })

  test('people stand by name in every list, whatever their letters; whoever asks stands first among colleagues', async () => {
    const other = await workspace.call('setup.createOrganization', { legalName: 'Other Ltd', country: 'GB' })
    for (const name of ['farid Oak', 'Élodie Fir', 'Dora Ash']) {
      addPerson(workspace, { role: 'staff', name })
      await workspace.call('users.deactivate', { id: addPerson(workspace, { role: 'staff', name }) })
      addPerson(workspace, { role: 'staff', name, organizationId: other.id })
    }
    const sorted = ['Dora Ash', 'Élodie Fir', 'farid Oak']
    const twice = sorted.flatMap((name) => [name, name])
    const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name)
    expect(names(await workspace.call('users.list', {}))).toEqual(['Owner', ...twice])
    expect(names(await workspace.call('users.left', {}))).toEqual(sorted)
    expect(names(await workspace.call('users.elsewhere', {}))).toEqual(sorted)
    expect(names((await workspace.call('audit.choices', {})).users)).toEqual([...twice, 'Owner'])
  })

  test('a business is told of sign-ins of somebody from when they came to when they left', async () => {
    const other = await workspace.call('setup.createOrganization', { legalName: 'Other Ltd', country: 'GB' })
    const cat = addPerson(workspace, { role: 'staff', email: 'cat@example.com', organizationId: other.id })
    beside(workspace, (raw) =>
      raw.prepare(`UPDATE memberships SET created_at = '2020-01-01T00:00:00.000Z' WHERE user_id = ?`).run(cat),
    )
    const seen = async () => {
      const { rows } = await workspace.call('security.events', { userId: cat })
      return rows.filter(({ kind }) => kind === 'signed-in').length
    }
    const shown = async () => (await workspace.call('users.list', {})).find(({ id }) => id === cat)?.lastLoginAt
    const signsIn = async () => {
      await enter(workspace, cat)
      await enter(workspace, owner)
      workspace.clock.advance(1000)
    }
    await signsIn()
    await workspace.call('users.invite', { name: 'Cat', email: 'cat@example.com', role: 'staff' })
    expect([await seen(), await shown()]).toEqual([0, null])
    await signsIn()
    expect([await seen(), typeof (await shown())]).toEqual([1, 'string'])
    await workspace.call('users.remove', { id: cat })
    await signsIn()
    expect(await seen()).toBe(1)
  })

  test('who may change somebody in one business does not take them over in another', async () => {
    const other = await workspace.call('setup.createOrganization', { legalName: 'Other Ltd', country: 'GB' })
    const ben = addPerson(workspace, { role: 'owner' })
    const cat = addPerson(workspace, { role: 'staff' })
    addMembership(workspace, cat, other.id, 'owner')
    await enter(workspace, ben)
    expect((await workspace.call('setup.state', {})).organizations.map(({ name }) => name)).toEqual(['Linden Ltd'])
    for (const name of ['users.makeCode', 'users.turnOffSecondFactor'] as const) {
      expect(await codeOf(workspace.call(name, { id: cat }))).toBe('FORBIDDEN')
    }
    await enter(workspace, addPerson(workspace, { role: 'admin' }))
    for (const name of ['users.makeCode', 'users.deactivate', 'users.turnOffSecondFactor'] as const) {
      expect(await codeOf(workspace.call(name, { id: cat }))).toBe('FORBIDDEN')
    }
    await workspace.call('users.remove', { id: cat })
    await enter(workspace, cat)
    expect((await workspace.call('setup.state', {})).organizations.map(({ name }) => name)).toEqual(['Other Ltd'])
    expect(await codeOf(workspace.call('clients.list', {}))).toBe('FORBIDDEN')
  })
})

describe('an invitation', () => {
  test('gives a code once, which stands in no file and lets in once', async () => {
    const made = await workspace.call(
      'users.invite',
      { name: 'Ben Reed', email: 'Ben@Example.com', role: 'staff' },
      { idempotencyKey: '018f3d9a-0000-7000-8000-000000000002' },
    )
    expect(made.token).toMatch(/^([0-9a-z]{4}-){12}[0-9a-z]{4}$/)
    expect(isAnywhere(made.token ?? '')).toBe(false)
    expect(isAnywhere((made.token ?? '').replaceAll('-', ''))).toBe(false)
    expect(await person(made.id)).toMatchObject({ status: 'invited', email: 'ben@example.com', hasPassword: false })
    const again = workspace.call('users.invite', { name: 'Ben', email: 'ben@example.com', role: 'staff' })
    expect(await codeOf(again)).toBe('DUPLICATE')
    const next = await workspace.call('users.makeCode', { id: made.id })
    expect(next.token).not.toBe(made.token)
  })

  test('of somebody who signs in here already needs no code', async () => {
    const other = await workspace.call('setup.createOrganization', { legalName: 'Other Ltd', country: 'GB' })
    const ben = addPerson(workspace, { role: 'staff', email: 'ben@example.com' })
    const input = { name: 'Ben', email: 'ben@example.com', role: 'manager' } as const
    expect(await workspace.call('users.invite', input, { organizationId: other.id })).toMatchObject({
      id: ben,
      token: null,
    })
    await enter(workspace, ben)
    expect((await workspace.call('setup.state', {})).organizations).toHaveLength(2)
  })

  test('somebody who was kept out comes back with a new password only', async () => {
    const ben = addPerson(workspace, { role: 'staff' })
    await enter(workspace, ben)
    await enter(workspace, owner)
    expect(await workspace.call('sessions.ofPerson', { id: ben })).toHaveLength(1)
    await workspace.call('users.deactivate', { id: ben })
    expect(await workspace.call('sessions.ofPerson', { id: ben })).toEqual([])
    await expect(enter(workspace, ben)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    await enter(workspace, owner)
    expect((await workspace.call('users.activate', { id: ben })).token).not.toBeNull()
    await expect(enter(workspace, ben)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
  })
})

describe('roles', () => {
  test('the built-in ones are fixed, an own one goes only when nobody has it', async () => {
    const listed = await workspace.call('roles.list', {})
    expect(listed.map(({ name, mayChange, memberCount }) => [name, mayChange, memberCount])).toEqual([
      ['Owner', false, 1],
      ['Admin', false, 0],
      ['Manager', false, 0],
      ['Staff', false, 0],
      ['Accountant', false, 0],
      ['Cashier', false, 0],
    ])
    expect(await codeOf(workspace.call('roles.create', { name: 'manager', permissions: [] }))).toBe('DUPLICATE')
    const { id } = await workspace.call('roles.create', { name: 'Clerk', permissions: ['clients.read'] })
    const ben = addPerson(workspace, { role: 'staff', roleId: id })
    expect(await codeOf(workspace.call('roles.delete', { id, version: 1 }))).toBe('INVALID_STATE')
    expect(await person(ben)).toMatchObject({ roleName: 'Clerk' })
    await workspace.call('roles.update', { id, version: 1, permissions: ['clients.read', 'items.read'] })
    expect(await codeOf(workspace.call('roles.update', { id, version: 1, name: 'Other' }))).toBe('CONFLICT')
    await enter(workspace, ben)
    expect(await codeOf(workspace.call('items.list', {}))).toBe('none')
    await enter(workspace, owner)
    await setRole(ben, 'staff')
    await workspace.call('roles.delete', { id, version: 2 })
    expect(await workspace.call('roles.list', {})).toHaveLength(6)
  })
})

describe('one-time codes', () => {
  const codeAt = (secret: string) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.parse(workspace.clock.now()) })

  test('are asked for once an app is confirmed, each is good once, and recovery codes stand in', async () => {
    const { secret, address } = await workspace.call('mfa.beginTotp', {})
    expect(address).toContain(`secret=${secret}`)
    expect(isAnywhere(secret)).toBe(false)
    expect(await workspace.call('users.me', {})).toMatchObject({ totp: false })
    await enter(workspace, owner)
    expect(await codeOf(workspace.call('mfa.confirmTotp', { code: '000000' }))).toBe('VALIDATION')
    const { recoveryCodes } = await workspace.call('mfa.confirmTotp', { code: codeAt(secret) })
    expect(recoveryCodes).toHaveLength(10)
    expect(isAnywhere(recoveryCodes[0] ?? '')).toBe(false)
    await expect(enter(workspace, owner)).rejects.toThrow('A code is asked for')
    workspace.clock.advance(60_000)
    const code = codeAt(secret)
    await workspace.core.identity.leave('signed-out')
    const login = {
      userId: owner,
      proof: { factor: 'password', secret: password },
      how: 'password',
      trustDevice: false,
      client: '',
    } as const
    await workspace.core.identity.signIn({ ...login, code })
    await expect(workspace.core.identity.signIn({ ...login, code })).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    await enter(workspace, owner, recoveryCodes[3])
    await expect(enter(workspace, owner, recoveryCodes[3])).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    await enter(workspace, owner, recoveryCodes[4])
    expect(await workspace.call('users.me', {})).toMatchObject({ totp: true, recoveryCodesLeft: 8 })
    const fresh = await workspace.call('mfa.newRecoveryCodes', {})
    await expect(enter(workspace, owner, recoveryCodes[5])).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    await enter(workspace, owner, fresh.recoveryCodes[0])
    await workspace.call('mfa.turnOff', {})
    await enter(workspace, owner)
  })

  test('of somebody who lost everything are turned off by whoever may', async () => {
    const ben = addPerson(workspace, { role: 'staff' })
    await enter(workspace, ben)
    const { secret } = await workspace.call('mfa.beginTotp', {})
    await workspace.call('mfa.confirmTotp', { code: codeAt(secret) })
    await enter(workspace, owner)
    expect((await person(ben)).hasSecondFactor).toBe(true)
    await workspace.call('users.turnOffSecondFactor', { id: ben })
    await enter(workspace, ben)
  })
})

describe('sessions and security events', () => {
  test('one or all others are ended, and what happened is in the chain', async () => {
    await enter(workspace, owner)
    await enter(workspace, owner)
    const listed = await workspace.call('sessions.list', {})
    expect(listed.map(({ isCurrent }) => isCurrent)).toEqual([true, false, false])
    expect(await workspace.call('sessions.revoke', { id: listed[1]?.id ?? '' })).toEqual({ revoked: 1 })
    expect(await codeOf(workspace.call('sessions.revoke', { id: listed[1]?.id ?? '' }))).toBe('NOT_FOUND')
    expect(await workspace.call('sessions.revokeOthers', {})).toEqual({ revoked: 1 })
    await expect(
      workspace.core.identity.signIn({
        userId: owner,
        proof: { factor: 'password', secret: 'wrong horse' },
        how: 'password',
        code: null,
        trustDevice: false,
        client: '',
      }),
    ).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    const { rows } = await workspace.call('security.events', { limit: 4 })
    expect(rows.map(({ kind }) => kind)).toEqual(['sign-in-failed', 'sessions-revoked', 'session-revoked', 'signed-in'])
    expect(await workspace.call('security.verify', {})).toMatchObject({ firstBad: null })
  })

  test('whose own session is revoked is out at once', async () => {
    const [current] = await workspace.call('sessions.list', {})
    await workspace.call('sessions.revoke', { id: current?.id ?? '' })
    expect(await codeOf(workspace.call('users.me', {}))).toBe('LOCKED')
  })

  test('of another business are not shown', async () => {
    const other = await workspace.call('setup.createOrganization', { legalName: 'Other Ltd', country: 'GB' })
    const eve = addPerson(workspace, { role: 'owner', organizationId: other.id })
    await enter(workspace, eve)
    await workspace.call(
      'security.setSettings',
      { sessionDays: 1, idleMinutes: 3, adminIdleMinutes: 2, secondFactor: 'nobody' },
      { organizationId: other.id },
    )
    await enter(workspace, owner)
    const { rows } = await workspace.call('security.events', {})
    expect(rows.filter(({ userId }) => userId === eve)).toEqual([])
    expect(await workspace.call('security.settings', {})).toMatchObject({ sessionDays: 7, idleMinutes: 15 })
  })

  test('the rules of signing in hold, and the strictest business of a person counts', async () => {
    const other = await workspace.call('setup.createOrganization', { legalName: 'Other Ltd', country: 'GB' })
    const rules = { idleMinutes: 15, adminIdleMinutes: 5, secondFactor: 'nobody' as const }
    await workspace.call('security.setSettings', { ...rules, sessionDays: 30 })
    await workspace.call(
      'security.setSettings',
      { ...rules, sessionDays: 2, secondFactor: 'admins' },
      { organizationId: other.id },
    )
    expect(workspace.core.sessions.owes()).toBe('second-factor')
    expect(await codeOf(workspace.call('users.me', {}))).toBe('LOCKED')
    const ben = addPerson(workspace, { role: 'staff' })
    await enter(workspace, ben)
    expect(await workspace.call('users.me', {})).toMatchObject({ needsSecondFactor: false })
    workspace.clock.advance(29 * 86_400_000)
    expect(await codeOf(workspace.call('users.me', {}))).toBe('none')
    await enter(workspace, owner)
    workspace.clock.advance(2 * 86_400_000)
    expect(workspace.core.sessions.current()).toBeNull()
  })

  test('pages go on where the last one ended', async () => {
    for (let time = 0; time < 5; time += 1) await workspace.call('sessions.revokeOthers', {})
    const first = await workspace.call('security.events', { limit: 3 })
    const second = await workspace.call('security.events', { limit: 3, cursor: first.nextCursor })
    expect(second.rows[0]?.seq).toBe((first.rows[2]?.seq ?? 0) - 1)
  })
})

test('a branch is added, changed and closed; the main one and one that numbers belong to stay', async () => {
  const branch = { name: 'Harbour', timezone: 'Europe/London' }
  const { id } = await workspace.call('branches.create', { code: 'HB', ...branch })
  expect(await codeOf(workspace.call('branches.create', { code: 'HB', ...branch }))).toBe('DUPLICATE')
  await workspace.call('branches.update', { id, version: 1, ...branch, name: 'Harbour two' })
  const listed = await workspace.call('branches.list', {})
  expect(listed.map(({ name }) => name)).toEqual(['Main', 'Harbour two'])
  const main = listed[0]
  expect(await codeOf(workspace.call('branches.close', { id: main?.id ?? '', version: 1 }))).toBe('INVALID_STATE')
  const series = await workspace.call('numberSeries.create', {
    documentKind: 'invoice',
    code: 'HB',
    pattern: '{BRANCH}-{0000}',
    branchId: id,
  })
  expect(await codeOf(workspace.call('branches.close', { id, version: 2 }))).toBe('INVALID_STATE')
  await workspace.call('numberSeries.delete', { id: series.id, version: 1 })
  await workspace.call('branches.close', { id, version: 2 })
  expect(await workspace.call('branches.list', {})).toHaveLength(1)
  prove(workspace)
})

import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { addPerson, enter, prove, withPassword } from '../support/people.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'none'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

let workspace: Workspace
let ownerId: string
let harbour: string
let market: string

const asPerson = async (id: string) => {
  await enter(workspace, id)
  prove(workspace)
}
const asOwner = () => asPerson(ownerId)

beforeAll(async () => {
  workspace = await openWorkspace()
  ownerId = await withPassword(workspace)
  prove(workspace)
  const branch = async (code: string, name: string) =>
    (await workspace.call('branches.create', { code, name, timezone: 'Europe/London' })).id
  harbour = await branch('HB', 'Harbour')
  market = await branch('MT', 'Market')
})
afterAll(() => workspace.close())

describe('a person who is invited', () => {
  const invite = (values: object) =>
    workspace.call('users.invite', { name: 'Cat Fern', role: 'staff', ...values, handsCode: false })

  test('sees the branches that were chosen from the first moment', async () => {
    await asOwner()
    const { id } = await invite({ branchIds: [market, harbour, market] })
    expect(await workspace.call('branches.members', {})).toContainEqual({ userId: id, branchIds: [market, harbour] })
    const { id: whole } = await invite({ name: 'Dan Rush' })
    expect((await workspace.call('branches.members', {})).some(({ userId }) => userId === whole)).toBe(false)
  })

  test('gets no branch that is not there, and as an owner no limit', async () => {
    await asOwner()
    expect(await codeOf(invite({ branchIds: [v7()] }))).toBe('NOT_FOUND')
    expect(await codeOf(invite({ role: 'owner', branchIds: [market] }))).toBe('INVALID_STATE')
  })

  test('gets of the branches of whoever is limited themselves, and no more', async () => {
    await asOwner()
    const limited = async (role: 'admin' | 'staff', branchIds: readonly string[]) => {
      const id = addPerson(workspace, { role })
      await workspace.call('branches.setMember', { id, version: 1, branchIds: [...branchIds] })
      return id
    }
    const { id: hiring } = await workspace.call('roles.create', {
      name: 'Hiring',
      permissions: ['users.read', 'users.manage', 'clients.read', 'organizations.read'],
    })
    const south = await workspace.call('branches.create', { code: 'SO', name: 'South', timezone: 'Europe/London' })
    const admin = await limited('admin', [harbour, market])
    const [whole, partly, below] = [
      addPerson(workspace, { role: 'staff' }),
      await limited('staff', [harbour, south.id]),
      await limited('staff', [market]),
    ]
    await asPerson(admin)
    for (const branchIds of [[], [south.id], [harbour, south.id]]) {
      expect(await codeOf(invite({ branchIds }))).toBe('FORBIDDEN')
    }
    expect(await codeOf(invite({ role: 'owner', branchIds: [harbour] }))).toBe('FORBIDDEN')
    const { id, token } = await workspace.call('users.invite', { name: 'Eve', role: 'admin', branchIds: [market] })
    expect(token).not.toBeNull()
    // A code for somebody is a way to be them.
    const code = (of: string) => codeOf(workspace.call('users.makeCode', { id: of }))
    expect(await Promise.all([id, below, whole, partly, ownerId].map(code))).toEqual([
      'none',
      'none',
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
    ])
    const people = await workspace.call('users.list', {})
    expect([id, below, whole, partly].map((it) => people.find((one) => one.id === it)?.mayChange)).toEqual([
      true,
      true,
      false,
      false,
    ])
    for (const person of [admin, below, whole]) {
      const widened = workspace.call('branches.setMember', { id: person, version: 2, branchIds: [] })
      expect(await codeOf(widened)).toBe('FORBIDDEN')
    }
    expect((await workspace.call('users.me', {})).mayCall.filter((name) => /^(users|branches)\./.test(name))).toEqual(
      expect.arrayContaining(['users.invite', 'users.makeCode', 'users.mailCode']),
    )
    await asOwner()
    expect(await workspace.call('branches.members', {})).toContainEqual({ userId: id, branchIds: [market] })
    // An own role that may invite gives what it has itself.
    await workspace.call('users.setRole', { id: admin, version: 2, role: 'staff', roleId: hiring })
    await asPerson(admin)
    const given = (await workspace.call('roles.list', {})).filter(({ mayGive }) => mayGive).map(({ name }) => name)
    expect(given).toEqual(['Hiring'])
    expect(await codeOf(invite({ role: 'cashier', branchIds: [harbour] }))).toBe('FORBIDDEN')
    expect(await codeOf(invite({ roleId: hiring, branchIds: [harbour] }))).toBe('none')
  })

  test('who becomes an owner answers for the whole business, whatever they were limited to before', async () => {
    await asOwner()
    const heir = addPerson(workspace, { role: 'admin' })
    const other = addPerson(workspace, { role: 'staff' })
    await workspace.call('branches.setMember', { id: heir, version: 1, branchIds: [harbour] })
    await workspace.call('users.setRole', { id: heir, version: 2, role: 'owner', roleId: null })
    await asPerson(heir)
    const people = await workspace.call('users.list', {})
    expect(people.find(({ id }) => id === other)?.mayChange).toBe(true)
    expect(await codeOf(workspace.call('users.makeCode', { id: other }))).toBe('none')
  })
})

test('an admin who is limited to a branch reads the rules of signing in, and does not change them for everybody', async () => {
  await asOwner()
  const id = addPerson(workspace, { role: 'admin' })
  await workspace.call('branches.setMember', { id, version: 1, branchIds: [harbour] })
  await asPerson(id)
  const rules = await workspace.call('security.settings', {})
  const weaker = { ...rules, adminIdleMinutes: 480, secondFactor: 'nobody' as const }
  expect(await codeOf(workspace.call('security.setSettings', weaker))).toBe('FORBIDDEN')
  await asOwner()
  expect(await workspace.call('security.settings', {})).toEqual(rules)
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { insertRow } from '../support/database.ts'
import { addPerson, beside, enter, withPassword } from '../support/people.ts'
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

const business = { legalName: 'Second Ltd', country: 'GB' }
const refusal = { code: 'FORBIDDEN', message: expect.stringMatching(/owner of this workstation/) }
const may = async () => (await workspace.call('setup.state', {})).ownsWorkstation

describe('another business beside those kept here', () => {
  test('is for owners of the first one to make', async () => {
    for (const role of ['admin', 'manager', 'staff', 'accountant', 'cashier'] as const) {
      await enter(workspace, addPerson(workspace, { role }))
      expect(await may(), role).toBe(false)
      await expect(workspace.call('setup.createOrganization', business), role).rejects.toMatchObject(refusal)
      await expect(workspace.call('setup.loadDemo', {}), role).rejects.toMatchObject(refusal)
      await expect(workspace.call('setup.removeDemo', {}), role).rejects.toMatchObject(refusal)
      const content = new Uint8Array([80, 75, 3, 4])
      await expect(workspace.call('dataExports.importEverything', { content })).rejects.toMatchObject(refusal)
    }
    await enter(workspace, addPerson(workspace, { role: 'owner' }))
    expect(await may()).toBe(true)
    const { id } = await workspace.call('setup.createOrganization', business)
    expect((await workspace.call('setup.state', {})).organizations.map((it) => it.id)).toContain(id)
    // Whoever owns that one alone has no say here.
    await enter(workspace, addPerson(workspace, { role: 'owner', organizationId: id }))
    expect(await may()).toBe(false)
  })

  test('that is older, as one of an import may be, does not become the first', async () => {
    const { id } = await workspace.call('setup.createOrganization', business)
    const old = '00000000-0000-7000-8000-00000000000a'
    beside(workspace, (raw) => {
      // As .get() gives it: columns by name.
      const row = raw.prepare('SELECT * FROM organizations WHERE id = ?').get(id) as Record<string, unknown>
      insertRow(raw, 'organizations', { ...row, id: old, organization_id: old })
    })
    await enter(workspace, addPerson(workspace, { role: 'owner', organizationId: old }))
    expect(await may()).toBe(false)
    await enter(workspace, owner)
    expect(await may()).toBe(true)
  })

  test('is not for somebody who belongs to none; where none is left, for whoever led the last one', async () => {
    const id = addPerson(workspace, { role: 'admin' })
    beside(workspace, (raw) =>
      raw.prepare(`UPDATE memberships SET deleted_at = '2026-11-21T00:00:00.000Z' WHERE user_id = ?`).run(id),
    )
    await enter(workspace, id)
    await expect(workspace.call('setup.createOrganization', business)).rejects.toMatchObject(refusal)
    beside(workspace, (raw) => raw.exec(`UPDATE organizations SET deleted_at = '2026-11-21T00:00:00.000Z'`))
    await enter(workspace, id)
    await expect(workspace.call('setup.createOrganization', business)).rejects.toMatchObject(refusal)
    await enter(workspace, owner)
    expect(await may()).toBe(true)
    await workspace.call('setup.createOrganization', business)
  })
})

test('whoever was of the demo alone is kept out with it, and whoever takes it away stays', async () => {
  const demo = await workspace.call('setup.createOrganization', { ...business, isDemo: true })
  const guest = addPerson(workspace, { role: 'staff', organizationId: demo.id })
  const colleague = addPerson(workspace, { role: 'staff' })
  const people = () =>
    workspace.core.read((db) =>
      db.selectFrom('users').select('id').where('status', '=', 'active').orderBy('id').execute(),
    )
  await enter(workspace, guest)
  await enter(workspace, owner)
  expect(await workspace.call('setup.removeDemo', {})).toEqual({ removed: true })
  expect((await people()).map(({ id }) => id)).toEqual([owner, colleague].sort())
  const left = await workspace.core.read((db) =>
    db.selectFrom('sessions').select('id').where('userId', '=', guest).where('revokedAt', 'is', null).execute(),
  )
  expect(left).toEqual([])
})

test('alone and without a password nobody is asked', async () => {
  const own = await openWorkspace({ empty: true })
  expect(await own.call('setup.state', {})).toMatchObject({ ownsWorkstation: true })
  await own.call('setup.createOrganization', business)
  await own.call('setup.createOrganization', business)
  await own.close()
})

test('with a second person it counts who one is, also before there is a password', async () => {
  const own = await openWorkspace()
  addPerson(own, { role: 'owner', withoutPassword: true })
  beside(own, (raw) =>
    raw.exec(
      `UPDATE memberships SET role = 'staff' WHERE user_id = (SELECT id FROM users ORDER BY created_at LIMIT 1)`,
    ),
  )
  await own.reopen()
  await expect(own.call('setup.createOrganization', business)).rejects.toMatchObject(refusal)
  await own.close()
})

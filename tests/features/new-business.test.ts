import { afterEach, beforeEach, describe, expect, test } from 'vitest'
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
const refusal = { code: 'FORBIDDEN', message: expect.stringMatching(/owner or an admin of a business kept here/) }
const may = async () => (await workspace.call('setup.state', {})).mayMakeBusiness

describe('another business beside those kept here', () => {
  test('is for owners and admins to make', async () => {
    for (const role of ['manager', 'staff', 'accountant', 'cashier'] as const) {
      await enter(workspace, addPerson(workspace, { role }))
      expect(await may(), role).toBe(false)
      await expect(workspace.call('setup.createOrganization', business), role).rejects.toMatchObject(refusal)
      await expect(workspace.call('setup.loadDemo', {}), role).rejects.toMatchObject(refusal)
      await expect(workspace.call('setup.removeDemo', {}), role).rejects.toMatchObject(refusal)
      const content = new Uint8Array([80, 75, 3, 4])
      await expect(workspace.call('dataExports.importEverything', { content })).rejects.toMatchObject(refusal)
    }
    for (const role of ['owner', 'admin'] as const) {
      await enter(workspace, addPerson(workspace, { role }))
      expect(await may(), role).toBe(true)
      const { id } = await workspace.call('setup.createOrganization', business)
      expect((await workspace.call('setup.state', {})).organizations.map((it) => it.id)).toContain(id)
    }
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

test('alone and without a password nobody is asked', async () => {
  const own = await openWorkspace({ empty: true })
  expect(await own.call('setup.state', {})).toMatchObject({ mayMakeBusiness: true })
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

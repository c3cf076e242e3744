import { describe, expect, test } from 'vitest'
import { coreProcedures } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { permissions, rolePermissions, roles } from '../../shared/permissions.ts'
import { takeRole, withPassword } from '../support/people.ts'
import { openWorkspace } from '../support/workspace.ts'

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'none'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

describe('who may call what', () => {
  test('every procedure names a permission that there is', () => {
    const unknown = [...coreProcedures].filter(([, { permission }]) => !permissions.includes(permission))
    expect(unknown).toEqual([])
  })

  test.each(roles)('a %s may call what the role says, and nothing else', async (role) => {
    const own = await openWorkspace()
    await takeRole(own, role)
    for (const [name, { permission }] of coreProcedures) {
      if (permission === 'workspace') continue
      // Nobody reads the input of a caller who may not call: null is refused by every schema.
      const expected = rolePermissions[role].has(permission) ? 'VALIDATION' : 'FORBIDDEN'
      expect(`${name} ${await codeOf(own.callRaw(name, null))}`).toBe(`${name} ${expected}`)
    }
    await own.close()
  })

  test.each(['clients.read', 'users.manage'] as const)(
    'an own role of %s may call that, and nothing else',
    async (own) => {
      const workspace = await openWorkspace()
      const { id } = await workspace.call('roles.create', { name: 'Clerk', permissions: [own] })
      await takeRole(workspace, 'staff', id)
      for (const [name, { permission }] of coreProcedures) {
        if (permission === 'workspace') continue
        const expected = permission === own ? 'VALIDATION' : 'FORBIDDEN'
        expect(`${name} ${await codeOf(workspace.callRaw(name, null))}`).toBe(`${name} ${expected}`)
      }
      await workspace.close()
    },
  )

  test('nobody signed in may call nothing at all', async () => {
    const workspace = await openWorkspace()
    await withPassword(workspace)
    await workspace.core.identity.leave('signed-out')
    for (const [name] of coreProcedures) {
      expect(`${name} ${await codeOf(workspace.callRaw(name, {}))}`).toBe(`${name} LOCKED`)
    }
    await workspace.close()
  })
})

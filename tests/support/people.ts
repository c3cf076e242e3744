import { join } from 'node:path'
import { hashSync } from '@node-rs/argon2'
import type Sqlite from 'better-sqlite3'
import { v7 } from 'uuid'
import { openConnection } from '../../db/open.ts'
import type { Role } from '../../shared/permissions.ts'
import { asCommand, insertRow } from './database.ts'
import type { Workspace } from './workspace.ts'

/** Works on the database beside the core, as a command would. */
export const beside = <T>(workspace: Workspace, work: (raw: Sqlite.Database) => T): T => {
  const raw = openConnection(join(workspace.directory, 'counterfoil.db'), { readonly: false })
  try {
    return asCommand(raw, () => work(raw))
  } finally {
    raw.close()
  }
}

/** The password of everybody in the tests. */
export const password = 'otter lampion gravel'
// As cheap as the library allows: whoever is tested is not the hash.
const cheapHash = hashSync(password, { memoryCost: 8, timeCost: 1, parallelism: 1 })

type Person = {
  readonly role: Role
  readonly roleId?: string
  readonly name?: string
  readonly email?: string
  readonly organizationId?: string
  readonly withoutPassword?: boolean
}

const idOf = (index: number) => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`
let made = 0

/** Another person of the organization, with the password of the tests; gives the user's id. */
export const addPerson = (workspace: Workspace, values: Person): string => {
  made += 1
  const id = idOf(made)
  beside(workspace, (raw) => {
    // Later than whoever made the workspace.
    const at = '2030-01-01T00:00:00.000Z'
    insertRow(raw, 'users', {
      id,
      organization_id: null,
      created_at: at,
      updated_at: at,
      name: values.name ?? `Person ${made}`,
      email: values.email ?? null,
      password_hash: values.withoutPassword ? null : cheapHash,
    })
    putMembership(raw, id, values.organizationId ?? workspace.organizationId, values)
  })
  return id
}

const putMembership = (raw: Sqlite.Database, userId: string, organizationId: string, { role, roleId }: Person) =>
  insertRow(raw, 'memberships', {
    id: v7(),
    organization_id: organizationId,
    user_id: userId,
    role,
    role_id: roleId ?? null,
  })

/** Makes a person a member of another organization as well. */
export const addMembership = (workspace: Workspace, userId: string, organizationId: string, role: Role): void =>
  beside(workspace, (raw) => putMembership(raw, userId, organizationId, { role }))

/** Gives whoever made the workspace another role; somebody else becomes an owner first. */
export const takeRole = async (workspace: Workspace, role: Role, roleId: string | null = null): Promise<void> => {
  const other = addPerson(workspace, { role: 'owner', withoutPassword: true })
  beside(workspace, (raw) =>
    raw.prepare(`UPDATE memberships SET role = ?, role_id = ? WHERE user_id <> ?`).run(role, roleId, other),
  )
  workspace.clock.advance(1000)
  await workspace.reopen()
}

/** Gives whoever made the workspace the password of the tests, and signs them in; gives the user's id. */
export const withPassword = async (workspace: Workspace): Promise<string> => {
  const { userId } = await workspace.call('setup.state', {})
  if (userId === null) throw new Error('There is nobody here.')
  beside(workspace, (raw) => raw.prepare('UPDATE users SET password_hash = ? WHERE id = ?').run(cheapHash, userId))
  await enter(workspace, userId)
  return userId
}

/** Signs a person in, as the front door does. */
export const enter = async (workspace: Workspace, userId: string, code: string | null = null): Promise<void> => {
  workspace.clock.advance(1000)
  const outcome = await workspace.core.identity.signIn({
    userId,
    proof: { factor: 'password', secret: password },
    how: 'password',
    code,
    trustDevice: false,
    client: 'Test',
  })
  if (outcome.next !== 'open') throw new Error('A code is asked for.')
}

/** Says the password again, without the work of it. */
export const prove = (workspace: Workspace): void => workspace.core.sessions.proved(workspace.clock.now())

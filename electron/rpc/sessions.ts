import type { Role } from '../../shared/permissions.ts'
import type { Db } from './context.ts'

export type Session = { readonly userId: string | null; readonly deviceId: string }

export type Membership = { readonly role: Role; readonly timezone: string }

/** Who is calling and what they may do; kept in memory and read again when organizations change. */
export type Sessions = {
  readonly current: () => Session
  readonly membershipIn: (organizationId: string) => Membership | undefined
  readonly refresh: () => Promise<void>
}

/** Opens the sessions of a workspace: its one user, who has no password yet, and this device. */
export const openSessions = async (db: Db, deviceId: string): Promise<Sessions> => {
  let session: Session = { userId: null, deviceId }
  let memberships: ReadonlyMap<string, Membership> = new Map()
  const refresh = async () => {
    const user = await db
      .selectFrom('users')
      .select('id')
      .where('deletedAt', 'is', null)
      .where('status', '=', 'active')
      .orderBy('createdAt')
      .limit(1)
      .executeTakeFirst()
    session = { userId: user?.id ?? null, deviceId }
    const rows =
      user === undefined
        ? []
        : await db
            .selectFrom('memberships')
            .innerJoin('organizations', 'organizations.id', 'memberships.organizationId')
            .select(['memberships.organizationId', 'memberships.role', 'organizations.timezone'])
            .where('memberships.userId', '=', user.id)
            .where('memberships.deletedAt', 'is', null)
            .where('organizations.deletedAt', 'is', null)
            .execute()
    memberships = new Map(rows.map(({ organizationId, role, timezone }) => [organizationId, { role, timezone }]))
  }
  await refresh()
  return { current: () => session, membershipIn: (organizationId) => memberships.get(organizationId), refresh }
}

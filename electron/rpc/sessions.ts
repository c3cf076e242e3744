import { z } from 'zod'
import { readJson } from '../../db/json.ts'
import type { SessionTable } from '../../db/tables/sessions.ts'
import type { Clock } from '../../shared/ids.ts'
import type { Owed } from '../../shared/people/owed.ts'
import { type Permission, permissions, rolePermissions } from '../../shared/permissions.ts'
import { owedBy } from '../people/owed.ts'
import type { Db } from './context.ts'
import type { Zones } from './days.ts'

export type Session = {
  readonly userId: string | null
  readonly deviceId: string
  /** The row of the session; null where nobody needs to sign in. */
  readonly id: string | null
  /** When the person last said the password; null for a PIN, and where there is none. */
  readonly provedAt: string | null
}

/** A session that a person has begun by signing in. */
export type SignedIn = {
  readonly id: string
  readonly userId: string
  readonly how: SessionTable['how']
  readonly provedAt: string | null
  readonly expiresAt: string
}

export type Membership = {
  readonly permissions: ReadonlySet<Permission>
  /** Empty: every branch. */
  readonly branchIds: readonly string[]
  /** The branches of the organization that are not closed. */
  readonly openBranchIds: ReadonlySet<string>
  readonly zones: Zones
}

/** Who is calling and what they may do; kept in memory and read again when people or organizations change. */
export type Sessions = {
  readonly deviceId: string
  /** Who is calling; null while somebody must sign in first. */
  readonly current: () => Session | null
  /** What whoever is signed in has to do before anything else; null for nothing, and for nobody. */
  readonly owes: () => Owed | null
  /** Whether anybody has a password: then nobody acts without signing in. */
  readonly needsSignIn: () => boolean
  readonly membershipIn: (organizationId: string) => Membership | undefined
  /** Time zones of an organization, whoever is signed in. */
  readonly zonesOf: (organizationId: string) => Zones
  readonly begin: (session: SignedIn) => Promise<void>
  readonly proved: (at: string) => void
  /** Nobody is signed in any more; the row of the session is somebody else's to end. */
  readonly leave: () => void
  readonly refresh: () => Promise<void>
}

const permissionsSchema = z.array(z.enum(permissions).or(z.string()))
const idsSchema = z.array(z.string())

const isPermission = (text: string): text is Permission => permissions.some((known) => known === text)

// An own role keeps what it had when a later version no longer knows one of its permissions.
const ownPermissions = (text: string): ReadonlySet<Permission> =>
  new Set<Permission>(['workspace', ...readJson(permissionsSchema, text).filter(isPermission)])

type Branch = {
  readonly id: string
  readonly organizationId: string
  readonly timezone: string
  readonly deletedAt: string | null
}

type Places = {
  readonly branches: readonly Branch[]
  readonly zones: ReadonlyMap<string, Zones>
}

const inUtc: Zones = { business: 'UTC', branches: new Map() }

const readMemberships = async (
  db: Db,
  userId: string,
  { branches, zones }: Places,
): Promise<ReadonlyMap<string, Membership>> => {
  const rows = await db
    .selectFrom('memberships as m')
    .innerJoin('organizations as o', 'o.id', 'm.organizationId')
    .leftJoin('roles as r', (join) => join.onRef('r.id', '=', 'm.roleId').on('r.deletedAt', 'is', null))
    .select(['m.organizationId', 'm.role', 'm.branchIds', 'r.permissions as own'])
    .where('m.userId', '=', userId)
    .where('m.deletedAt', 'is', null)
    .where('o.deletedAt', 'is', null)
    .execute()
  const isOpenIn = (organizationId: string) => (it: Branch) =>
    it.organizationId === organizationId && it.deletedAt === null
  return new Map(
    rows.map(({ organizationId, role, branchIds, own }) => [
      organizationId,
      {
        permissions: own === null ? rolePermissions[role] : ownPermissions(own),
        // An owner answers for the whole business.
        branchIds: role === 'owner' ? [] : readJson(idsSchema, branchIds),
        openBranchIds: new Set(branches.filter(isOpenIn(organizationId)).map(({ id }) => id)),
        zones: zones.get(organizationId) ?? inUtc,
      },
    ]),
  )
}

const readPlaces = async (db: Db): Promise<Places> => {
  const rows = await db.selectFrom('organizations').select(['id', 'timezone']).where('deletedAt', 'is', null).execute()
  const branches = await db
    .selectFrom('branches')
    .select(['id', 'organizationId', 'timezone', 'deletedAt'])
    .orderBy('isDefault', 'desc')
    .orderBy('code')
    .execute()
  const zonesOf = (id: string) =>
    new Map(branches.filter((it) => it.organizationId === id).map((it) => [it.id, it.timezone]))
  const zones = rows.map(({ id, timezone }): [string, Zones] => [id, { business: timezone, branches: zonesOf(id) }])
  return { branches, zones: new Map(zones) }
}

const isLive = async (db: Db, { id, userId }: SignedIn): Promise<boolean> => {
  const row = await db
    .selectFrom('sessions as s')
    .innerJoin('users as u', 'u.id', 's.userId')
    .select('s.id')
    .where('s.id', '=', id)
    .where('s.userId', '=', userId)
    .where('s.endedAt', 'is', null)
    .where('s.revokedAt', 'is', null)
    .where('u.status', '=', 'active')
    .where('u.deletedAt', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Opens the sessions of a workspace: alone and without a password its one user is simply there. */
export const openSessions = async (db: Db, deviceId: string, clock: Clock): Promise<Sessions> => {
  let alone: string | null = null
  let guarded = false
  let signedIn: SignedIn | null = null
  let owes: Owed | null = null
  let memberships: ReadonlyMap<string, Membership> = new Map()
  let zones: Places['zones'] = new Map()

  let left = 0

  // Everything is read first and holds at once: nobody is signed in and not yet known, not for a moment.
  const load = async (who: SignedIn | null): Promise<void> => {
    const before = left
    const users = await db
      .selectFrom('users')
      .select(['id', 'passwordHash'])
      .where('deletedAt', 'is', null)
      .where('status', '=', 'active')
      .orderBy('createdAt')
      .execute()
    const isGuarded = users.some(({ passwordHash }) => passwordHash !== null)
    const first = users[0]?.id ?? null
    const live = who !== null && (await isLive(db, who)) ? who : null
    const owed = live === null ? null : await owedBy(db, live.userId, live.how)
    const userId = live?.userId ?? (isGuarded ? null : first)
    const places = await readPlaces(db)
    const found = userId === null ? new Map<string, Membership>() : await readMemberships(db, userId, places)
    // Whoever left meanwhile stays out.
    if (left !== before) return await load(null)
    // The password may have been said again meanwhile.
    if (live === null || signedIn?.id !== live.id) signedIn = live
    guarded = isGuarded
    alone = first
    owes = owed
    memberships = found
    zones = places.zones
  }

  let last: Promise<void> = Promise.resolve()
  // One after the other: what was read first must not be written last.
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const next = last.then(work)
    last = next.catch(() => undefined)
    return next
  }
  const refresh = () => inTurn(() => load(signedIn))

  const current = (): Session | null => {
    if (signedIn !== null) {
      if (clock.now() < signedIn.expiresAt) {
        return { userId: signedIn.userId, deviceId, id: signedIn.id, provedAt: signedIn.provedAt }
      }
      signedIn = null
      memberships = new Map()
    }
    return guarded ? null : { userId: alone, deviceId, id: null, provedAt: null }
  }

  await refresh()
  return {
    deviceId,
    current,
    owes: () => (signedIn === null ? null : owes),
    needsSignIn: () => guarded,
    membershipIn: (organizationId) => memberships.get(organizationId),
    zonesOf: (organizationId) => zones.get(organizationId) ?? inUtc,
    begin: (session) => {
      const before = left
      return inTurn(() => load(left === before ? session : null))
    },
    proved: (at) => {
      if (signedIn !== null) signedIn = { ...signedIn, provedAt: at }
    },
    leave: () => {
      left += 1
      signedIn = null
      if (guarded) memberships = new Map()
    },
    refresh,
  }
}

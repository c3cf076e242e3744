import { type SecuritySettings, securitySettingsSchema } from '../../shared/contract/security.ts'
import type { Db, Trx } from '../rpc/handles.ts'
import { writeOrganizationSetting } from '../rpc/organization-setting.ts'
import { defaultSessionDays } from './sessions-store.ts'

const key = 'security'

/** The rules until somebody changes them. */
export const defaultSecuritySettings: SecuritySettings = {
  sessionDays: defaultSessionDays,
  idleMinutes: 15,
  adminIdleMinutes: 5,
  secondFactor: 'nobody',
}

const read = (text: string): SecuritySettings => {
  const parsed = securitySettingsSchema.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : defaultSecuritySettings
}

/** The rules of one organization. */
export const readSecuritySettings = async (db: Db | Trx, organizationId: string): Promise<SecuritySettings> => {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('organizationId', '=', organizationId)
    .where('userId', 'is', null)
    .where('key', '=', key)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return row === undefined ? defaultSecuritySettings : read(row.value)
}

export type PersonalRules = {
  readonly sessionDays: number
  readonly idleMinutes: number
  readonly needsSecondFactor: boolean
}

/** The rules for one person: the strictest of the organizations that they belong to. */
export const rulesFor = async (db: Db | Trx, userId: string): Promise<PersonalRules> => {
  const rows = await db
    .selectFrom('memberships as m')
    .innerJoin('organizations as o', 'o.id', 'm.organizationId')
    .leftJoin('settings as s', (join) =>
      join
        .onRef('s.organizationId', '=', 'm.organizationId')
        .on('s.key', '=', key)
        .on('s.userId', 'is', null)
        .on('s.deletedAt', 'is', null),
    )
    .select(['m.role', 's.value'])
    .where('m.userId', '=', userId)
    .where('m.deletedAt', 'is', null)
    .where('o.deletedAt', 'is', null)
    .execute()
  const all = rows.map(({ role, value }) => {
    const settings = value === null ? defaultSecuritySettings : read(value)
    const isAdmin = role === 'owner' || role === 'admin'
    return {
      sessionDays: settings.sessionDays,
      idleMinutes: isAdmin ? settings.adminIdleMinutes : settings.idleMinutes,
      needsSecondFactor: settings.secondFactor === 'everybody' || (settings.secondFactor === 'admins' && isAdmin),
    }
  })
  if (all.length === 0) {
    const { sessionDays, idleMinutes } = defaultSecuritySettings
    return { sessionDays, idleMinutes, needsSecondFactor: false }
  }
  return {
    sessionDays: Math.min(...all.map(({ sessionDays }) => sessionDays)),
    idleMinutes: Math.min(...all.map(({ idleMinutes }) => idleMinutes)),
    needsSecondFactor: all.some(({ needsSecondFactor }) => needsSecondFactor),
  }
}

/** Writes the rules of the caller's organization. */
export const writeSecuritySettings = async (
  trx: Trx,
  frame: { readonly organizationId: string; readonly now: string; readonly id: string },
  settings: SecuritySettings,
): Promise<void> => await writeOrganizationSetting(trx, frame, key, settings)

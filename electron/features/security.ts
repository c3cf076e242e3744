import { z } from 'zod'
import { readJson } from '../../db/json.ts'
import { readSecuritySettings, writeSecuritySettings } from '../people/security-settings.ts'
import { knownHeads } from '../record/head-file.ts'
import type { Handlers } from '../rpc/context.ts'
import { note } from './users/note.ts'

const dataSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

/** What happened to who may come in, and the rules for it. */
export const security: Handlers<'security'> = {
  // Signing in belongs to no one organization: shown is what is this one's, and what its people did before they chose
  // one, as long as they were its people.
  events: async ({ db, organizationId }, { cursor, limit, userId }) => {
    let rows = db
      .selectFrom('securityEvents as e')
      .innerJoin('devices as d', 'd.id', 'e.deviceId')
      .leftJoin('users as u', 'u.id', 'e.userId')
      .select(['e.seq', 'e.at', 'e.kind', 'e.userId', 'u.name as userName', 'd.name as deviceName', 'e.data'])
      .where((row) =>
        row.or([
          row('e.organizationId', '=', organizationId),
          row.and([
            row('e.organizationId', 'is', null),
            row.exists(
              row
                .selectFrom('memberships as m')
                .select('m.id')
                .where('m.organizationId', '=', organizationId)
                .whereRef('m.userId', '=', 'e.userId')
                .whereRef('m.createdAt', '<=', 'e.at')
                .where((until) =>
                  until.or([until('m.deletedAt', 'is', null), until('m.deletedAt', '>=', until.ref('e.at'))]),
                ),
            ),
          ]),
          // Of a wrong code nobody knows whose it was meant to be: it was typed at everybody's door.
          row.and([
            row('e.organizationId', 'is', null),
            row('e.userId', 'is', null),
            row('e.kind', 'in', ['sign-in-failed', 'blocked']),
          ]),
        ]),
      )
      .orderBy('e.seq', 'desc')
      .limit(limit + 1)
    if (userId !== null) rows = rows.where('e.userId', '=', userId)
    if (cursor !== null && /^\d{1,15}$/.test(cursor)) rows = rows.where('e.seq', '<', Number(cursor))
    const found = await rows.execute()
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return {
      rows: page.map((row) => ({ ...row, data: readJson(dataSchema, row.data) })),
      nextCursor: found.length > limit && last !== undefined ? String(last.seq) : null,
    }
  },

  verify: async ({ engines }) => {
    const { events: known } = knownHeads(engines.workspace.directory)
    const { count, head, firstBad } = await engines.readings.read('verifyEvents', { known })
    return { count, head, firstBad }
  },

  settings: ({ db, organizationId }) => readSecuritySettings(db, organizationId),

  setSettings: async (context, settings) => {
    const { trx, organizationId, now, ids } = context
    await writeSecuritySettings(trx, { organizationId, now, id: ids.next() }, settings)
    await note(context, 'settings-changed', { ...settings })
    return settings
  },
}

import { sql } from 'kysely'
import { z } from 'zod'
import { readJson } from '../../db/json.ts'
import { activitySchema } from '../../shared/contract/workspace.ts'
import { hiddenKinds } from '../people/shown.ts'
import type { Handlers } from '../rpc/context.ts'
import { page, readCursor } from '../rpc/pages.ts'

const dataSchema = activitySchema.shape.data.catch({})
const sequenceSchema = z.coerce.number().int().nonnegative().catch(0)

/** What happened, newest first: the timeline of a document, of a client, or of the business. */
export const activity: Handlers<'activity'> = {
  list: async (context, { entityId, clientId, cursor, limit }) => {
    const { db, organizationId } = context
    const hidden = hiddenKinds(context)
    let query = db
      .selectFrom('activity as a')
      .innerJoin('commands as c', 'c.seq', 'a.commandSeq')
      .leftJoin('users as u', 'u.id', 'c.userId')
      .leftJoin('devices as d', 'd.id', 'c.deviceId')
      .where('a.organizationId', '=', organizationId)
    if (entityId !== null) query = query.where('a.entityId', '=', entityId)
    if (clientId !== null) query = query.where('a.clientId', '=', clientId)
    if (hidden.length > 0) {
      query = query
        .where('a.entity', 'not in', hidden)
        .where(sql<string>`substr(a.kind, 1, instr(a.kind, '.') - 1)`, 'not in', hidden)
    }
    if (cursor !== null) query = query.where('a.seq', '<', sequenceSchema.parse(readCursor(cursor).value))
    const rows = await query
      .select([
        'a.seq',
        'a.kind',
        'a.entity',
        'a.entityId',
        'a.clientId',
        'a.at',
        'a.data',
        'c.userId',
        'u.name as userName',
        'd.name as deviceName',
      ])
      .orderBy('a.seq', 'desc')
      .limit(limit + 1)
      .execute()
    const cut = page(rows, limit, (row) => ({ value: row.seq, id: String(row.seq) }))
    return { ...cut, rows: cut.rows.map((row) => ({ ...row, data: readJson(dataSchema, row.data) })) }
  },
}

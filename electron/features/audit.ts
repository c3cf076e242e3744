import { z } from 'zod'
import type { Handlers } from '../rpc/context.ts'
import { page, readCursor } from '../rpc/pages.ts'

const valuesSchema = z.record(z.string(), z.unknown())
const sequenceSchema = z.coerce.number().int().nonnegative().catch(0)

// Amounts stay the decimal texts that the triggers wrote: whoever reads an audit wants what was stored.
const valuesOf = (text: string) => valuesSchema.parse(JSON.parse(text))

/** Every change with old and new values. */
export const audit: Handlers<'audit'> = {
  list: async ({ db, organizationId }, { rowId, cursor, limit }) => {
    let query = db
      .selectFrom('auditLog as a')
      .innerJoin('commands as c', 'c.seq', 'a.commandSeq')
      .leftJoin('users as u', 'u.id', 'c.userId')
      .leftJoin('devices as d', 'd.id', 'c.deviceId')
      .where('a.organizationId', '=', organizationId)
    if (rowId !== null) query = query.where('a.rowId', '=', rowId)
    if (cursor !== null) query = query.where('a.seq', '<', sequenceSchema.parse(readCursor(cursor).value))
    const rows = await query
      .select([
        'a.seq',
        'a.tableName as table',
        'a.rowId',
        'a.action',
        'a.oldValues',
        'a.newValues',
        'c.at',
        'c.procedure',
        'u.name as userName',
        'd.name as deviceName',
      ])
      .orderBy('a.seq', 'desc')
      .limit(limit + 1)
      .execute()
    const cut = page(rows, limit, (row) => ({ value: row.seq, id: String(row.seq) }))
    return {
      ...cut,
      rows: cut.rows.map((row) => ({
        ...row,
        oldValues: row.oldValues === null ? null : valuesOf(row.oldValues),
        newValues: valuesOf(row.newValues),
      })),
    }
  },
}

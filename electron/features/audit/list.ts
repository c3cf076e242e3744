import { sql } from 'kysely'
import { z } from 'zod'
import type { contract, Input } from '../../../shared/contract/index.ts'
import { addDays, startOfDayIn } from '../../../shared/dates.ts'
import { lookCommand } from '../../../shared/disclosures.ts'
import type { QueryContext } from '../../rpc/context.ts'
import { likeAnywhere, page, readCursor } from '../../rpc/pages.ts'
import { namesIn } from './names.ts'
import { rowsOf, subjectsOf } from './subjects.ts'

type Asked = Input<(typeof contract)['audit']['list']>

const valuesSchema = z.record(z.string(), z.unknown())
const sequenceSchema = z.coerce.number().int().nonnegative().catch(0)

// Amounts stay the decimal texts that the triggers wrote: whoever reads an audit wants what was stored.
const valuesOf = (text: string) => valuesSchema.parse(JSON.parse(text))

// Whoever looks at the books of then sees what was there before; nothing leaves.
const looks = [lookCommand, 'pointInTime.open']

const actionOf = ({ table, action, procedure }: { table: string; action: 'insert' | 'update'; procedure: string }) => {
  if (table !== 'accesses') return action
  return looks.includes(procedure) ? ('read' as const) : ('export' as const)
}

const selected = ({ db, organizationId, timezone }: QueryContext, asked: Asked) => {
  let query = db
    .selectFrom('auditLog as a')
    .innerJoin('commands as c', 'c.seq', 'a.commandSeq')
    .leftJoin('users as u', 'u.id', 'c.userId')
    .leftJoin('devices as d', 'd.id', 'c.deviceId')
    .leftJoin('chainEntries as e', 'e.commandSeq', 'a.commandSeq')
    .where('a.organizationId', '=', organizationId)
  if (asked.subject !== null) query = query.where('a.rowId', 'in', rowsOf(asked.subject))
  if (asked.rowId !== null) query = query.where('a.rowId', '=', asked.rowId)
  if (asked.tables.length > 0) query = query.where('a.tableName', 'in', asked.tables)
  if (asked.action === 'done') query = query.where('c.procedure', 'not in', looks)
  else if (asked.action === 'read') query = query.where('c.procedure', 'in', looks)
  else if (asked.action === 'export') {
    query = query.where('a.tableName', '=', 'accesses').where('c.procedure', 'not in', looks)
  } else if (asked.action !== null) {
    query = query.where('a.action', '=', asked.action).where('a.tableName', '<>', 'accesses')
  }
  if (asked.userId !== null) query = query.where('c.userId', '=', asked.userId)
  if (asked.deviceId !== null) query = query.where('c.deviceId', '=', asked.deviceId)
  if (asked.procedure !== '') {
    query = query.where(sql<boolean>`c.procedure LIKE ${likeAnywhere(asked.procedure)} ESCAPE '\\'`)
  }
  if (asked.from !== null) query = query.where('c.at', '>=', startOfDayIn(timezone, asked.from))
  if (asked.to !== null) query = query.where('c.at', '<', startOfDayIn(timezone, addDays(asked.to, 1)))
  return query
}

/** Changes and reads, newest first, with what each belongs to. */
export const listAudit = async (context: QueryContext, asked: Asked) => {
  let query = selected(context, asked)
  if (asked.cursor !== null) query = query.where('a.seq', '<', sequenceSchema.parse(readCursor(asked.cursor).value))
  const rows = await query
    .select([
      'a.seq',
      'a.commandSeq',
      'a.tableName as table',
      'a.rowId',
      'a.action',
      'a.oldValues',
      'a.newValues',
      'c.at',
      'c.procedure',
      'c.userId',
      'u.name as userName',
      'd.name as deviceName',
      'e.seq as entry',
    ])
    .orderBy('a.seq', 'desc')
    .limit(asked.limit + 1)
    .execute()
  const cut = page(rows, asked.limit, (row) => ({ value: row.seq, id: String(row.seq) }))
  const subjects = await subjectsOf(context.db, context.organizationId, cut.rows)
  const told = cut.rows.map((row) => ({
    ...row,
    action: actionOf(row),
    oldValues: row.oldValues === null ? null : valuesOf(row.oldValues),
    newValues: valuesOf(row.newValues),
    subject: subjects.get(`${row.table} ${row.rowId}`) ?? null,
  }))
  const namesOf = await namesIn(context, told, (naming, { seq }) => naming.seq <= seq)
  return { ...cut, rows: told.map((row) => ({ ...row, names: namesOf(row) })) }
}

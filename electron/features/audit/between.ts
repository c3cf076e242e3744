import { z } from 'zod'
import type { contract, Input, Output } from '../../../shared/contract/index.ts'
import { AppError } from '../../../shared/errors.ts'
import type { QueryContext } from '../../rpc/context.ts'
import { namesIn } from './names.ts'
import { rowsOf } from './subjects.ts'

type Asked = Input<(typeof contract)['audit']['between']>
type Difference = Omit<Output<(typeof contract)['audit']['between']>['rows'][number], 'names'>
type Values = Readonly<Record<string, unknown>>
type State = { readonly table: string; readonly rowId: string; before: Values | null; after: Values }

// More is the history of a client over years, which nobody reads in one piece.
const mostChanges = 20_000

const valuesSchema = z.record(z.string(), z.unknown())
const valuesOf = (text: string | null): Values => (text === null ? {} : valuesSchema.parse(JSON.parse(text)))

const changesOf = async ({ db, organizationId }: QueryContext, { subject, to }: Asked) => {
  const rows = await db
    .selectFrom('auditLog as a')
    .innerJoin('commands as c', 'c.seq', 'a.commandSeq')
    .select(['a.tableName as table', 'a.rowId', 'a.action', 'a.oldValues', 'a.newValues', 'c.at'])
    .where('a.organizationId', '=', organizationId)
    .where('a.rowId', 'in', rowsOf(subject))
    .where('a.tableName', '<>', 'accesses')
    .where('c.at', '<=', to)
    .orderBy('a.seq')
    .limit(mostChanges + 1)
    .execute()
  if (rows.length <= mostChanges) return rows
  throw new AppError('INVALID_STATE', 'This was changed too often to compare two of its moments. Look at the changes.')
}

type Change = Awaited<ReturnType<typeof changesOf>>[number]

/** Each row as it was at the first moment (null: not there yet) and at the second, from its changes in their order. */
const statesOf = (changes: readonly Change[], from: string): State[] => {
  const states = new Map<string, State>()
  for (const { table, rowId, action, oldValues, newValues, at } of changes) {
    const key = `${table} ${rowId}`
    const old = valuesOf(oldValues)
    // What was changed before it was made is older than the record.
    const known = states.get(key) ?? { table, rowId, before: action === 'insert' ? null : old, after: old }
    const after = { ...known.after, ...valuesOf(newValues) }
    const before = at <= from ? after : known.before === null ? null : { ...old, ...known.before }
    states.set(key, { table, rowId, before, after })
  }
  return [...states.values()]
}

const isThere = (values: Values | null): values is Values => values !== null && (values['deleted_at'] ?? null) === null

const isSame = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

const labelOf = (values: Values): string | null => {
  const name = values['name'] ?? values['number'] ?? values['code']
  return typeof name === 'string' && name !== '' ? name : null
}

const differing = (before: Values, after: Values): readonly string[] =>
  Object.keys({ ...before, ...after }).filter((column) => !isSame(before[column], after[column]))

const pick = (values: Values, columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, values[column] ?? null]))

const differenceOf = ({ table, rowId, before, after }: State): Difference | null => {
  if (isThere(before) && isThere(after)) {
    const columns = differing(before, after)
    if (columns.length === 0) return null
    const values = { oldValues: pick(before, columns), newValues: pick(after, columns) }
    return { table, rowId, kind: 'changed', label: labelOf(after), ...values }
  }
  if (isThere(after)) return { table, rowId, kind: 'added', label: labelOf(after), oldValues: null, newValues: after }
  if (isThere(before))
    return { table, rowId, kind: 'removed', label: labelOf(before), oldValues: before, newValues: {} }
  return null
}

/** What differs of a thing and its parts between two moments, the thing itself first. */
export const auditBetween = async (context: QueryContext, asked: Asked) => {
  const states = statesOf(await changesOf(context, asked), asked.from)
  const own = states.find(({ rowId }) => rowId === asked.subject.id)
  const order = (it: { readonly rowId: string }) => (it.rowId === asked.subject.id ? 0 : 1)
  const rows = states.flatMap((state) => differenceOf(state) ?? []).sort((one, other) => order(one) - order(other))
  const namesOf = await namesIn(context, rows, ({ at }) => at <= asked.to)
  return { wasThere: isThere(own?.before ?? null), rows: rows.map((row) => ({ ...row, names: namesOf(row) })) }
}

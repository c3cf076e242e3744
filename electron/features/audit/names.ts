import { sql } from 'kysely'
import { z } from 'zod'
import { readJson } from '../../../db/json.ts'
import type { QueryContext } from '../../rpc/context.ts'
import { rawRows } from '../raw-rows.ts'

type Values = Readonly<Record<string, unknown>>
type Row = { readonly oldValues: Values | null; readonly newValues: Values }

// Whoever reads of these wants to know which: their names say nothing of a person, and may be told for good.
const naming: ReadonlySet<string> = new Set(['branch_id', 'branch_ids', 'role_id'])

const idsSchema = z.array(z.string())

const idsIn = (values: Values | null): string[] =>
  Object.entries(values ?? {}).flatMap(([column, value]) => {
    if (!naming.has(column) || typeof value !== 'string') return []
    return value.startsWith('[') ? readJson(idsSchema, value) : [value]
  })

/** A time at which something was given its name, before which it may have had another. */
type Naming = {
  readonly rowId: string
  readonly seq: number
  readonly at: string
  readonly before: string | null
  readonly after: string
}

const namingsOf = async ({ db, organizationId }: QueryContext, ids: readonly string[]): Promise<Naming[]> =>
  await rawRows<Naming>(
    db,
    sql`SELECT a.row_id, a.seq, c.at, json_extract(a.old_values, '$.name') AS before, json_extract(a.new_values, '$.name') AS after
      FROM audit_log a JOIN commands c ON c.seq = a.command_seq
      WHERE a.row_id IN (${sql.join([...ids])}) AND a.organization_id = ${organizationId}
        AND a.table_name IN ('branches', 'roles') AND json_type(a.new_values, '$.name') = 'text' ORDER BY a.seq`,
  )

const namesNow = async ({ db, organizationId }: QueryContext, ids: readonly string[]) => {
  const list = sql.join([...ids])
  const rows = await rawRows<{ id: string; name: string }>(
    db,
    sql`SELECT id, name FROM branches WHERE id IN (${list}) AND organization_id = ${organizationId}
      UNION ALL SELECT id, name FROM roles WHERE id IN (${list}) AND organization_id = ${organizationId}`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/**
 * What the branches and roles that values of rows name by id were called when `isThen` says so of a naming. What the
 * record does not reach back to is told by the oldest name that is known; what is nowhere any more is left out.
 */
export const namesIn = async <R extends Row>(
  context: QueryContext,
  rows: readonly R[],
  isThen: (naming: Naming, row: R) => boolean,
): Promise<(row: R) => Record<string, string>> => {
  const idsOf = ({ oldValues, newValues }: Row) => [...new Set([...idsIn(oldValues), ...idsIn(newValues)])]
  const all = [...new Set(rows.flatMap(idsOf))]
  if (all.length === 0) return () => ({})
  const namings = await namingsOf(context, all)
  const now = await namesNow(context, all)
  return (row) =>
    Object.fromEntries(
      idsOf(row).flatMap((id) => {
        const own = namings.filter(({ rowId }) => rowId === id)
        const name = own.findLast((it) => isThen(it, row))?.after ?? own[0]?.before ?? now.get(id)
        return name === undefined ? [] : [[id, name]]
      }),
    )
}

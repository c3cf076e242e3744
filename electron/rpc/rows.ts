import type { Selectable, Updateable } from 'kysely'
import type { Database } from '../../db/tables/index.ts'
import type { RowColumns } from '../../db/tables/row.ts'
import { AppError, notFound } from '../../shared/errors.ts'
import type { CommandContext, Db, Trx } from './context.ts'

type EntityTable = {
  [T in keyof Database]: Database[T] extends RowColumns ? T : never
}[keyof Database]

type Seen = { readonly id: string; readonly version: number }
type Row<T extends EntityTable> = Selectable<Database[T]> & {
  readonly deletedAt: string | null
  readonly version: number
}

// Kysely cannot resolve columns through a union of tables. Every entity table has the row columns (RowColumns, and a
// schema test), so one of them stands for all; the caller's table and values are checked by the signatures below.
const standIn = <T extends EntityTable>(table: T) => table as unknown as 'branches'

/** The row of this organization, deleted or not; undefined if there is none. */
export const findRow = async <T extends EntityTable>(
  db: Db | Trx,
  table: T,
  organizationId: string,
  id: string,
): Promise<Row<T> | undefined> => {
  const row = await db
    .selectFrom(standIn(table))
    .selectAll()
    .where('id', '=', id)
    .where('organizationId', '=', organizationId)
    .executeTakeFirst()
  return row as unknown as Row<T> | undefined
}

/** The live row of this organization; AppError NOT_FOUND if it is missing or deleted. */
export const getRow = async <T extends EntityTable>(
  db: Db | Trx,
  table: T,
  organizationId: string,
  id: string,
  what: string,
): Promise<Row<T>> => {
  const row = await findRow(db, table, organizationId, id)
  if (row === undefined || row.deletedAt !== null) throw notFound(what, id)
  return row
}

const camelToWords = (table: string) =>
  table
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase()
    .replace(/s$/, '')

/**
 * Changes a row that the caller saw at `version`; returns id and new version.
 * AppError NOT_FOUND if it is gone, CONFLICT with both states if somebody changed it since.
 */
export const updateRow = async <T extends EntityTable>(
  context: CommandContext,
  table: T,
  seen: Seen,
  values: Updateable<Database[T]>,
): Promise<{ id: string; version: number }> => {
  const updated = await context.trx
    .updateTable(standIn(table))
    .set({ ...values, updatedAt: context.now, version: seen.version + 1 })
    .where('id', '=', seen.id)
    .where('organizationId', '=', context.organizationId)
    .where('version', '=', seen.version)
    .where('deletedAt', 'is', null)
    .returning(['id', 'version'])
    .executeTakeFirst()
  if (updated !== undefined) return updated
  const current = await getRow(context.trx, table, context.organizationId, seen.id, camelToWords(table))
  throw new AppError('CONFLICT', 'Somebody changed this in the meantime. Compare both and save again.', {
    details: { yours: { ...values, version: seen.version }, current },
  })
}

/** Those of the values that the row does not hold yet: what is set anew costs a write in every index that names it. */
export const unlike = <V extends object>(row: object, values: V): Partial<V> => {
  const held: Readonly<Record<string, unknown>> = { ...row }
  // The same keys, some of them left out.
  return Object.fromEntries(Object.entries(values).filter(([column, value]) => held[column] !== value)) as Partial<V>
}

/** Marks a live row as deleted; `restoreRow` takes it back. */
export const deleteRow = <T extends EntityTable>(context: CommandContext, table: T, seen: Seen) =>
  updateRow(context, table, seen, { deletedAt: context.now } as unknown as Updateable<Database[T]>)

/** Takes back a deletion; a live row stays as it is. AppError NOT_FOUND if the row never was. */
export const restoreRow = async <T extends EntityTable>(
  context: CommandContext,
  table: T,
  id: string,
): Promise<{ id: string; version: number }> => {
  const row = await findRow(context.trx, table, context.organizationId, id)
  if (row === undefined) throw notFound(camelToWords(table), id)
  if (row.deletedAt === null) return { id, version: row.version }
  return await context.trx
    .updateTable(standIn(table))
    .set({ deletedAt: null, updatedAt: context.now, version: row.version + 1 })
    .where('id', '=', id)
    .returning(['id', 'version'])
    .executeTakeFirstOrThrow()
}

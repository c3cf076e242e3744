import type { Insertable } from 'kysely'
import type { Database } from '../../../db/tables/index.ts'
import type { CommandContext } from '../../rpc/context.ts'

type PartTable = 'invoiceLines' | 'invoiceAdjustments'
type Part<T extends PartTable> = Omit<
  Insertable<Database[T]>,
  'organizationId' | 'invoiceId' | 'createdAt' | 'updatedAt' | 'deletedAt' | 'version'
>

/**
 * Makes the live rows of a part of a draft the given ones: by id, writing only what differs, so that a save of one word
 * writes one row. A row that is gone is kept as deleted, and lives again if its id comes back.
 */
export const keepRows = async <T extends PartTable>(
  { trx, now, organizationId }: CommandContext,
  part: T,
  invoiceId: string,
  wanted: readonly Part<T>[],
): Promise<void> => {
  // Kysely cannot resolve columns through a union of tables; both have the columns used here, and `Part` checks the rest.
  const table = part as 'invoiceLines'
  const rows = wanted as unknown as readonly Part<'invoiceLines'>[]
  const kept = await trx.selectFrom(table).selectAll().where('invoiceId', '=', invoiceId).execute()
  const byId = new Map(kept.map((row) => [row.id, row]))
  for (const row of rows) {
    const before = byId.get(row.id)
    byId.delete(row.id)
    if (before === undefined) {
      await trx
        .insertInto(table)
        .values({ ...row, invoiceId, organizationId, createdAt: now, updatedAt: now })
        .execute()
      continue
    }
    const differs = Object.entries(row).some(([key, value]) => Reflect.get(before, key) !== value)
    if (before.deletedAt === null && !differs) continue
    await trx
      .updateTable(table)
      .set({ ...row, deletedAt: null, updatedAt: now, version: before.version + 1 })
      .where('id', '=', row.id)
      .execute()
  }
  for (const gone of byId.values()) {
    if (gone.deletedAt !== null) continue
    await trx
      .updateTable(table)
      .set({ deletedAt: now, updatedAt: now, version: gone.version + 1 })
      .where('id', '=', gone.id)
      .execute()
  }
}

import type { Insertable } from 'kysely'
import type { Database } from '../../db/tables/index.ts'
import type { CommandContext } from '../rpc/context.ts'

type PartTable = {
  [T in keyof Database]: T extends `${'invoice' | 'quote' | 'creditNote'}${'Lines' | 'Adjustments'}` ? T : never
}[keyof Database]

/** A row of a part without what the document and the command give it. */
export type PartRow<T extends PartTable> = Omit<
  Insertable<Database[T]>,
  'organizationId' | 'invoiceId' | 'quoteId' | 'creditNoteId' | 'createdAt' | 'updatedAt' | 'deletedAt' | 'version'
>

/**
 * Makes the live rows of a part of a draft the given ones: by id, writing only what differs, so that a save of one word
 * writes one row. A row that is gone is kept as deleted, and lives again if its id comes back.
 */
export const keepRows = async <T extends PartTable>(
  { trx, now, organizationId }: CommandContext,
  part: T,
  parent: 'invoiceId' | 'quoteId' | 'creditNoteId',
  documentId: string,
  wanted: readonly PartRow<T>[],
): Promise<void> => {
  // Kysely cannot resolve columns through a union of tables; all have the columns used here, and `PartRow` checks the rest.
  const table = part as PartTable as 'invoiceLines'
  const owner = parent as 'invoiceId'
  const rows = wanted as unknown as readonly PartRow<'invoiceLines'>[]
  const kept = await trx.selectFrom(table).selectAll().where(owner, '=', documentId).execute()
  const byId = new Map(kept.map((row) => [row.id, row]))
  const ownerColumn = { [owner]: documentId } as { readonly invoiceId: string }
  for (const row of rows) {
    const before = byId.get(row.id)
    byId.delete(row.id)
    if (before === undefined) {
      await trx
        .insertInto(table)
        .values({ ...row, ...ownerColumn, organizationId, createdAt: now, updatedAt: now })
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

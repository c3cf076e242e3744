import type { Trx } from './handles.ts'

type Frame = { readonly organizationId: string | null; readonly now: string; readonly id: string }

/** Writes a setting of a whole business, or of the workstation where that is null, under its key; `id` is that of the row where there was none. */
export const writeOrganizationSetting = async (
  trx: Trx,
  { organizationId, now, id }: Frame,
  key: string,
  setting: object | string,
): Promise<void> => {
  const value = JSON.stringify(setting)
  const known = await trx
    .selectFrom('settings')
    .select(['id', 'version'])
    .where('organizationId', 'is', organizationId)
    .where('userId', 'is', null)
    .where('key', '=', key)
    .executeTakeFirst()
  if (known === undefined) {
    const row = { id, organizationId, createdAt: now, updatedAt: now, userId: null, key, value }
    await trx.insertInto('settings').values(row).execute()
    return
  }
  await trx
    .updateTable('settings')
    .set({ value, deletedAt: null, updatedAt: now, version: known.version + 1 })
    .where('id', '=', known.id)
    .execute()
}

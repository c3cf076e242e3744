import { z } from 'zod'
import type { Handlers } from '../rpc/context.ts'

const valueSchema = z.json()

/** Small values that screens keep per person: theme, columns, shortcuts. They hold in every organization. */
export const settings: Handlers<'settings'> = {
  get: async ({ db, userId }) => {
    const rows = await db
      .selectFrom('settings')
      .select(['key', 'value', 'userId'])
      .where('organizationId', 'is', null)
      .where('deletedAt', 'is', null)
      // The front door's own: see people/recovery-hash.ts.
      .where('key', 'not like', 'access.%')
      .where((row) => row.or([row('userId', 'is', null), row('userId', '=', userId)]))
      .execute()
    // What was set before there was a user gives way to what the user set.
    const general = rows.filter((row) => row.userId === null)
    const own = rows.filter((row) => row.userId !== null)
    return Object.fromEntries([...general, ...own].map((row) => [row.key, valueSchema.parse(JSON.parse(row.value))]))
  },

  set: async ({ trx, userId, now, ids }, { key, value }) => {
    const text = JSON.stringify(value)
    const known = await trx
      .selectFrom('settings')
      .select(['id', 'version'])
      .where('organizationId', 'is', null)
      .where('userId', userId === null ? 'is' : '=', userId)
      .where('key', '=', key)
      .executeTakeFirst()
    if (known === undefined) {
      await trx
        .insertInto('settings')
        .values({ id: ids.next(), organizationId: null, createdAt: now, updatedAt: now, userId, key, value: text })
        .execute()
    } else {
      await trx
        .updateTable('settings')
        .set({ value: text, deletedAt: null, updatedAt: now, version: known.version + 1 })
        .where('id', '=', known.id)
        .execute()
    }
    return { key }
  },
}

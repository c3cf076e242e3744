import type { CommandContext } from '../../rpc/context.ts'
import { shutOut } from '../users/shut-out.ts'

// With the demo goes their place, and the key of a file in which there is nothing for them any more. With no business
// left at all nobody is: those who led it begin the next.
const shutOutGuests = async (context: CommandContext, demos: readonly string[]): Promise<string[]> => {
  const living = context.trx.selectFrom('organizations').select('id').where('deletedAt', 'is', null)
  if (demos.length === 0 || (await living.limit(1).executeTakeFirst()) === undefined) return []
  const guests = await context.trx
    .selectFrom('users as u')
    .innerJoin('memberships as m', 'm.userId', 'u.id')
    .select('u.id')
    .distinct()
    .where('m.organizationId', 'in', demos)
    .where('m.deletedAt', 'is', null)
    .where('u.status', '=', 'active')
    .where('u.deletedAt', 'is', null)
    .where('u.id', '<>', context.userId ?? '')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('memberships as other')
            .select('other.id')
            .whereRef('other.userId', '=', 'u.id')
            .where('other.deletedAt', 'is', null)
            .where('other.organizationId', 'in', living),
        ),
      ),
    )
    .execute()
  for (const { id } of guests) await shutOut(context, id)
  return guests.map(({ id }) => id)
}

/**
 * Takes the demo companies away, with the work that still waits for them and whoever was of them alone; false where there
 * is none. Gives who was shut out, in a command that ends with `takeKeys`.
 */
export const removeDemo = async (context: CommandContext): Promise<{ removed: boolean; shutOut: string[] }> => {
  const { trx, now } = context
  const demos = await trx
    .selectFrom('organizations')
    .select(['id', 'version'])
    .where('isDemo', '=', 1)
    .where('deletedAt', 'is', null)
    .execute()
  for (const { id, version } of demos) {
    await trx
      .updateTable('organizations')
      .set({ deletedAt: now, updatedAt: now, version: version + 1 })
      .where('id', '=', id)
      .execute()
    await trx
      .updateTable('jobs')
      .set((row) => ({ state: 'cancelled', updatedAt: now, version: row('version', '+', 1) }))
      .where('organizationId', '=', id)
      .where('state', '=', 'queued')
      .execute()
    await trx
      .updateTable('outboxMessages')
      .set((row) => ({ state: 'cancelled', updatedAt: now, version: row('version', '+', 1) }))
      .where('organizationId', '=', id)
      .where('state', '=', 'queued')
      .execute()
  }
  const guests = await shutOutGuests(
    context,
    demos.map(({ id }) => id),
  )
  return { removed: demos.length > 0, shutOut: guests }
}

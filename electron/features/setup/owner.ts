import type { CommandContext } from '../../rpc/context.ts'

// Stands in until somebody says who they are: the demo company asks nobody.
const unnamed = 'Owner'

/** The one user of this workstation, made where there is none yet; a name given later replaces the stand-in. */
export const ensureOwner = async (
  { trx, userId, ids, now }: CommandContext,
  { ownerName, email }: { readonly ownerName: string | null; readonly email: string | null },
): Promise<string> => {
  const user =
    userId === null
      ? undefined
      : await trx.selectFrom('users').select(['id', 'name', 'version']).where('id', '=', userId).executeTakeFirst()
  if (user === undefined) {
    const id = ids.next()
    await trx
      .insertInto('users')
      .values({
        id,
        organizationId: null,
        createdAt: now,
        updatedAt: now,
        name: ownerName ?? unnamed,
        email,
        passwordHash: null,
      })
      .execute()
    return id
  }
  if (ownerName !== null && user.name === unnamed) {
    await trx
      .updateTable('users')
      .set({ name: ownerName, email, updatedAt: now, version: user.version + 1 })
      .where('id', '=', user.id)
      .execute()
  }
  return user.id
}

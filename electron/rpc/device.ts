import type { OpenDatabase } from '../../db/open.ts'
import type { Clock, IdSource } from '../../shared/ids.ts'

type Parts = { readonly ids: IdSource; readonly clock: Clock; readonly name: string; readonly publicKey: string }

/** The id of this device in this database, made at the first opening. */
export const ensureDevice = async (database: OpenDatabase, { ids, clock, name, publicKey }: Parts): Promise<string> => {
  const known = await database.reader
    .selectFrom('devices')
    .select('id')
    .orderBy('createdAt')
    .limit(1)
    .executeTakeFirst()
  if (known !== undefined) return known.id
  const id = ids.next()
  const now = clock.now()
  await database.writer.transaction().execute(async (trx) => {
    const seq = database.unitOfWork.begin({
      id: ids.next(),
      organizationId: null,
      userId: null,
      deviceId: id,
      procedure: 'device.first-opening',
      at: now,
      idempotencyKey: null,
      inputHash: null,
    })
    await trx
      .insertInto('devices')
      .values({ id, organizationId: null, createdAt: now, updatedAt: now, name, code: 'A', publicKey })
      .execute()
    await database.unitOfWork.finish(seq, null)
  })
  return id
}

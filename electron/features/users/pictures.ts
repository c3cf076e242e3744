import { sql } from 'kysely'
import { AppError } from '../../../shared/errors.ts'
import type { FileStore } from '../../files.ts'
import { membershipsOf } from '../../people/members.ts'
import { readPicture } from '../../people/picture.ts'
import { type Db, type Handlers, type QueryContext, withPreparation } from '../../rpc/context.ts'
import { changeUser, getUser } from './change-user.ts'

/** The picture of a user of whom it was asked whether they may be seen; null where there is none, or its file is gone. */
export const pictureOf = async (db: Db, files: FileStore, userId: string) => {
  const row = await db
    .selectFrom('users as u')
    .innerJoin('attachments as a', 'a.id', 'u.avatarAttachmentId')
    .select(['a.mediaType', 'a.sha256'])
    .where('u.id', '=', userId)
    .where('u.deletedAt', 'is', null)
    .where('a.deletedAt', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return null
  const mediaType = row.mediaType === 'image/png' ? ('image/png' as const) : ('image/webp' as const)
  try {
    return { mediaType, content: await files.get(row.sha256) }
  } catch (error) {
    // Initials do as well: nobody is kept from signing in by a missing file.
    if (error instanceof AppError && error.code === 'FILE_REFUSED') return null
    throw error
  }
}

type Asked = { readonly version: number; readonly picture: Uint8Array | null }

const setPicture = withPreparation({
  prepare: async ({ engines, organizationId }: QueryContext, { picture }: Asked) => {
    if (organizationId === '') throw new AppError('INVALID_STATE', 'Choose a business first: it keeps the picture.')
    if (picture === null) return null
    const { mediaType } = readPicture(picture)
    return { mediaType, sha256: await engines.files.put(picture), size: picture.length }
  },
  run: async (context, { version }: Asked, kept) => {
    const { trx, now } = context
    const user = await getUser(trx, context.userId)
    if (user.avatarAttachmentId !== null) {
      await trx
        .updateTable('attachments')
        .set(({ eb }) => ({ deletedAt: now, updatedAt: now, version: eb('version', '+', 1) }))
        .where('id', '=', user.avatarAttachmentId)
        .execute()
    }
    if (kept === null) return await changeUser(context, user.id, { avatarAttachmentId: null }, version)
    const row = context.newRow()
    await trx
      .insertInto('attachments')
      .values({ ...row, ...kept, fileName: 'picture', entity: 'user', entityId: user.id })
      .execute()
    return await changeUser(context, user.id, { avatarAttachmentId: row.id }, version)
  },
})

/** The pictures of people: one's own is set, those of colleagues are seen. */
export const pictures: Pick<Handlers<'users'>, 'setPicture' | 'faces' | 'picture'> = {
  setPicture,
  faces: ({ db, organizationId }) =>
    db
      .selectFrom('users as u')
      .select([
        'u.id',
        'u.name',
        'u.color',
        // Who left keeps the name that the timelines say, not the picture.
        sql<string | null>`CASE WHEN EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id
          AND m.organization_id = ${organizationId} AND m.deleted_at IS NULL) THEN u.avatar_attachment_id END`.as(
          'pictureId',
        ),
      ])
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('memberships as m')
            .select('m.id')
            .whereRef('m.userId', '=', 'u.id')
            .where('m.organizationId', '=', organizationId),
        ),
      )
      .where('u.deletedAt', 'is', null)
      .orderBy('u.name')
      .execute(),
  picture: async ({ db, engines, userId, organizationId }, { id }) => {
    const isColleague = (await membershipsOf(db, id)).some((member) => member.organizationId === organizationId)
    return id === userId || isColleague ? await pictureOf(db, engines.files, id) : null
  },
}

import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { safeFileName } from '../../shared/file-name.ts'
import { hiddenKinds } from '../people/shown.ts'
import { type Handlers, withPreparation } from '../rpc/context.ts'
import { deleteRow, getRow } from '../rpc/rows.ts'
import { mediaTypeOf } from './media-type.ts'

const tableOf = { client: 'clients', invoice: 'invoices', quote: 'quotes', 'credit-note': 'creditNotes' } as const

// The name is shown and offered when saving: a path in it would point somewhere else.
const plainName = (fileName: string): string => {
  const name = safeFileName(fileName.replace(/^.*[\\/]/, ''), '')
  if (name === '') throw new AppError('VALIDATION', 'The file needs a name.', { fields: { fileName: 'Enter a name.' } })
  return name
}

/** Files kept by their content beside a client or a document. */
export const attachments: Handlers<'attachments'> = {
  list: (context, { entityId }) =>
    context.db
      .selectFrom('attachments')
      .select(['id', 'version', 'fileName', 'mediaType', 'size', 'createdAt'])
      .where('organizationId', '=', context.organizationId)
      .where('entityId', '=', entityId)
      .$if(hiddenKinds(context).length > 0, (query) => query.where('entity', 'not in', hiddenKinds(context)))
      .where('deletedAt', 'is', null)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .execute(),

  add: withPreparation({
    prepare: async ({ db, engines, organizationId }, { entity, entityId, fileName, content }) => {
      await getRow(db, tableOf[entity], organizationId, entityId, entity)
      return { fileName: plainName(fileName), sha256: await engines.files.put(content) }
    },
    run: async (context, { entity, entityId, content }, { fileName, sha256 }) => {
      const owner = await getRow(context.trx, tableOf[entity], context.organizationId, entityId, entity)
      const row = context.newRow()
      await context.trx
        .insertInto('attachments')
        .values({
          ...row,
          sha256,
          size: content.length,
          mediaType: mediaTypeOf(content, fileName),
          fileName,
          entity,
          entityId,
        })
        .execute()
      await context.record({
        kind: 'attachment.added',
        entity,
        entityId,
        clientId: 'clientId' in owner ? z.string().nullable().parse(owner.clientId) : entityId,
        data: { fileName },
      })
      return { id: row.id, version: 1 }
    },
  }),

  content: async (context, { id }) => {
    const { db, engines, organizationId } = context
    const { entity, fileName, mediaType, sha256 } = await getRow(db, 'attachments', organizationId, id, 'file')
    if (hiddenKinds(context).includes(entity)) {
      throw new AppError('FORBIDDEN', 'This file belongs to something that is not part of your role.')
    }
    return { fileName, mediaType, content: await engines.files.get(sha256) }
  },

  delete: async (context, { id, version }) => {
    const { entity } = await getRow(context.trx, 'attachments', context.organizationId, id, 'file')
    if (entity === 'organization')
      throw new AppError('INVALID_STATE', 'This is the logo of the business. Change it in the settings.')
    if (entity === 'user') throw new AppError('INVALID_STATE', 'This is a picture of a person, who alone removes it.')
    return await deleteRow(context, 'attachments', { id, version })
  },
}

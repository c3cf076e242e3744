import type { CommandContext, Db, Handlers, Trx } from '../rpc/context.ts'
import { deleteRow, getRow, updateRow } from '../rpc/rows.ts'

/** The contacts of a client, the primary one first. */
export const contactsOf = async (db: Db | Trx, clientId: string) => {
  const rows = await db
    .selectFrom('clientContacts')
    .select(['id', 'version', 'name', 'email', 'phone', 'role', 'isPrimary'])
    .where('clientId', '=', clientId)
    .where('deletedAt', 'is', null)
    .orderBy('isPrimary', 'desc')
    .orderBy('name')
    .execute()
  return rows.map((row) => ({ ...row, isPrimary: row.isPrimary === 1 }))
}

/** The notes on a client, newest first. */
export const notesOf = (db: Db | Trx, clientId: string) =>
  db
    .selectFrom('clientNotes')
    .select(['id', 'version', 'kind', 'content', 'followUpOn', 'doneAt', 'createdAt'])
    .where('clientId', '=', clientId)
    .where('deletedAt', 'is', null)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .execute()

const dropPrimary = (context: CommandContext, clientId: string) =>
  context.trx
    .updateTable('clientContacts')
    .set((row) => ({ isPrimary: 0, updatedAt: context.now, version: row('version', '+', 1) }))
    .where('clientId', '=', clientId)
    .where('isPrimary', '=', 1)
    .execute()

/** The people at a client; one of them is the primary contact. */
export const clientContacts: Handlers<'clientContacts'> = {
  create: async (context, { clientId, isPrimary, ...values }) => {
    await getRow(context.trx, 'clients', context.organizationId, clientId, 'client')
    const others = await contactsOf(context.trx, clientId)
    const primary = isPrimary || others.length === 0
    if (primary) await dropPrimary(context, clientId)
    const row = context.newRow()
    await context.trx
      .insertInto('clientContacts')
      .values({ ...row, ...values, clientId, isPrimary: primary ? 1 : 0 })
      .execute()
    return { id: row.id, version: 1 }
  },

  update: async (context, { id, version, isPrimary, ...values }) => {
    const contact = await getRow(context.trx, 'clientContacts', context.organizationId, id, 'contact')
    if (isPrimary && contact.isPrimary === 0) await dropPrimary(context, contact.clientId)
    return await updateRow(
      context,
      'clientContacts',
      { id, version },
      { ...values, ...(isPrimary ? { isPrimary: 1 } : {}) },
    )
  },

  delete: async (context, { id, version }) => {
    const contact = await getRow(context.trx, 'clientContacts', context.organizationId, id, 'contact')
    const deleted = await deleteRow(context, 'clientContacts', { id, version })
    if (contact.isPrimary === 1) {
      const next = (await contactsOf(context.trx, contact.clientId))[0]
      if (next !== undefined) await updateRow(context, 'clientContacts', next, { isPrimary: 1 })
    }
    return deleted
  },
}

/** What was said and what is to be done about a client. */
export const clientNotes: Handlers<'clientNotes'> = {
  create: async (context, { clientId, ...values }) => {
    await getRow(context.trx, 'clients', context.organizationId, clientId, 'client')
    const row = context.newRow()
    await context.trx
      .insertInto('clientNotes')
      .values({ ...row, ...values, clientId, doneAt: null })
      .execute()
    await context.record({
      kind: 'note.added',
      entity: 'client',
      entityId: clientId,
      clientId,
      data: { kind: values.kind, content: values.content.slice(0, 200) },
    })
    return { id: row.id, version: 1 }
  },

  setDone: (context, { id, version, done }) =>
    updateRow(context, 'clientNotes', { id, version }, { doneAt: done ? context.now : null }),

  delete: (context, { id, version }) => deleteRow(context, 'clientNotes', { id, version }),
}

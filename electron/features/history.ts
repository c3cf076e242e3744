import { lookCommand } from '../../shared/disclosures.ts'
import { AppError, notFound } from '../../shared/errors.ts'
import { findMember } from '../people/members.ts'
import type { Handlers } from '../rpc/context.ts'
import { changesOf, obstacleTo, permissionFor, reverse, titleOf } from './history/reverse.ts'

// Few enough to look at, enough for an afternoon.
const mostListed = 20

// What is taken back in principle; whatever else was done is corrected by its own means. Not here, on purpose: what was
// issued, paid or sent; schedules, imports and merges, which have an undo of their own; and what asks for the password
// again (people, bank details), or it would be a way around that.
const kinds =
  /^(clients|clientContacts|clientNotes|clientTypes|accountManagers|items|tags|savedViews|documentTemplates|exchangeRates|history)\.|^reminders\.(save|delete|restore)Plan$|^mail\.(save|reset)Template$|\.(saveDraft|deleteDraft)$/

/** What one did last, and taking it back. */
export const history: Handlers<'history'> = {
  list: async ({ db, organizationId, userId }) => {
    const recent = await db
      .selectFrom('commands')
      .select(['id', 'seq', 'procedure', 'at'])
      .where('organizationId', '=', organizationId)
      .where('userId', 'is', userId)
      .where('procedure', '<>', lookCommand)
      .orderBy('seq', 'desc')
      .limit(200)
      .execute()
    const listed = recent.filter(({ procedure }) => kinds.test(procedure)).slice(0, mostListed)
    return await Promise.all(
      listed.map(async ({ id, seq, procedure, at }) => {
        const changes = await changesOf(db, seq)
        return { commandId: id, procedure, at, title: titleOf(changes), obstacle: await obstacleTo(db, changes) }
      }),
    )
  },

  undo: async (context, { commandId }) => {
    const { trx, organizationId, userId } = context
    const command = await trx
      .selectFrom('commands')
      .select(['seq', 'procedure', 'userId'])
      .where('id', '=', commandId)
      .where('organizationId', '=', organizationId)
      .executeTakeFirst()
    if (command === undefined) throw notFound('command', commandId)
    if (command.userId !== userId) throw new AppError('FORBIDDEN', 'Only who did it can undo it.')
    if (!kinds.test(command.procedure)) {
      throw new AppError('INVALID_STATE', 'This cannot be undone: correct it by its own means.')
    }
    const changes = await changesOf(trx, command.seq)
    const member = await findMember(trx, organizationId, userId)
    const lacking = changes.map(({ table }) => permissionFor(table)).find((it) => member?.permissions.has(it) !== true)
    if (lacking !== undefined) {
      throw new AppError('FORBIDDEN', `You may not do this here any more (it needs ${lacking}).`)
    }
    const obstacle = await obstacleTo(trx, changes)
    if (obstacle !== null) throw new AppError('INVALID_STATE', `This cannot be undone. ${obstacle}`)
    await reverse(context, changes)
    return { title: titleOf(changes) }
  },
}

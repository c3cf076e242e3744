import { toJson } from '../../db/json.ts'
import type { IdSource } from '../../shared/ids.ts'
import type { Engines } from '../engines.ts'
import type { Caller, CommandContext, Trx } from './context.ts'

type Parts = {
  readonly trx: Trx
  readonly caller: Caller
  readonly now: string
  readonly commandSeq: number
  readonly ids: IdSource
  readonly engines: Engines
  readonly onWork: () => void
}

/** What a command works with, around its open transaction. */
export const commandContext = ({ trx, caller, now, commandSeq, ids, engines, onWork }: Parts): CommandContext => {
  const newRow: CommandContext['newRow'] = () => ({
    id: ids.next(),
    organizationId: caller.organizationId,
    createdAt: now,
    updatedAt: now,
  })
  return {
    ...caller,
    trx,
    commandSeq,
    now,
    ids,
    engines,
    newRow,
    record: async ({ kind, entity, entityId, clientId = null, data = {} }) => {
      await trx
        .insertInto('activity')
        .values({
          commandSeq,
          organizationId: caller.organizationId,
          kind,
          entity,
          entityId,
          clientId,
          at: now,
          data: toJson(data),
        })
        .execute()
    },
    enqueue: async ({ kind, subjectId, runAt = now }) => {
      await trx
        .insertInto('jobs')
        .values({ ...newRow(), kind, subjectId, runAt, lastError: null, finishedAt: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      onWork()
    },
  }
}

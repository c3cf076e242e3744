import type { Db } from '../rpc/handles.ts'
import type { ScratchContext } from './scratch-command.ts'

/** How far each series of numbers has come. */
export type Counters = Awaited<ReturnType<typeof readCounters>>

/** Reads how far the numbers of a database have come. */
export const readCounters = (db: Db) => db.selectFrom('numberCounters').selectAll().execute()

/** Lets numbers go on from where they are now: one that somebody has on paper is never given again. */
export const keepCounting = async ({ trx, now }: ScratchContext, counters: Counters): Promise<void> => {
  for (const counter of counters) {
    const { seriesId, period, lastValue } = counter
    const series = await trx.selectFrom('numberSeries').select('id').where('id', '=', seriesId).executeTakeFirst()
    if (series === undefined) continue
    const then = await trx
      .selectFrom('numberCounters')
      .select(['id', 'lastValue', 'version'])
      .where('seriesId', '=', seriesId)
      .where('period', '=', period)
      .executeTakeFirst()
    if (then === undefined) await trx.insertInto('numberCounters').values(counter).execute()
    else if (then.lastValue < lastValue) {
      await trx
        .updateTable('numberCounters')
        .set({ lastValue, updatedAt: now, version: then.version + 1 })
        .where('id', '=', then.id)
        .execute()
    }
  }
}

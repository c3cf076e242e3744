import { carryNumbers } from '../../db/organization/given-numbers.ts'
import type { Db, Trx } from '../rpc/handles.ts'
import type { ScratchContext } from './scratch-command.ts'

/** The series of numbers of a state, and how far each has come. */
export type GivenNumbers = Awaited<ReturnType<typeof readNumbers>>

/** Reads which series a database has, ended ones too, and how far their numbers have come. */
export const readNumbers = async (db: Db | Trx) => ({
  series: await db.selectFrom('numberSeries').selectAll().execute(),
  counters: await db.selectFrom('numberCounters').selectAll().execute(),
})

const idsOf = async (trx: Trx, table: 'organizations' | 'branches' | 'devices') =>
  new Set((await trx.selectFrom(table).select('id').execute()).map(({ id }) => id))

const known = (ids: ReadonlySet<string>, id: string | null) => (id !== null && ids.has(id) ? id : null)

/**
 * Lets numbers go on from where they are now: one that somebody has on paper is never given again. A series that was
 * made since comes along as an ended one; what is numbered alike goes on from it.
 */
export const keepCounting = async ({ trx, now, ids }: ScratchContext, present: GivenNumbers): Promise<void> => {
  const organizations = await idsOf(trx, 'organizations')
  const [branches, devices] = [await idsOf(trx, 'branches'), await idsOf(trx, 'devices')]
  const own = { ...present, series: present.series.filter((it) => organizations.has(it.organizationId)) }
  const then = await readNumbers(trx)
  const { ended, raised, added } = carryNumbers(own, then, () => ids.next())
  for (const { id, series } of ended) {
    const { branchId, deviceId, createdAt } = series
    await trx
      .insertInto('numberSeries')
      .values({
        ...series,
        id,
        branchId: known(branches, branchId),
        deviceId: known(devices, deviceId),
        isDefault: 0,
        createdAt: id === series.id ? createdAt : now,
        updatedAt: now,
        deletedAt: series.deletedAt ?? now,
        version: series.version + 1,
      })
      .execute()
  }
  for (const { id, lastValue } of raised) {
    await trx
      .updateTable('numberCounters')
      .set((row) => ({ lastValue, updatedAt: now, version: row('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
  }
  const values = added.map((counter) => ({ ...counter, createdAt: now, updatedAt: now, deletedAt: null, version: 1 }))
  for (const counter of values) await trx.insertInto('numberCounters').values(counter).execute()
}

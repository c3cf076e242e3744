import type { contract, Output } from '../../shared/contract/index.ts'
import { todayIn } from '../../shared/dates.ts'
import { AppError } from '../../shared/errors.ts'
import { rateOn } from '../../shared/tax/propose.ts'
import type { CommandContext, Db, Handlers, Trx } from '../rpc/context.ts'
import { deleteRow, getRow, updateRow } from '../rpc/rows.ts'

const dropDefault = (context: CommandContext) =>
  context.trx
    .updateTable('taxRates')
    .set((row) => ({ isDefault: 0, updatedAt: context.now, version: row('version', '+', 1) }))
    .where('organizationId', '=', context.organizationId)
    .where('isDefault', '=', 1)
    .execute()

const rated = new Set(['S', 'L', 'M', 'B'])

/** The sentence for a percentage in a category that has none (EN 16931, BR-Z-05 to BR-O-05); null where it fits. */
export const wrongRate = (category: string, rateE6: bigint): string | null =>
  rateE6 === 0n || rated.has(category)
    ? null
    : 'Only a standard rate has a percentage; zero, exempt and reverse charge are 0 %.'

const assertRate = (category: string, rateE6: bigint) => {
  const message = wrongRate(category, rateE6)
  if (message !== null) throw new AppError('VALIDATION', message, { fields: { rateE6: message } })
}

const nextPosition = async ({ trx, organizationId }: CommandContext): Promise<number> => {
  const { last } = await trx
    .selectFrom('taxRates')
    .select(({ fn }) => fn.max('position').as('last'))
    .where('organizationId', '=', organizationId)
    .executeTakeFirstOrThrow()
  return (last ?? -1) + 1
}

const assertDates = (from: string | null, to: string | null) => {
  if (from === null || to === null || from <= to) return
  const message = 'The last day is before the first.'
  throw new AppError('VALIDATION', message, { fields: { effectiveTo: message } })
}

type Version = Output<(typeof contract)['taxRates']['list']>[number]['versions'][number]

/** The dated percentages of an organization's rates, by rate, oldest first. */
export const versionsOf = async (db: Db | Trx, organizationId: string): Promise<ReadonlyMap<string, Version[]>> => {
  const rows = await db
    .selectFrom('taxRateVersions')
    .select(['id', 'version', 'taxRateId', 'effectiveFrom', 'name', 'rateE6'])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .orderBy('effectiveFrom')
    .execute()
  const byRate = new Map<string, Version[]>()
  for (const { taxRateId, ...version } of rows) {
    const list = byRate.get(taxRateId)
    if (list) list.push(version)
    else byRate.set(taxRateId, [version])
  }
  return byRate
}

/** Tax rates by category, each with the dates it is in force. */
export const taxRates: Handlers<'taxRates'> = {
  list: async ({ db, organizationId, timezone, clock }, { on, status }) => {
    let query = db.selectFrom('taxRates').where('organizationId', '=', organizationId).where('deletedAt', 'is', null)
    if (status !== 'all') query = query.where('status', '=', status)
    if (on !== null) {
      query = query
        .where((row) => row.or([row('effectiveFrom', 'is', null), row('effectiveFrom', '<=', on)]))
        .where((row) => row.or([row('effectiveTo', 'is', null), row('effectiveTo', '>=', on)]))
    }
    const rows = await query
      .select([
        'id',
        'version',
        'name',
        'category',
        'rateE6',
        'isCompound',
        'isDefault',
        'effectiveFrom',
        'effectiveTo',
        'exemptionReason',
        'place',
        'status',
      ])
      .orderBy('position')
      .orderBy('id')
      .execute()
    const versions = await versionsOf(db, organizationId)
    const day = on ?? todayIn(timezone, clock.now())
    return rows.map((row) => {
      const own = versions.get(row.id) ?? []
      return {
        ...row,
        ...rateOn({ ...row, versions: own }, day),
        original: { name: row.name, rateE6: row.rateE6 },
        versions: own,
        isCompound: row.isCompound === 1,
        isDefault: row.isDefault === 1,
      }
    })
  },

  create: async (context, { isCompound, isDefault, ...values }) => {
    assertRate(values.category, values.rateE6)
    assertDates(values.effectiveFrom, values.effectiveTo)
    if (isDefault) await dropDefault(context)
    const row = context.newRow()
    await context.trx
      .insertInto('taxRates')
      .values({
        ...row,
        ...values,
        position: await nextPosition(context),
        isCompound: isCompound ? 1 : 0,
        isDefault: isDefault ? 1 : 0,
      })
      .execute()
    return { id: row.id, version: 1 }
  },

  update: async (context, { id, version, isCompound, isDefault, ...values }) => {
    const rate = await getRow(context.trx, 'taxRates', context.organizationId, id, 'tax rate')
    assertRate(values.category ?? rate.category, values.rateE6 ?? rate.rateE6)
    assertDates(
      values.effectiveFrom === undefined ? rate.effectiveFrom : values.effectiveFrom,
      values.effectiveTo === undefined ? rate.effectiveTo : values.effectiveTo,
    )
    if (isDefault && rate.status === 'archived') {
      throw new AppError('INVALID_STATE', 'This rate is archived. Bring it back before it becomes the default.')
    }
    if (isDefault && rate.isDefault === 0) await dropDefault(context)
    return await updateRow(
      context,
      'taxRates',
      { id, version },
      {
        ...values,
        ...(isCompound === undefined ? {} : { isCompound: isCompound ? 1 : 0 }),
        ...(isDefault ? { isDefault: 1 } : {}),
      },
    )
  },

  setStatus: async (context, { id, version, status }) => {
    const rate = await getRow(context.trx, 'taxRates', context.organizationId, id, 'tax rate')
    if (status === 'archived' && rate.isDefault === 1) {
      throw new AppError('INVALID_STATE', 'This is the default rate. Make another one the default first.')
    }
    return await updateRow(context, 'taxRates', { id, version }, { status })
  },

  addVersion: async (context, { taxRateId, effectiveFrom, name, rateE6 }) => {
    const rate = await getRow(context.trx, 'taxRates', context.organizationId, taxRateId, 'tax rate')
    assertRate(rate.category, rateE6)
    const same = await context.trx
      .selectFrom('taxRateVersions')
      .select('id')
      .where('taxRateId', '=', taxRateId)
      .where('effectiveFrom', '=', effectiveFrom)
      .where('deletedAt', 'is', null)
      .executeTakeFirst()
    if (same !== undefined) {
      const message = 'This rate already changes on that day. Remove that change first.'
      throw new AppError('DUPLICATE', message, { fields: { effectiveFrom: message } })
    }
    const row = context.newRow()
    await context.trx
      .insertInto('taxRateVersions')
      .values({ ...row, taxRateId, effectiveFrom, name, rateE6 })
      .execute()
    return { id: row.id, version: 1 }
  },

  deleteVersion: (context, seen) => deleteRow(context, 'taxRateVersions', seen),
}

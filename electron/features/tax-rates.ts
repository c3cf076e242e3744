import { AppError } from '../../shared/errors.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { getRow, updateRow } from '../rpc/rows.ts'

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

/** Tax rates by category, each with the dates it is in force. */
export const taxRates: Handlers<'taxRates'> = {
  list: async ({ db, organizationId }, { on, status }) => {
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
        'status',
      ])
      .orderBy('position')
      .orderBy('id')
      .execute()
    return rows.map((row) => ({ ...row, isCompound: row.isCompound === 1, isDefault: row.isDefault === 1 }))
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
}

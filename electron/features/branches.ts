import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../rpc/context.ts'
import { getRow, updateRow } from '../rpc/rows.ts'

/** The places of a business. */
export const branches: Handlers<'branches'> = {
  list: async ({ db, organizationId }) => {
    const rows = await db
      .selectFrom('branches')
      .select(['id', 'version', 'code', 'name', 'timezone', 'isDefault', 'addressLine1', 'city', 'postalCode'])
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .orderBy('isDefault', 'desc')
      .orderBy('code')
      .execute()
    return rows.map((row) => ({ ...row, isDefault: row.isDefault === 1 }))
  },

  create: async (context, { code, ...values }) => {
    const { trx, organizationId } = context
    const { country } = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
    const row = context.newRow()
    await trx
      .insertInto('branches')
      .values({ ...row, ...values, code, country, isDefault: 0, addressLine2: null, region: null })
      .execute()
    return { id: row.id, version: 1 }
  },

  update: (context, { id, version, ...values }) => updateRow(context, 'branches', { id, version }, values),

  close: async (context, { id, version }) => {
    const { trx, organizationId, now } = context
    const branch = await getRow(trx, 'branches', organizationId, id, 'branch')
    if (branch.isDefault === 1) throw new AppError('INVALID_STATE', 'The main branch stays.')
    const series = await trx
      .selectFrom('numberSeries')
      .select('code')
      .where('branchId', '=', id)
      .where('deletedAt', 'is', null)
      .executeTakeFirst()
    if (series !== undefined) {
      throw new AppError('INVALID_STATE', `The number series ${series.code} belongs to this branch. Remove it first.`)
    }
    return await updateRow(context, 'branches', { id, version }, { deletedAt: now })
  },
}

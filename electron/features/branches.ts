import { AppError } from '../../shared/errors.ts'
import type { Handlers, QueryContext } from '../rpc/context.ts'
import { getRow, restoreRow, updateRow } from '../rpc/rows.ts'
import { branchMembers } from './branches/members.ts'

const columns = [
  'id',
  'version',
  'code',
  'name',
  'timezone',
  'isDefault',
  'deletedAt',
  'addressLine1',
  'addressLine2',
  'city',
  'region',
  'postalCode',
  'email',
  'phone',
] as const

// Those of a business; whoever is limited to some knows of no other.
const branchesOf = async ({ db, organizationId, branchIds }: QueryContext) => {
  let query = db.selectFrom('branches').select(columns).where('organizationId', '=', organizationId)
  if (branchIds !== null) query = query.where('id', 'in', branchIds)
  const rows = await query.orderBy('isDefault', 'desc').orderBy('code').orderBy('id').execute()
  return rows.map(({ deletedAt, isDefault, ...row }) => ({
    ...row,
    isDefault: isDefault === 1,
    isClosed: deletedAt !== null,
  }))
}

/** The places of a business. */
export const branches: Handlers<'branches'> = {
  ...branchMembers,

  list: async (context, { withClosed }) => {
    const rows = await branchesOf(context)
    return rows.filter(({ isClosed }) => withClosed || !isClosed)
  },

  choices: async (context) => {
    const isLimited = context.branchIds !== null
    const rows = await branchesOf(context)
    const shown = rows.map(({ id, code, name, isDefault, isClosed }) => ({ id, code, name, isDefault, isClosed }))
    // The main branch alone is the business.
    const isOnePlace = !isLimited && shown.length < 2
    return { isLimited, branchId: context.branchId, branches: isOnePlace ? [] : shown }
  },

  create: async (context, { code, ...values }) => {
    const { trx, organizationId } = context
    const { country } = await getRow(trx, 'organizations', organizationId, organizationId, 'organization')
    const row = context.newRow()
    await trx
      .insertInto('branches')
      .values({ ...row, ...values, code, country, isDefault: 0 })
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

  reopen: (context, { id }) => restoreRow(context, 'branches', id),
}

import type { Db, Trx } from '../rpc/context.ts'

/** Money figures of a client in each currency, from the summary table that triggers keep. */
export const balancesOf = async (db: Db | Trx, clientId: string) => {
  const rows = await db
    .selectFrom('clientBalances')
    .select([
      'currency',
      'billedE4',
      'paidE4',
      'openE4',
      'creditE4',
      'creditedE4',
      'writtenOffE4',
      'refundedE4',
      'invoiceCount',
      'settledCount',
      'settledDays',
    ])
    .where('clientId', '=', clientId)
    .orderBy('currency')
    .execute()
  return rows.map(({ settledDays, ...row }) => ({
    ...row,
    averageDaysToPay: row.settledCount === 0 ? null : Math.round((settledDays / row.settledCount) * 10) / 10,
  }))
}

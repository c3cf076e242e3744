import { sql } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import { zero } from '../../shared/money/scaled.ts'
import { accountKeyOf } from '../importers/bank/iban.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { updateRow } from '../rpc/rows.ts'

/** The number and the form in which it is compared; AppError DUPLICATE if another account has it. */
const numberColumns = async (context: CommandContext, accountNumber: string | null, ownId: string | null) => {
  const accountKey = accountNumber === null ? null : accountKeyOf(accountNumber)
  if (accountKey === null || accountKey === '') return { accountNumber: null, accountKey: null }
  const other = await context.trx
    .selectFrom('bankAccounts')
    .select(['id', 'name'])
    .where('organizationId', '=', context.organizationId)
    .where('accountKey', '=', accountKey)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (other !== undefined && other.id !== ownId) {
    const message = `The account "${other.name}" has this number.`
    throw new AppError('DUPLICATE', message, { fields: { accountNumber: message } })
  }
  return { accountNumber, accountKey }
}

/** Accounts at banks, whose statements come in. */
export const bankAccounts: Handlers<'bankAccounts'> = {
  list: async ({ db, organizationId }, { status }) => {
    let query = db
      .selectFrom('bankAccounts as a')
      .where('a.organizationId', '=', organizationId)
      .where('a.deletedAt', 'is', null)
    if (status !== 'all') query = query.where('a.status', '=', status)
    const accounts = await query
      .select(['a.id', 'a.version', 'a.name', 'a.accountNumber', 'a.currency', 'a.status'])
      .select(({ selectFrom }) => [
        selectFrom('bankTransactions as t')
          .select(sql<number>`count(*)`.as('n'))
          .whereRef('t.accountId', '=', 'a.id')
          .where('t.organizationId', '=', organizationId)
          .where('t.deletedAt', 'is', null)
          .where('t.state', '=', 'new')
          .where('t.amountE4', '>', zero)
          .as('waiting'),
        selectFrom('bankStatements as s')
          .select('s.id')
          .whereRef('s.accountId', '=', 'a.id')
          .where('s.deletedAt', 'is', null)
          .where('s.closingE4', 'is not', null)
          .orderBy('s.toOn', 'desc')
          .orderBy('s.id', 'desc')
          .limit(1)
          .as('lastId'),
      ])
      .orderBy('a.name')
      .orderBy('a.id')
      .execute()
    const lastIds = accounts.flatMap((it) => it.lastId ?? [])
    const last = await db
      .selectFrom('bankStatements')
      .select(['id', 'closingE4', 'toOn'])
      .where('id', 'in', lastIds)
      .execute()
    const byId = new Map(last.map((it) => [it.id, it]))
    return accounts.map(({ lastId, waiting, ...account }) => {
      const statement = byId.get(lastId ?? '')
      return {
        ...account,
        waiting: waiting ?? 0,
        closingE4: statement?.closingE4 ?? null,
        closingOn: statement?.toOn ?? null,
      }
    })
  },

  create: async (context, { accountNumber, ...values }) => {
    const row = context.newRow()
    const number = await numberColumns(context, accountNumber, null)
    await context.trx
      .insertInto('bankAccounts')
      .values({ ...row, ...values, ...number })
      .execute()
    return { id: row.id, version: 1 }
  },

  update: async (context, { id, version, accountNumber, ...values }) => {
    const number = accountNumber === undefined ? {} : await numberColumns(context, accountNumber, id)
    return await updateRow(context, 'bankAccounts', { id, version }, { ...values, ...number })
  },
}

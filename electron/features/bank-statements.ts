import { type SqlBool, sql } from 'kysely'
import { AppError } from '../../shared/errors.ts'
import { add, subtract } from '../../shared/money/arithmetic.ts'
import { type Handlers, withPreparation } from '../rpc/context.ts'
import { page, readCursor } from '../rpc/pages.ts'
import { deleteRow, getRow } from '../rpc/rows.ts'
import { type FileInput, readFile } from './bank/files.ts'
import { importFile, nothingIn, plannedStatement } from './bank/import.ts'
import { planImport } from './bank/plan.ts'

const mostShown = 50

/** Statements of bank accounts, as files bring them. */
export const bankStatements: Handlers<'bankStatements'> = {
  list: async ({ db, organizationId }, { accountId, cursor, limit }) => {
    let query = db
      .selectFrom('bankStatements as s')
      .innerJoin('bankAccounts as a', 'a.id', 's.accountId')
      .where('s.organizationId', '=', organizationId)
      .where('s.deletedAt', 'is', null)
    if (accountId !== null) query = query.where('s.accountId', '=', accountId)
    if (cursor !== null) query = query.where(sql<SqlBool>`s.id < ${readCursor(cursor).id}`)
    const rows = await query
      .select([
        's.id',
        's.version',
        's.accountId',
        'a.name as accountName',
        's.fileName',
        's.format',
        's.createdAt as importedAt',
        's.number',
        's.currency',
        's.fromOn',
        's.toOn',
        's.openingE4',
        's.closingE4',
        's.sumE4',
        's.checked as check',
        's.transactionCount as transactions',
        's.newCount as newTransactions',
      ])
      .orderBy('s.id', 'desc')
      .limit(limit + 1)
      .execute()
    const shown = rows.map((row) => ({
      ...row,
      differenceE4:
        row.openingE4 === null || row.closingE4 === null
          ? null
          : subtract(row.closingE4, add(row.openingE4, row.sumE4)),
    }))
    return page(shown, limit, (row) => ({ value: null, id: row.id }))
  },

  preview: async (context, input) => {
    const read = await readFile(context, input)
    const { file, isKept } = read
    const nothing = nothingIn(read)
    if (nothing !== null && file.csv === null) throw new AppError('IMPORT_FAILED', `${input.fileName}: ${nothing}`)
    const organization = await getRow(
      context.db,
      'organizations',
      context.organizationId,
      context.organizationId,
      'organization',
    )
    const plans = await planImport(context.db, organization, input, read)
    const statements = plans.map(plannedStatement)
    const lines = plans.flatMap((plan) => plan.lines.map((line) => ({ ...line, currency: plan.currency })))
    return {
      format: file.format,
      formatName: file.formatName,
      statements,
      needsAccount: plans.some((plan) => plan.account === null),
      currency: file.statements.find((it) => it.currency !== null)?.currency ?? null,
      transactions: lines.length,
      newTransactions: lines.filter((line) => line.isNew).length,
      skippedCount: file.skipped.length,
      skipped: file.skipped.slice(0, mostShown),
      sample: lines.slice(0, mostShown).map(({ transaction, isNew, currency }) => ({
        bookedOn: transaction.bookedOn,
        amountE4: transaction.amountE4,
        currency: transaction.currency ?? currency,
        counterpartyName: transaction.counterpartyName,
        purpose: transaction.purpose,
        isNew,
      })),
      csv:
        file.csv === null
          ? null
          : {
              profile: file.csv.profile,
              headers: [...file.csv.headers],
              rows: file.csv.rows.map((row) => [...row]),
              isDateOrderSure: file.csv.isDateOrderSure,
              isKept,
            },
    }
  },

  import: withPreparation({
    prepare: (context, input: FileInput) => readFile(context, input),
    run: importFile,
  }),

  remove: async (context, { id, version }) => {
    const matched = await context.trx
      .selectFrom('bankTransactions')
      .select('id')
      .where('statementId', '=', id)
      .where('organizationId', '=', context.organizationId)
      .where('deletedAt', 'is', null)
      .where('state', '=', 'matched')
      .execute()
    if (matched.length > 0) {
      throw new AppError(
        'INVALID_STATE',
        `${matched.length} lines of this statement are payments by now. Take those matches back first.`,
      )
    }
    await deleteRow(context, 'bankStatements', { id, version })
    const removed = await context.trx
      .updateTable('bankTransactions')
      .set((row) => ({ deletedAt: context.now, updatedAt: context.now, version: row('version', '+', 1) }))
      .where('statementId', '=', id)
      .where('organizationId', '=', context.organizationId)
      .where('deletedAt', 'is', null)
      .returning('id')
      .execute()
    return { removed: removed.length }
  },
}

import { setImmediate } from 'node:timers/promises'
import type { PlannedStatement } from '../../../shared/contract/bank.ts'
import { AppError } from '../../../shared/errors.ts'
import { accountKeyOf } from '../../importers/bank/iban.ts'
import type { CommandContext } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { type FileInput, type ReadFile, withProfile } from './files.ts'
import { type PlannedAccount, planImport, type StatementPlan } from './plan.ts'

/** A planned statement as the caller sees it. */
export const plannedStatement = (plan: StatementPlan): PlannedStatement => ({
  accountId: plan.account?.id ?? null,
  accountName: plan.account?.name ?? '',
  isNewAccount: plan.account !== null && plan.account.id === null,
  isKnown: plan.isKnown,
  number: plan.parsed.number,
  currency: plan.currency,
  fromOn: plan.parsed.fromOn,
  toOn: plan.parsed.toOn,
  openingE4: plan.parsed.openingE4,
  closingE4: plan.parsed.closingE4,
  sumE4: plan.sumE4,
  check: plan.check,
  differenceE4: plan.differenceE4,
  transactions: plan.lines.length,
  newTransactions: plan.lines.filter((line) => line.isNew).length,
})

const insertAccount = async (context: CommandContext, account: PlannedAccount): Promise<string> => {
  const row = context.newRow()
  await context.trx
    .insertInto('bankAccounts')
    .values({
      ...row,
      name: account.name.slice(0, 100),
      accountNumber: account.accountNumber,
      accountKey: account.accountNumber === null ? null : accountKeyOf(account.accountNumber),
      currency: account.currency,
    })
    .execute()
  return row.id
}

/** Keeps what the file taught about a known account: its number, and how its CSV files are read. */
const keepLearned = async (
  context: CommandContext,
  id: string,
  plan: StatementPlan,
  { file }: ReadFile,
): Promise<void> => {
  const row = await getRow(context.trx, 'bankAccounts', context.organizationId, id, 'bank account')
  const csvProfiles =
    file.csv === null ? row.csvProfiles : withProfile(row.csvProfiles, file.csv.fingerprint, file.csv.profile)
  const accountNumber = row.accountNumber ?? plan.account?.accountNumber ?? null
  if (csvProfiles === row.csvProfiles && accountNumber === row.accountNumber) return
  await context.trx
    .updateTable('bankAccounts')
    .set({
      csvProfiles,
      accountNumber,
      accountKey: accountNumber === null ? null : accountKeyOf(accountNumber),
      updatedAt: context.now,
      version: row.version + 1,
    })
    .where('id', '=', id)
    .execute()
}

const insertLines = async (context: CommandContext, accountId: string, statementId: string, plan: StatementPlan) => {
  const fresh = plan.lines.filter((line) => line.isNew)
  const size = 100
  for (let at = 0; at < fresh.length; at += size) {
    const rows = fresh.slice(at, at + size).map(({ transaction: { line: _line, currency, ...said }, key }) => ({
      ...context.newRow(),
      ...said,
      accountId,
      statementId,
      dedupeKey: key,
      currency: currency ?? plan.currency,
      paymentId: null,
    }))
    await context.trx.insertInto('bankTransactions').values(rows).execute()
    // A year of a shop in one file must not hold up everything else.
    await setImmediate()
  }
  return fresh.length
}

const insertStatement = async (
  context: CommandContext,
  input: FileInput,
  { file, sha256 }: ReadFile,
  accountId: string,
  plan: StatementPlan,
): Promise<string> => {
  const row = context.newRow()
  const { parsed } = plan
  await context.trx
    .insertInto('bankStatements')
    .values({
      ...row,
      accountId,
      fileName: input.fileName,
      fileSha256: sha256,
      position: plan.position,
      format: file.format,
      number: parsed.number,
      currency: plan.currency,
      fromOn: parsed.fromOn,
      toOn: parsed.toOn,
      openingE4: parsed.openingE4,
      closingE4: parsed.closingE4,
      sumE4: plan.sumE4,
      transactionCount: plan.lines.length,
      newCount: plan.lines.filter((line) => line.isNew).length,
      checked: plan.check,
    })
    .execute()
  return row.id
}

const accountMissing = () =>
  new AppError('VALIDATION', 'The file does not say which account it is of. Choose one, or make a new one.', {
    fields: { accountId: 'Choose the account that this file is of.' },
  })

/** The sentence for a file in which there is nothing to take in; null if there is. */
export const nothingIn = ({ file }: ReadFile): string | null => {
  if (file.csv !== null && file.statements.length === 0) {
    return 'It is not known yet which columns hold the date and the amount. Say what the columns are.'
  }
  return file.statements.length === 0 ? 'The file holds no statement of an account.' : null
}

/** Takes a file in: new statements and new lines, all or nothing. */
export const importFile = async (context: CommandContext, input: FileInput, read: ReadFile) => {
  const empty = nothingIn(read)
  if (empty !== null) throw new AppError('IMPORT_FAILED', `${input.fileName}: ${empty}`)
  const organization = await getRow(
    context.trx,
    'organizations',
    context.organizationId,
    context.organizationId,
    'organization',
  )
  const plans = await planImport(context.trx, organization, input, read)
  const made = new Map<PlannedAccount, string>()
  for (const plan of plans) {
    const { account } = plan
    if (account === null) throw accountMissing()
    if (plan.isKnown) continue
    const accountId = account.id ?? made.get(account) ?? (await insertAccount(context, account))
    made.set(account, accountId)
    await keepLearned(context, accountId, plan, read)
    const statementId = await insertStatement(context, input, read, accountId, plan)
    const count = await insertLines(context, accountId, statementId, plan)
    await context.record({
      kind: 'bank.imported',
      entity: 'bank-account',
      entityId: accountId,
      data: { fileName: input.fileName, transactions: plan.lines.length, newTransactions: count, check: plan.check },
    })
  }
  const statements = plans.map((plan) => {
    const planned = plannedStatement(plan)
    return { ...planned, accountId: planned.accountId ?? (plan.account && made.get(plan.account)) ?? null }
  })
  return {
    transactions: statements.reduce((count, it) => count + it.transactions, 0),
    newTransactions: statements.reduce((count, it) => count + it.newTransactions, 0),
    skippedCount: read.file.skipped.length,
    statements,
    accountIds: [...new Set(statements.flatMap((it) => it.accountId ?? []))],
  }
}

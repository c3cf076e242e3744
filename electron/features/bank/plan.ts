import { AppError } from '../../../shared/errors.ts'
import { add, subtract, sum } from '../../../shared/money/arithmetic.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { sha256Of } from '../../files.ts'
import { accountKeyOf } from '../../importers/bank/iban.ts'
import type { ParsedStatement, ParsedTransaction } from '../../importers/bank/statement.ts'
import type { Db, Trx } from '../../rpc/context.ts'
import type { FileInput, ReadFile } from './files.ts'
import { runsOf } from './words.ts'

/** The account that a statement belongs to; without an id it comes into being with the import. */
export type PlannedAccount = {
  readonly id: string | null
  readonly version: number
  readonly name: string
  readonly accountNumber: string | null
  readonly currency: string
  readonly csvProfiles: string
}

export type PlannedLine = { readonly transaction: ParsedTransaction; readonly key: string; readonly isNew: boolean }

export type StatementPlan = {
  readonly position: number
  readonly account: PlannedAccount | null
  readonly parsed: ParsedStatement
  readonly currency: string
  readonly lines: readonly PlannedLine[]
  readonly isKnown: boolean
  readonly sumE4: Amount
  readonly check: 'ok' | 'wrong' | 'unchecked'
  readonly differenceE4: Amount | null
}

type Account = PlannedAccount & { readonly id: string; readonly accountKey: string | null; readonly status: string }

const accountsOf = (db: Db | Trx, organizationId: string): Promise<Account[]> =>
  db
    .selectFrom('bankAccounts')
    .select(['id', 'version', 'name', 'accountNumber', 'accountKey', 'currency', 'csvProfiles', 'status'])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .orderBy('name')
    .execute()

// Files of the same account say its IBAN or the number inside it.
const byNumber = (accounts: readonly Account[], key: string): Account | undefined => {
  const exact = accounts.find((it) => it.accountKey === key)
  if (exact !== undefined || key.length < 7) return exact
  const within = accounts.filter((it) => {
    const own = it.accountKey ?? ''
    return own.length >= 7 && (own.endsWith(key) || key.endsWith(own))
  })
  return within.length === 1 ? within[0] : undefined
}

type Known = { readonly baseCurrency: string; readonly accountId: string | null }

/** Finds or makes up the account of each statement of a file; statements of one number share it. */
const accountFinder = (accounts: readonly Account[], input: FileInput, known: Known) => {
  const made = new Map<string, PlannedAccount>()
  return (statement: ParsedStatement): PlannedAccount | null => {
    const key = statement.account === null ? '' : accountKeyOf(statement.account)
    const numbered = key === '' ? undefined : byNumber(accounts, key)
    if (numbered !== undefined) return numbered
    if (input.accountId !== null) {
      const chosen = accounts.find((it) => it.id === input.accountId)
      if (chosen === undefined) throw new AppError('NOT_FOUND', 'This bank account no longer exists.')
      return key === '' || chosen.accountNumber !== null ? chosen : { ...chosen, accountNumber: statement.account }
    }
    // The same file once more is of the account that it was of.
    const before = key === '' ? accounts.find((it) => it.id === known.accountId) : undefined
    if (before !== undefined) return before
    if (key === '' && input.newAccount === null) return null
    const planned = made.get(key) ?? {
      id: null,
      version: 0,
      name: input.newAccount?.name ?? statement.account ?? '',
      accountNumber: key === '' ? null : statement.account,
      currency: statement.currency ?? input.newAccount?.currency ?? known.baseCurrency,
      csvProfiles: '{}',
    }
    made.set(key, planned)
    return planned
  }
}

// A bank's own reference names a booking; without one, all that is said of it does.
const baseKey = (it: ParsedTransaction): string => {
  const words = [it.counterpartyAccount, it.counterpartyName, it.endToEndReference, it.purpose]
  const what =
    it.bankReference === null
      ? `t ${runsOf(words.filter((word) => word !== null).join(' ')).join('')}`
      : `r ${it.bankReference.toUpperCase()}`
  return sha256Of(`${it.bookedOn} ${it.amountE4} ${what}`)
}

const knownKeys = async (db: Db | Trx, accountId: string, keys: readonly string[]): Promise<ReadonlySet<string>> => {
  const found = new Set<string>()
  for (let at = 0; at < keys.length; at += 500) {
    const rows = await db
      .selectFrom('bankTransactions')
      .select('dedupeKey')
      .where('accountId', '=', accountId)
      .where('dedupeKey', 'in', keys.slice(at, at + 500))
      .where('deletedAt', 'is', null)
      .execute()
    for (const { dedupeKey } of rows) found.add(dedupeKey)
  }
  return found
}

const isFileKnown = async (db: Db | Trx, accountId: string, sha256: string, position: number): Promise<boolean> =>
  (await db
    .selectFrom('bankStatements')
    .select('id')
    .where('accountId', '=', accountId)
    .where('fileSha256', '=', sha256)
    .where('position', '=', position)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()) !== undefined

const accountOfFile = async (db: Db | Trx, organizationId: string, sha256: string): Promise<string | null> => {
  const row = await db
    .selectFrom('bankStatements')
    .select('accountId')
    .where('organizationId', '=', organizationId)
    .where('fileSha256', '=', sha256)
    .where('deletedAt', 'is', null)
    .orderBy('id')
    .executeTakeFirst()
  return row?.accountId ?? null
}

const checkOf = (parsed: ParsedStatement, sumE4: Amount): Pick<StatementPlan, 'check' | 'differenceE4'> => {
  if (parsed.openingE4 === null || parsed.closingE4 === null) return { check: 'unchecked', differenceE4: null }
  const differenceE4 = subtract(parsed.closingE4, add(parsed.openingE4, sumE4))
  return { check: differenceE4 === 0n ? 'ok' : 'wrong', differenceE4 }
}

const assertCurrency = (account: PlannedAccount, statement: ParsedStatement): void => {
  if (statement.currency === null || statement.currency === account.currency) return
  throw new AppError(
    'IMPORT_FAILED',
    `The statement is in ${statement.currency}, but the account "${account.name}" is kept in ${account.currency}. Choose another account.`,
    { fields: { accountId: `This account is kept in ${account.currency}.` } },
  )
}

type Counted = { readonly transaction: ParsedTransaction; readonly key: string }

/** What an import of a file would do: each statement with its account, its check, and which of its lines are new. */
export const planImport = async (
  db: Db | Trx,
  organization: { readonly id: string; readonly currency: string },
  input: FileInput,
  { file, sha256 }: ReadFile,
): Promise<readonly StatementPlan[]> => {
  const accountFor = accountFinder(await accountsOf(db, organization.id), input, {
    baseCurrency: organization.currency,
    accountId: await accountOfFile(db, organization.id, sha256),
  })
  // Two equal bookings in one file are two; the same file once more has the same two.
  const counts = new Map<PlannedAccount | null, Map<string, number>>()
  const plans: StatementPlan[] = []
  for (const [position, parsed] of file.statements.entries()) {
    const account = accountFor(parsed)
    if (account !== null) assertCurrency(account, parsed)
    const counted = counts.get(account) ?? new Map<string, number>()
    counts.set(account, counted)
    const keyed = parsed.transactions.map((transaction): Counted => {
      const base = baseKey(transaction)
      const count = (counted.get(base) ?? 0) + 1
      counted.set(base, count)
      return { transaction, key: `${base}#${count}` }
    })
    const isKnown = account?.id != null && (await isFileKnown(db, account.id, sha256, position))
    const keys = keyed.map((it) => it.key)
    const known = account?.id == null ? new Set<string>() : await knownKeys(db, account.id, keys)
    const sumE4 = sum(parsed.transactions.map((it) => it.amountE4))
    plans.push({
      position,
      account,
      parsed,
      currency: parsed.currency ?? account?.currency ?? organization.currency,
      lines: keyed.map((it) => ({ ...it, isNew: !isKnown && !known.has(it.key) })),
      isKnown,
      sumE4,
      ...checkOf(parsed, sumE4),
    })
  }
  return plans
}

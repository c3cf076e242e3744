import { type SqlBool, sql } from 'kysely'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import { accountKeyOf } from '../../importers/bank/iban.ts'
import type { Db, Trx } from '../../rpc/context.ts'
import { indexWorld, type MatchIndex, type MatchInvoice, type MatchLine, type MatchRule, saidBy } from './matching.ts'
import { nameKey, nameWords, runsOf } from './words.ts'

/** The columns of a bank line that matching reads. */
export type LineColumns = {
  readonly bookedOn: string
  readonly amountE4: Amount
  readonly currency: string
  readonly counterpartyName: string | null
  readonly counterpartyAccount: string | null
  readonly structuredReference: string | null
  readonly endToEndReference: string | null
  readonly purpose: string
}

/** A bank line as matching reads it. */
export const matchLine = (row: LineColumns): MatchLine => ({
  ...row,
  counterpartyKey: row.counterpartyAccount === null ? null : accountKeyOf(row.counterpartyAccount) || null,
})

// Below SQLite's limit on variables, and short enough to be planned quickly.
const chunk = 400
const inChunks = async <T, R>(
  values: readonly T[],
  work: (part: readonly T[]) => Promise<readonly R[]>,
): Promise<R[]> => {
  const found: R[] = []
  for (let at = 0; at < values.length; at += chunk) found.push(...(await work(values.slice(at, at + chunk))))
  return found
}

const plainNumberSql = sql<string>`replace(replace(replace(replace(upper(number), '-', ''), '/', ''), ' ', ''), '.', '')`

const openInvoices = (db: Db | Trx, organizationId: string) =>
  db
    .selectFrom('invoices')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where('state', '=', 'open')

const rulesFor = async (db: Db | Trx, organizationId: string, lines: readonly MatchLine[]): Promise<MatchRule[]> => {
  const accounts = lines.flatMap((line) => line.counterpartyKey ?? [])
  const names = lines.flatMap((line) => nameKey(line.counterpartyName ?? '') || [])
  const keys = [...new Set([...accounts, ...names])]
  return await inChunks(keys, (part) =>
    db
      .selectFrom('bankMatchRules')
      .select(['kind', 'matchKey as key', 'clientId'])
      .where('organizationId', '=', organizationId)
      .where('kind', 'in', ['account', 'name'])
      .where('matchKey', 'in', part)
      .where('deletedAt', 'is', null)
      .execute(),
  )
}

// A word or an amount that many share points at nobody.
const mostSharing = 20

/** The clients of what was found, but for what too many share. */
const telling = <K>(found: readonly (readonly [K, string])[], most: number): string[] => {
  const clients = new Map<K, Set<string>>()
  for (const [key, clientId] of found) {
    const own = clients.get(key)
    if (own === undefined) clients.set(key, new Set([clientId]))
    else own.add(clientId)
  }
  return [...clients.values()].flatMap((own) => (own.size <= most ? [...own] : []))
}

/** The clients whose name is like a payer's, or stands in a text; asked of those that owe something. */
const clientsByName = async (db: Db | Trx, organizationId: string, lines: readonly MatchLine[]): Promise<string[]> => {
  const owing = await db
    .selectFrom('clientBalances as b')
    .innerJoin('clients as c', 'c.id', 'b.clientId')
    .select(['c.id', 'c.name'])
    .where('b.organizationId', '=', organizationId)
    .where('b.currency', 'in', [...new Set(lines.map((line) => line.currency))])
    .where('b.openE4', '>', zero)
    .where('c.deletedAt', 'is', null)
    .execute()
  const said = new Set(lines.flatMap((line) => runsOf(`${line.counterpartyName ?? ''} ${line.purpose}`)))
  const found = owing.flatMap(({ id, name }) =>
    nameWords(name)
      .filter((word) => word.length > 3 && said.has(word))
      .map((word): readonly [string, string] => [word, id]),
  )
  return telling(found, 3 * mostSharing)
}

const clientsByNumber = async (
  db: Db | Trx,
  organizationId: string,
  lines: readonly MatchLine[],
): Promise<string[]> => {
  const numbers = new Set(lines.flatMap((line) => [...saidBy(line).numbers]))
  const rows = await inChunks([...numbers], (part) =>
    openInvoices(db, organizationId).select('clientId').where(plainNumberSql, 'in', part).execute(),
  )
  return rows.flatMap(({ clientId }) => clientId ?? [])
}

const clientsByAmount = async (
  db: Db | Trx,
  organizationId: string,
  lines: readonly MatchLine[],
): Promise<string[]> => {
  const found: (readonly [string, string])[] = []
  for (const key of new Set(lines.map((line) => `${line.currency} ${line.amountE4}`))) {
    const line = lines.find((it) => `${it.currency} ${it.amountE4}` === key)
    if (line === undefined) continue
    const rows = await openInvoices(db, organizationId)
      .select('clientId')
      .distinct()
      .where('currency', '=', line.currency)
      .where('openE4', '=', line.amountE4)
      .limit(mostSharing + 1)
      .execute()
    for (const { clientId } of rows) if (clientId !== null) found.push([key, clientId])
  }
  return telling(found, mostSharing)
}

const mostInvoices = 2000

const invoicesOf = async (
  db: Db | Trx,
  organizationId: string,
  clientIds: readonly string[],
  currencies: readonly string[],
): Promise<MatchInvoice[]> => {
  const rows = await inChunks(clientIds, (part) =>
    openInvoices(db, organizationId)
      .select(['id', 'number', 'clientId', 'currency', 'openE4', 'issuedOn', 'dueOn', 'reference'])
      .where('clientId', 'in', part)
      .where('currency', 'in', currencies)
      .orderBy(sql<SqlBool>`coalesce(due_on, issued_on)`)
      .limit(mostInvoices)
      .execute(),
  )
  return rows.flatMap(({ number, clientId, ...row }) =>
    number === null || clientId === null ? [] : [{ ...row, number, clientId }],
  )
}

/** The clients, open invoices and rules that may have to do with some bank lines, ready for matching. */
export const worldFor = async (
  db: Db | Trx,
  organizationId: string,
  lines: readonly MatchLine[],
): Promise<MatchIndex> => {
  const incoming = lines.filter((line) => line.amountE4 > zero)
  if (incoming.length === 0) return indexWorld({ clients: [], invoices: [], rules: [] })
  const rules = await rulesFor(db, organizationId, incoming)
  const found = [
    ...rules.map((rule) => rule.clientId),
    ...(await clientsByNumber(db, organizationId, incoming)),
    ...(await clientsByAmount(db, organizationId, incoming)),
    ...(await clientsByName(db, organizationId, incoming)),
  ]
  const ids = [...new Set(found)]
  const clients = await inChunks(ids, (part) =>
    db
      .selectFrom('clients')
      .select(['id', 'name'])
      .where('organizationId', '=', organizationId)
      .where('id', 'in', part)
      .where('deletedAt', 'is', null)
      .execute(),
  )
  const currencies = [...new Set(incoming.map((line) => line.currency))]
  const invoices = await invoicesOf(
    db,
    organizationId,
    clients.map((client) => client.id),
    currencies,
  )
  return indexWorld({ clients, invoices, rules })
}

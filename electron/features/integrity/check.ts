import { type RawBuilder, sql } from 'kysely'
import { toDecimalString } from '../../../shared/money/decimal-string.ts'
import { type Amount, digits } from '../../../shared/money/scaled.ts'
import type { Db } from '../../rpc/handles.ts'
import { rawRows } from '../raw-rows.ts'
import { totalsFromRows } from '../tax-reports/figures.ts'
import { balancesFromRows, monthsFromRows } from './summaries.ts'

/** Differences named at most, of each kind: past that it is a flood, not a list. */
const mostNamed = 100

export type Findings = { readonly checked: number; readonly differences: readonly string[] }

type Pair = { readonly kept: Amount | null; readonly counted: Amount | null }

const text = (value: bigint | null) => toDecimalString(value ?? 0n, digits.amount, 2)
const says = (what: string, { kept, counted }: Pair) =>
  `${what} is kept as ${text(kept)}, the rows give ${text(counted)}.`

const count = async (db: Db, from: RawBuilder<unknown>): Promise<number> => {
  const rows = await rawRows(db, sql<{ count: number }>`SELECT count(*) AS count FROM ${from}`)
  return rows[0]?.count ?? 0
}

type Settled = {
  readonly number: string | null
  readonly keptE4: Amount
  readonly countedE4: Amount
  readonly keptCreditE4: Amount
  readonly creditE4: Amount
  readonly keptWrittenE4: Amount
  readonly writtenE4: Amount
  readonly keptOn: string | null
  readonly on: string | null
}

// Each thing that settles an invoice, with the day on which it does where it still stands.
const settlements = (organizationId: string) => sql`
  SELECT a.invoice_id, a.amount_e4, 0 AS credit_e4, 0 AS written_e4, CASE WHEN a.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM payment_allocations r WHERE r.reverses_id = a.id) THEN p.received_on END AS "on"
  FROM payment_allocations a JOIN payments p ON p.id = a.payment_id WHERE a.organization_id = ${organizationId}
  UNION ALL SELECT a.invoice_id, a.amount_e4, a.amount_e4, 0, CASE WHEN a.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM credit_allocations r WHERE r.reverses_id = a.id) THEN a.allocated_on END
  FROM credit_allocations a WHERE a.organization_id = ${organizationId}
  UNION ALL SELECT w.invoice_id, w.amount_e4, 0, w.amount_e4, CASE WHEN w.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM write_offs r WHERE r.reverses_id = w.id) THEN w.written_off_on END
  FROM write_offs w WHERE w.organization_id = ${organizationId}`

const checkInvoices = async (db: Db, organizationId: string): Promise<Findings> => {
  const rows = await rawRows(
    db,
    sql<Settled>`
    SELECT * FROM (
      SELECT i.number, i.paid_e4 AS kept_e4, coalesce(a.amount_e4, 0) AS counted_e4,
        i.credited_e4 AS kept_credit_e4, coalesce(a.credit_e4, 0) AS credit_e4,
        i.written_off_e4 AS kept_written_e4, coalesce(a.written_e4, 0) AS written_e4, i.settled_on AS kept_on,
        CASE WHEN a.invoice_id IS NOT NULL AND a.amount_e4 = i.payable_e4 THEN a.last_on END AS "on"
      FROM invoices i
      LEFT JOIN (SELECT invoice_id, sum(amount_e4) AS amount_e4, sum(credit_e4) AS credit_e4,
        sum(written_e4) AS written_e4, max("on") AS last_on
        FROM (${settlements(organizationId)}) GROUP BY invoice_id) a ON a.invoice_id = i.id
      WHERE i.organization_id = ${organizationId} AND i.issued_at IS NOT NULL
    ) WHERE kept_e4 <> counted_e4 OR kept_credit_e4 <> credit_e4 OR kept_written_e4 <> written_e4 OR kept_on IS NOT "on"
    LIMIT ${mostNamed}`,
  )
  const from = sql`invoices WHERE organization_id = ${organizationId} AND issued_at IS NOT NULL`
  return { checked: await count(db, from), differences: rows.flatMap(settledInWords) }
}

const settledInWords = (it: Settled): string[] => {
  const name = `invoice ${it.number ?? ''}`
  const pairs = [
    [`Paid on ${name}`, { kept: it.keptE4, counted: it.countedE4 }],
    [`Credited on ${name}`, { kept: it.keptCreditE4, counted: it.creditE4 }],
    [`Written off of ${name}`, { kept: it.keptWrittenE4, counted: it.writtenE4 }],
  ] as const
  const days =
    it.keptOn === it.on
      ? []
      : [
          `Invoice ${it.number ?? ''} is kept as settled on ${it.keptOn ?? 'no day'}, the payments give ${it.on ?? 'no day'}.`,
        ]
  return [...pairs.flatMap(([label, pair]) => (pair.kept === pair.counted ? [] : [says(label, pair)])), ...days]
}

type Used = { readonly number: string; readonly keptE4: Amount; readonly countedE4: Amount }

const checkPayments = async (db: Db, organizationId: string): Promise<Findings> => {
  const rows = await rawRows(
    db,
    sql<Used>`SELECT * FROM (
      SELECT p.number, p.allocated_e4 AS kept_e4,
        coalesce((SELECT sum(amount_e4) FROM payment_allocations WHERE payment_id = p.id), 0)
        + coalesce((SELECT sum(amount_e4) FROM refunds WHERE payment_id = p.id AND cancelled_on IS NULL), 0) AS counted_e4
      FROM payments p WHERE p.organization_id = ${organizationId}
    ) WHERE kept_e4 <> counted_e4 LIMIT ${mostNamed}`,
  )
  return {
    checked: await count(db, sql`payments WHERE organization_id = ${organizationId}`),
    differences: rows.map(({ number, keptE4, countedE4 }) =>
      says(`Allocated of payment ${number}`, { kept: keptE4, counted: countedE4 }),
    ),
  }
}

const checkCreditNotes = async (db: Db, organizationId: string): Promise<Findings> => {
  const rows = await rawRows(
    db,
    sql<Used>`SELECT * FROM (
      SELECT c.number, c.applied_e4 + c.refunded_e4 AS kept_e4,
        coalesce((SELECT sum(amount_e4) FROM credit_allocations WHERE credit_note_id = c.id), 0)
        + coalesce((SELECT sum(amount_e4) FROM refunds WHERE credit_note_id = c.id AND cancelled_on IS NULL), 0) AS counted_e4
      FROM credit_notes c WHERE c.organization_id = ${organizationId} AND c.issued_at IS NOT NULL
    ) WHERE kept_e4 <> counted_e4 LIMIT ${mostNamed}`,
  )
  const over = await rawRows(
    db,
    sql<Used>`SELECT i.number, i.total_e4 AS kept_e4, sum(c.total_e4) AS counted_e4
      FROM credit_notes c JOIN invoices i ON i.id = c.invoice_id
      WHERE c.organization_id = ${organizationId} AND c.issued_at IS NOT NULL AND c.voided_at IS NULL
      GROUP BY i.id HAVING sum(c.total_e4) > i.total_e4 LIMIT ${mostNamed}`,
  )
  return {
    checked: await count(db, sql`credit_notes WHERE organization_id = ${organizationId} AND issued_at IS NOT NULL`),
    differences: [
      ...rows.map(({ number, keptE4, countedE4 }) =>
        says(`Used of credit note ${number}`, { kept: keptE4, counted: countedE4 }),
      ),
      ...over.map(
        ({ number, keptE4, countedE4 }) =>
          `Invoice ${number} is of ${text(keptE4)}, and its credit notes give ${text(countedE4)} back.`,
      ),
    ],
  }
}

const checkQuotes = async (db: Db, organizationId: string): Promise<Findings> => {
  const rows = await rawRows(
    db,
    sql<Used>`SELECT * FROM (
      SELECT q.number, q.invoiced_e4 AS kept_e4,
        coalesce((SELECT sum(total_e4) FROM quote_invoices WHERE quote_id = q.id AND deleted_at IS NULL), 0) AS counted_e4
      FROM quotes q WHERE q.organization_id = ${organizationId} AND q.issued_at IS NOT NULL
    ) WHERE kept_e4 <> counted_e4 LIMIT ${mostNamed}`,
  )
  // An invoice that is gone stands for nothing: its share is left to invoice again.
  const gone = await rawRows(
    db,
    sql<{ number: string }>`SELECT q.number FROM quote_invoices c JOIN quotes q ON q.id = c.quote_id
      JOIN invoices i ON i.id = c.invoice_id
      WHERE c.organization_id = ${organizationId} AND c.deleted_at IS NULL
        AND (i.deleted_at IS NOT NULL OR i.voided_at IS NOT NULL) LIMIT ${mostNamed}`,
  )
  return {
    checked: await count(db, sql`quotes WHERE organization_id = ${organizationId} AND issued_at IS NOT NULL`),
    differences: [
      ...rows.map(({ number, keptE4, countedE4 }) =>
        says(`Invoiced of quote ${number}`, { kept: keptE4, counted: countedE4 }),
      ),
      ...gone.map(({ number }) => `Quote ${number} counts an invoice that is deleted or void.`),
    ],
  }
}

const balanceColumns = [
  ['billed_e4', 'Billed to'],
  ['paid_e4', 'Paid by'],
  ['open_e4', 'Open of'],
  ['credit_e4', 'Credit of'],
  ['credited_e4', 'Credited to'],
  ['written_off_e4', 'Written off for'],
  ['refunded_e4', 'Refunded to'],
] as const
const balanceCounts = [
  ['invoice_count', 'invoices'],
  ['settled_count', 'settled invoices'],
  ['settled_days', 'days to pay'],
] as const

type Summary = Readonly<Record<string, string | number | bigint | null>>

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
const asAmount = (value: Summary[string] | undefined) => (typeof value === 'bigint' ? value : 0n)

// Both sides in one list: a row that only one of them has differs in every figure that is not zero.
const compareSql = (
  kept: RawBuilder<unknown>,
  counted: RawBuilder<unknown>,
  keys: readonly string[],
  columns: readonly string[],
) => {
  const pairs = columns.map(
    (column) => `coalesce(k.${column}, 0) AS kept_${column}, coalesce(c.${column}, 0) AS counted_${column}`,
  )
  const differs = columns.map((column) => `coalesce(k.${column}, 0) <> coalesce(c.${column}, 0)`)
  const on = keys.map((key) => `k.${key} = c.${key}`)
  const names = keys.map((key) => `coalesce(k.${key}, c.${key}) AS ${key}`)
  return sql<Summary>`SELECT ${sql.raw([...names, ...pairs].join(', '))}
    FROM (${kept}) k FULL JOIN (${counted}) c ON ${sql.raw(on.join(' AND '))}
    WHERE ${sql.raw(differs.join(' OR '))} LIMIT ${mostNamed}`
}

const inWords = (row: Summary, columns: readonly (readonly [string, string])[], whose: string): string[] =>
  columns.flatMap(([column, label]) => {
    const kept = row[camel(`kept_${column}`)] ?? null
    const counted = row[camel(`counted_${column}`)] ?? null
    if (kept === counted) return []
    if (column.endsWith('_e4')) {
      // Columns that end in _e4 come as bigints from the driver.
      const pair = { kept: asAmount(kept) as Amount, counted: asAmount(counted) as Amount }
      return [says(`${label} ${whose}`, pair)]
    }
    return [`The number of ${label} of ${whose} is kept as ${kept ?? 0}, the rows give ${counted ?? 0}.`]
  })

const checkBalances = async (db: Db, organizationId: string): Promise<Findings> => {
  const kept = sql`SELECT * FROM client_balances WHERE organization_id = ${organizationId}`
  const columns = [...balanceColumns, ...balanceCounts]
  const rows = await rawRows(
    db,
    compareSql(
      kept,
      balancesFromRows(organizationId),
      ['client_id', 'currency'],
      columns.map(([column]) => column),
    ),
  )
  const differences: string[] = []
  for (const row of rows) {
    const client = await db
      .selectFrom('clients')
      .select('name')
      .where('id', '=', String(row['clientId']))
      .executeTakeFirst()
    differences.push(...inWords(row, columns, `${client?.name ?? 'a client'} in ${row['currency']}`))
  }
  return { checked: await count(db, sql`client_balances WHERE organization_id = ${organizationId}`), differences }
}

const monthColumns = [
  ['issued_base_e4', 'Issued in'],
  ['received_base_e4', 'Received in'],
  ['credited_base_e4', 'Credited in'],
  ['refunded_base_e4', 'Refunded in'],
  ['issued_count', 'issued invoices'],
] as const

const checkMonths = async (db: Db, organizationId: string): Promise<Findings> => {
  const kept = sql`SELECT * FROM monthly_totals WHERE organization_id = ${organizationId}`
  const rows = await rawRows(
    db,
    compareSql(
      kept,
      monthsFromRows(organizationId),
      ['month'],
      monthColumns.map(([column]) => column),
    ),
  )
  return {
    checked: await count(db, sql`monthly_totals WHERE organization_id = ${organizationId}`),
    differences: rows.flatMap((row) => inWords(row, monthColumns, String(row['month']))),
  }
}

const taxColumns = [
  ['taxable_e4', 'Taxable in'],
  ['tax_e4', 'Tax in'],
  ['documents', 'taxed documents'],
] as const

const checkTaxes = async (db: Db, organizationId: string): Promise<Findings> => {
  const kept = sql`SELECT * FROM tax_totals WHERE organization_id = ${organizationId}`
  const rows = await rawRows(
    db,
    compareSql(
      kept,
      totalsFromRows(organizationId),
      ['month', 'kind', 'name', 'category', 'rate_e6', 'treatment', 'place', 'buyer'],
      taxColumns.map(([column]) => column),
    ),
  )
  return {
    checked: await count(db, sql`tax_totals WHERE organization_id = ${organizationId}`),
    differences: rows.flatMap((row) => inWords(row, taxColumns, `${row['month']} of ${row['name']}`)),
  }
}

/** Recomputes every derived figure of an organization from its documents and says in words what differs. */
export const checkIntegrity = async (
  db: Db,
  organizationId: string,
): Promise<{ checked: number; differences: string[] }> => {
  const parts = [
    await checkInvoices(db, organizationId),
    await checkPayments(db, organizationId),
    await checkCreditNotes(db, organizationId),
    await checkQuotes(db, organizationId),
    await checkBalances(db, organizationId),
    await checkMonths(db, organizationId),
    await checkTaxes(db, organizationId),
  ]
  return {
    checked: parts.reduce((sum, part) => sum + part.checked, 0),
    differences: parts.flatMap((part) => part.differences),
  }
}

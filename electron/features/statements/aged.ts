import { type RawBuilder, sql } from 'kysely'
import type { Ageing } from '../../../shared/contract/statements.ts'
import { addDays } from '../../../shared/dates.ts'
import type { RoundingMode } from '../../../shared/documents/model.ts'
import { add, convert, negate } from '../../../shared/money/arithmetic.ts'
import { minorUnitsOf } from '../../../shared/money/currencies.ts'
import { type Amount, type ExchangeRate, zero } from '../../../shared/money/scaled.ts'
import type { Db } from '../../rpc/handles.ts'
import { rawRows } from '../raw-rows.ts'

export type AgedInput = {
  readonly organizationId: string
  readonly baseCurrency: string
  readonly roundingMode: RoundingMode
  readonly on: string
  readonly basis: 'due' | 'issued'
  readonly currency: string | null
  readonly clientId: string | null
}

type Scope = Pick<AgedInput, 'organizationId' | 'on' | 'currency' | 'clientId'>

const narrowed = (alias: 'i' | 'p' | 'c', { currency, clientId }: Scope): RawBuilder<unknown> => {
  const table = sql.ref(alias)
  const byCurrency = currency === null ? sql`` : sql`AND ${table}.currency = ${currency}`
  return clientId === null ? byCurrency : sql`${byCurrency} AND ${table}.client_id = ${clientId}`
}

/**
 * Every invoice that was open at the end of a day, with what was open of it then. `settled_on` is the last day that
 * settled it, so that what was settled by then is passed over without looking at its allocations.
 */
export const openOn = (scope: Scope): RawBuilder<unknown> => sql`
  SELECT i.id, i.number, i.client_id, i.client_name, i.currency, i.exchange_rate_e10, i.issued_on, i.due_on, i.payable_e4,
    i.payable_e4
    - (SELECT coalesce(sum(a.amount_e4), 0) FROM payment_allocations a WHERE a.invoice_id = i.id AND a.allocated_on <= ${scope.on})
    - (SELECT coalesce(sum(a.amount_e4), 0) FROM credit_allocations a WHERE a.invoice_id = i.id AND a.allocated_on <= ${scope.on})
    - (SELECT coalesce(sum(w.amount_e4), 0) FROM write_offs w WHERE w.invoice_id = i.id AND w.written_off_on <= ${scope.on})
    AS open_e4
  FROM invoices i
  WHERE i.organization_id = ${scope.organizationId} AND i.deleted_at IS NULL AND i.issued_at IS NOT NULL AND i.issued_on <= ${scope.on}
    AND (i.voided_on IS NULL OR i.voided_on > ${scope.on}) AND (i.settled_on IS NULL OR i.settled_on > ${scope.on})
    ${narrowed('i', scope)}`

// An allocation counts from the day on which both its halves exist: money in advance stays credit until the invoice.
const creditOn = (scope: Scope): RawBuilder<unknown> => sql`
  SELECT p.client_id, p.currency, p.exchange_rate_e10, p.amount_e4
    - (SELECT coalesce(sum(a.amount_e4), 0) FROM payment_allocations a JOIN invoices i ON i.id = a.invoice_id
        WHERE a.payment_id = p.id AND a.allocated_on <= ${scope.on} AND i.issued_on <= ${scope.on})
    - (SELECT coalesce(sum(r.amount_e4), 0) FROM refunds r WHERE r.payment_id = p.id AND r.refunded_on <= ${scope.on}
        AND (r.cancelled_on IS NULL OR r.cancelled_on > ${scope.on})) AS credit_e4
  FROM payments p
  WHERE p.organization_id = ${scope.organizationId} AND p.deleted_at IS NULL AND p.received_on <= ${scope.on}
    AND (p.status IN ('pending','cleared') OR p.status_on > ${scope.on}) ${narrowed('p', scope)}
    AND (p.allocated_e4 < p.amount_e4 OR p.refunded_e4 <> 0 OR EXISTS (SELECT 1 FROM payment_allocations a JOIN invoices i ON i.id = a.invoice_id
      WHERE a.payment_id = p.id AND (a.allocated_on > ${scope.on} OR i.issued_on > ${scope.on} OR a.reverses_id IS NOT NULL)))
  UNION ALL
  SELECT c.client_id, c.currency, c.exchange_rate_e10, c.payable_e4
    - (SELECT coalesce(sum(a.amount_e4), 0) FROM credit_allocations a JOIN invoices i ON i.id = a.invoice_id
        WHERE a.credit_note_id = c.id AND a.allocated_on <= ${scope.on} AND i.issued_on <= ${scope.on})
    - (SELECT coalesce(sum(r.amount_e4), 0) FROM refunds r WHERE r.credit_note_id = c.id AND r.refunded_on <= ${scope.on}
        AND (r.cancelled_on IS NULL OR r.cancelled_on > ${scope.on}))
  FROM credit_notes c
  WHERE c.organization_id = ${scope.organizationId} AND c.deleted_at IS NULL AND c.issued_at IS NOT NULL AND c.issued_on <= ${scope.on}
    AND (c.voided_on IS NULL OR c.voided_on > ${scope.on}) ${narrowed('c', scope)}`

type Group = {
  readonly clientId: string
  readonly currency: string
  readonly exchangeRateE10: ExchangeRate
  readonly invoiceCount: number
  readonly oldestDueOn: string | null
} & Omit<Ageing, 'balanceE4'>

const groupsOn = (db: Db, input: AgedInput): Promise<Group[]> => {
  const from = input.basis === 'due' ? sql`coalesce(due_on, issued_on)` : sql`issued_on`
  const [d0, d30, d60, d90] = [0, 30, 60, 90].map((days) => addDays(input.on, -days))
  return rawRows<Group>(
    db,
    // Read once and in the order of the table: to have it grouped, SQLite would walk through it by client.
    sql`WITH open_then AS MATERIALIZED (${openOn(input)})
    SELECT client_id, currency, exchange_rate_e10, sum(invoice_count) AS invoice_count, min(oldest_due_on) AS oldest_due_on,
      sum(not_due_e4) AS not_due_e4, sum(to30_e4) AS to30_e4, sum(to60_e4) AS to60_e4, sum(to90_e4) AS to90_e4,
      sum(over90_e4) AS over90_e4, sum(open_e4) AS open_e4, sum(credit_e4) AS credit_e4
    FROM (
      SELECT client_id, currency, exchange_rate_e10, count(*) AS invoice_count, min(due_on) AS oldest_due_on,
        sum(iif(${from} >= ${d0}, open_e4, 0)) AS not_due_e4,
        sum(iif(${from} < ${d0} AND ${from} >= ${d30}, open_e4, 0)) AS to30_e4,
        sum(iif(${from} < ${d30} AND ${from} >= ${d60}, open_e4, 0)) AS to60_e4,
        sum(iif(${from} < ${d60} AND ${from} >= ${d90}, open_e4, 0)) AS to90_e4,
        sum(iif(${from} < ${d90}, open_e4, 0)) AS over90_e4, sum(open_e4) AS open_e4, 0 AS credit_e4
      FROM open_then WHERE open_e4 > 0 GROUP BY client_id, currency, exchange_rate_e10
      UNION ALL
      SELECT client_id, currency, exchange_rate_e10, 0, NULL, 0, 0, 0, 0, 0, 0, -sum(open_e4)
      FROM open_then WHERE open_e4 < 0 GROUP BY client_id, currency, exchange_rate_e10
      UNION ALL
      SELECT client_id, currency, exchange_rate_e10, 0, NULL, 0, 0, 0, 0, 0, 0, sum(credit_e4)
      FROM (${creditOn(input)}) WHERE credit_e4 <> 0 GROUP BY client_id, currency, exchange_rate_e10
    ) GROUP BY client_id, currency, exchange_rate_e10`,
  )
}

const figures = ['notDueE4', 'to30E4', 'to60E4', 'to90E4', 'over90E4', 'openE4', 'creditE4', 'balanceE4'] as const

const nothing: Ageing = {
  notDueE4: zero,
  to30E4: zero,
  to60E4: zero,
  to90E4: zero,
  over90E4: zero,
  openE4: zero,
  creditE4: zero,
  balanceE4: zero,
}

const ageingOf = (values: (figure: (typeof figures)[number]) => Amount): Ageing => ({
  notDueE4: values('notDueE4'),
  to30E4: values('to30E4'),
  to60E4: values('to60E4'),
  to90E4: values('to90E4'),
  over90E4: values('over90E4'),
  openE4: values('openE4'),
  creditE4: values('creditE4'),
  balanceE4: values('balanceE4'),
})

const plus = (a: Ageing, b: Ageing): Ageing => ageingOf((figure) => add(a[figure], b[figure]))

type AgedRow = Ageing & {
  readonly clientId: string
  readonly currency: string
  readonly invoiceCount: number
  readonly oldestDueOn: string | null
  readonly baseBalanceE4: Amount
}

const earlier = (a: string | null, b: string | null) => (a === null || (b !== null && b < a) ? b : a)

/** What was owed at the end of a day, by client and currency, and all of it in the base currency at each document's rate. */
export const agedReceivables = async (db: Db, input: AgedInput) => {
  const baseUnits = minorUnitsOf(input.baseCurrency)
  const rows = new Map<string, AgedRow>()
  const totals = new Map<string, Ageing & { readonly currency: string; readonly invoiceCount: number }>()
  let base = nothing
  for (const group of await groupsOn(db, input)) {
    const ageing: Ageing = { ...group, balanceE4: add(group.openE4, negate(group.creditE4)) }
    const inBase = ageingOf((figure) => convert(ageing[figure], group.exchangeRateE10, baseUnits, input.roundingMode))
    base = plus(base, inBase)
    const key = `${group.clientId} ${group.currency}`
    const row = rows.get(key)
    rows.set(key, {
      ...(row === undefined ? ageing : plus(row, ageing)),
      clientId: group.clientId,
      currency: group.currency,
      invoiceCount: (row?.invoiceCount ?? 0) + group.invoiceCount,
      oldestDueOn: earlier(row?.oldestDueOn ?? null, group.oldestDueOn),
      baseBalanceE4: add(row?.baseBalanceE4 ?? zero, inBase.balanceE4),
    })
    const total = totals.get(group.currency)
    totals.set(group.currency, {
      ...(total === undefined ? ageing : plus(total, ageing)),
      currency: group.currency,
      invoiceCount: (total?.invoiceCount ?? 0) + group.invoiceCount,
    })
  }
  const names = await clientNames(db, input)
  return {
    rows: [...rows.values()]
      .map((row) => ({ ...row, clientName: names.get(row.clientId) ?? '' }))
      .sort((a, b) => (a.baseBalanceE4 < b.baseBalanceE4 ? 1 : a.baseBalanceE4 > b.baseBalanceE4 ? -1 : 0)),
    totals: [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    base,
  }
}

const clientNames = async (db: Db, { organizationId, clientId }: Scope) => {
  let query = db.selectFrom('clients').select(['id', 'name']).where('organizationId', '=', organizationId)
  if (clientId !== null) query = query.where('id', '=', clientId)
  return new Map((await query.execute()).map((client) => [client.id, client.name]))
}

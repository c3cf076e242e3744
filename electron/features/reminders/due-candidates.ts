import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../rpc/context.ts'
import { type Days, daySql, shifted } from '../../rpc/days.ts'
import { findAccount } from '../mail/account.ts'
import { rawRows } from '../raw-rows.ts'
import { type PlanInUse, plansInUse } from './plans.ts'

type Found = { readonly id: string; readonly dueOn: string; readonly clientName: string }
/** An open invoice whose reminder is due, with the plan that says so. */
export type Candidate = Found & { readonly plan: PlanInUse }

type Range = {
  readonly days: Days
  readonly after: { readonly dueOn: string; readonly id: string } | null
  readonly limit: number
}

type Scope = Range & { readonly organizationId: string; readonly hasAccount: boolean }

/**
 * Whether fewer steps are done than their days have come, for the invoice `row`. One look for all of them; the due date
 * is compared as text, so that an index answers and no date is reckoned for each invoice.
 */
const hasLiveStep = (plan: PlanInUse, today: Days, row: 'i' | 'x'): RawBuilder<boolean> => {
  const dueOn = sql.ref(`${row}.due_on`)
  const come = plan.steps.map(({ id, days }) => ({
    id,
    has: sql`${dueOn} <= ${daySql(shifted(today, -days), `${row}.branchId`)}`,
  }))
  const done = come.map(({ id, has }) => sql`(r.step_id = ${id} AND ${has})`)
  return sql`(SELECT count(*) FROM invoice_reminders r
    WHERE r.invoice_id = ${sql.ref(`${row}.id`)} AND (${sql.join(done, sql` OR `)}))
    < ${sql.join(
      come.map(({ has }) => sql`(${has})`),
      sql` + `,
    )}`
}

// What a plan sends by itself waits for nobody, unless there is no way to send it.
const waitsForSomebody = (plan: PlanInUse, hasAccount: boolean): RawBuilder<boolean> =>
  plan.isAutomatic && hasAccount
    ? sql`(c.email IS NULL AND NOT EXISTS (SELECT 1 FROM client_contacts t
        WHERE t.client_id = c.id AND t.email IS NOT NULL AND t.deleted_at IS NULL))`
    : sql`1`

const conditions = (plan: PlanInUse, { days: today, after, hasAccount, organizationId }: Scope, row: 'i' | 'x') => {
  const at = (column: string) => sql.ref(`${row}.${column}`)
  const earliest = Math.min(...plan.steps.map(({ days }) => days))
  const until = daySql(shifted(today, -earliest), `${row}.branchId`)
  return {
    // Also what the index of open invoices holds, so that only what is left is read.
    indexed: sql`${at('organization_id')} = ${organizationId} AND ${at('deleted_at')} IS NULL AND ${at('state')} = 'open'
      AND ${at('due_on')} <= ${until} AND ${at('open_e4')} >= ${plan.leastOpenE4}
      AND ${hasLiveStep(plan, today, row)}
      ${after === null ? sql`` : sql`AND (${at('due_on')}, ${at('id')}) > (${after.dueOn}, ${after.id})`}`,
    rest: sql`i.reminders_stopped_at IS NULL AND ${waitsForSomebody(plan, hasAccount)}`,
  }
}

const ofDefault = (db: Db, plan: PlanInUse, scope: Scope): Promise<Found[]> => {
  const { indexed, rest } = conditions(plan, scope, 'x')
  return rawRows<Found>(
    db,
    sql`SELECT i.id, i.due_on, i.client_name FROM (
        SELECT x.id, x.due_on FROM invoices x INDEXED BY invoices_open_due
        WHERE ${indexed} ORDER BY x.due_on, x.id) f
      CROSS JOIN invoices i ON i.id = f.id LEFT JOIN clients c ON c.id = i.client_id
      WHERE ${rest} AND NOT EXISTS (SELECT 1 FROM reminder_plans o WHERE o.id = c.reminder_plan_id
        AND o.deleted_at IS NULL AND o.id <> ${plan.id})
      ORDER BY f.due_on, f.id LIMIT ${scope.limit}`,
  )
}

const ofOwn = (db: Db, plan: PlanInUse, scope: Scope): Promise<Found[]> => {
  const { indexed, rest } = conditions(plan, scope, 'i')
  return rawRows<Found>(
    db,
    sql`SELECT i.id, i.due_on, i.client_name FROM clients c
      CROSS JOIN invoices i INDEXED BY invoices_open_client ON i.client_id = c.id
      WHERE c.organization_id = ${scope.organizationId} AND c.reminder_plan_id = ${plan.id} AND ${indexed} AND ${rest}
      ORDER BY i.due_on, i.id LIMIT ${scope.limit}`,
  )
}

const inOrder = (a: Candidate, b: Candidate) =>
  a.dueOn === b.dueOn ? (a.id < b.id ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1

/**
 * Open invoices with a reminder that is due and waits for a person, oldest due first: found in one statement for each
 * plan, as most open invoices have none and are not worth a look each.
 */
export const dueCandidates = async (db: Db, organizationId: string, range: Range): Promise<Candidate[]> => {
  const plans = await plansInUse(db, organizationId)
  if (plans.length === 0) return []
  const scope = { ...range, organizationId, hasAccount: (await findAccount(db, organizationId)) !== undefined }
  const found: Candidate[] = []
  for (const plan of plans) {
    const rows = await (plan.isDefault ? ofDefault : ofOwn)(db, plan, scope)
    found.push(...rows.map((row) => ({ ...row, plan })))
  }
  return found.sort(inOrder).slice(0, range.limit)
}

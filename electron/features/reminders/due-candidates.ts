import { type RawBuilder, sql } from 'kysely'
import { addDays } from '../../../shared/dates.ts'
import type { Db } from '../../rpc/context.ts'
import { rawRows } from '../raw-rows.ts'

type Candidate = { readonly id: string; readonly dueOn: string; readonly clientName: string }

type Range = {
  readonly today: string
  readonly after: { readonly dueOn: string; readonly id: string } | null
  readonly limit: number
}

const liveStep = (today: string): RawBuilder<boolean> => sql`EXISTS (SELECT 1 FROM reminder_steps s
  WHERE s.plan_id = p.id AND s.deleted_at IS NULL AND date(i.due_on, s.days || ' days') <= ${today}
    AND NOT EXISTS (SELECT 1 FROM invoice_reminders r WHERE r.invoice_id = i.id AND r.step_id = s.id))`

// What a plan sends by itself waits for nobody, unless there is no way to send it.
const waitsForSomebody = sql<boolean>`(p.is_automatic = 0
  OR NOT EXISTS (SELECT 1 FROM mail_accounts a WHERE a.organization_id = i.organization_id AND a.deleted_at IS NULL)
  OR (c.email IS NULL AND NOT EXISTS (SELECT 1 FROM client_contacts t
    WHERE t.client_id = c.id AND t.email IS NOT NULL AND t.deleted_at IS NULL)))`

/**
 * Open invoices with a reminder that is due and waits for a person, oldest due first: found in one statement, as most
 * open invoices have none and are not worth a look each.
 */
export const dueCandidates = async (db: Db, organizationId: string, range: Range): Promise<Candidate[]> => {
  const { today, after, limit } = range
  const { earliest } = await db
    .selectFrom('reminderSteps')
    .select(({ fn }) => fn.min('days').as('earliest'))
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow()
  if (earliest === null) return []
  const later = after === null ? sql`1` : sql`(i.due_on, i.id) > (${after.dueOn}, ${after.id})`
  return await rawRows<Candidate>(
    db,
    sql`SELECT i.id, i.due_on, i.client_name FROM invoices i
      LEFT JOIN clients c ON c.id = i.client_id
      JOIN reminder_plans p ON p.organization_id = i.organization_id AND p.deleted_at IS NULL AND p.id = coalesce(
        (SELECT o.id FROM reminder_plans o WHERE o.id = c.reminder_plan_id AND o.deleted_at IS NULL),
        (SELECT d.id FROM reminder_plans d
          WHERE d.organization_id = i.organization_id AND d.is_default = 1 AND d.deleted_at IS NULL))
      WHERE i.organization_id = ${organizationId} AND i.deleted_at IS NULL AND i.state = 'open'
        AND i.due_on <= ${addDays(today, -earliest)} AND ${later}
        AND i.reminders_stopped_at IS NULL AND i.open_e4 >= p.least_open_e4
        AND ${liveStep(today)} AND ${waitsForSomebody}
      ORDER BY i.due_on, i.id LIMIT ${limit}`,
  )
}

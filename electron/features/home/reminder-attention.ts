import { sql } from 'kysely'
import { addDays } from '../../../shared/dates.ts'
import type { Db } from '../../rpc/context.ts'
import { rawRows } from '../raw-rows.ts'
import type { Attention } from './attention-entry.ts'

/** More than this is said as such; nobody works through them one by one. */
const most = 500
const shownNames = 2

/** Invoices whose reminder is due and waits for a person: `reminders.due` counted in one statement. */
export const reminderAttention = async (db: Db, organizationId: string, today: string): Promise<Attention[]> => {
  const steps = await db
    .selectFrom('reminderSteps')
    .select(({ fn }) => fn.min('days').as('earliest'))
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow()
  if (steps.earliest === null) return []
  const rows = await rawRows<{ clientName: string }>(
    db,
    sql`SELECT i.client_name FROM invoices i
      LEFT JOIN clients c ON c.id = i.client_id
      JOIN reminder_plans p ON p.organization_id = i.organization_id AND p.deleted_at IS NULL AND p.id = coalesce(
        (SELECT o.id FROM reminder_plans o WHERE o.id = c.reminder_plan_id AND o.deleted_at IS NULL),
        (SELECT d.id FROM reminder_plans d WHERE d.organization_id = i.organization_id AND d.is_default = 1 AND d.deleted_at IS NULL))
      WHERE i.organization_id = ${organizationId} AND i.deleted_at IS NULL AND i.state = 'open'
        AND i.due_on <= ${addDays(today, -steps.earliest)} AND i.reminders_stopped_at IS NULL AND i.open_e4 >= p.least_open_e4
        AND EXISTS (SELECT 1 FROM reminder_steps s WHERE s.plan_id = p.id AND s.deleted_at IS NULL
          AND date(i.due_on, s.days || ' days') <= ${today}
          AND NOT EXISTS (SELECT 1 FROM invoice_reminders r WHERE r.invoice_id = i.id AND r.step_id = s.id))
        AND (p.is_automatic = 0
          OR NOT EXISTS (SELECT 1 FROM mail_accounts a WHERE a.organization_id = i.organization_id AND a.deleted_at IS NULL)
          OR (c.email IS NULL AND NOT EXISTS (SELECT 1 FROM client_contacts t
            WHERE t.client_id = c.id AND t.email IS NOT NULL AND t.deleted_at IS NULL)))
      ORDER BY i.due_on LIMIT ${most + 1}`,
  )
  if (rows.length === 0) return []
  const count = Math.min(rows.length, most)
  const said =
    rows.length > most ? `More than ${most} reminders are` : count === 1 ? '1 reminder is' : `${count} reminders are`
  const names = [...new Set(rows.map((row) => row.clientName))]
  const others = names.length - shownNames
  return [
    {
      kind: 'reminder',
      count,
      title: `${said} due`,
      detail:
        others > 0 && rows.length <= most
          ? `${names.slice(0, shownNames).join(', ')} and ${others} more`
          : `${names.slice(0, shownNames).join(', ')}${rows.length > most ? ' and others' : ''}`,
      route: '/reminders',
    },
  ]
}

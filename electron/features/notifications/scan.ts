import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { addDays } from '../../../shared/dates.ts'
import { alwaysToldKinds, type NotificationKind, notificationKinds } from '../../../shared/notification-kinds.ts'
import type { CommandContext, Db, Trx } from '../../rpc/context.ts'
import { type Days, daySql, daysAt } from '../../rpc/days.ts'
import { rawRows } from '../raw-rows.ts'
import { runSoon } from '../run-soon.ts'

/** The kind of job that looks for what wants to be seen. */
export const scanJob = 'notifications.scan'

// What is older was there before anybody asked to be told.
const daysBack = 30
const mostAtOnce = 500

type Found = {
  readonly kind: NotificationKind
  readonly entity: string
  readonly entityId: string
  readonly occurrence: string
  readonly data: string
  readonly happenedAt: string
}

type Moment = { readonly organizationId: string; readonly days: Days; readonly since: string }

const sources = ({ organizationId, days, since }: Moment): RawBuilder<unknown>[] => [
  sql`SELECT 'invoice-overdue' AS kind, 'invoice' AS entity, id AS entity_id, due_on AS occurrence,
      json_object('number', number, 'client', client_name, 'dueOn', due_on) AS data, due_on || 'T23:59:59.000Z' AS happened_at
    FROM invoices WHERE organization_id = ${organizationId} AND deleted_at IS NULL AND state = 'open' AND due_on < ${daySql(days)} AND due_on >= ${since}`,
  sql`SELECT CASE state WHEN 'failed' THEN 'mail-failed' ELSE 'mail-bounced' END, 'mail', id, state || ' ' || attempts,
      json_object('subject', subject, 'reason', last_error), updated_at
    FROM outbox_messages WHERE organization_id = ${organizationId} AND deleted_at IS NULL AND state IN ('failed','bounced') AND updated_at >= ${since}`,
  sql`SELECT 'recurring-made', 'invoice', r.invoice_id, r.period_on,
      json_object('name', s.name, 'client', s.client_name, 'number', i.number, 'on', r.period_on), r.created_at
    FROM recurring_runs r JOIN recurring_invoices s ON s.id = r.recurring_invoice_id JOIN invoices i ON i.id = r.invoice_id
    WHERE r.organization_id = ${organizationId} AND r.outcome = 'made' AND r.created_at >= ${since}`,
  sql`SELECT 'recurring-waiting', 'recurring-invoice', id, next_on, json_object('name', name, 'client', client_name, 'count', waiting), updated_at
    FROM recurring_invoices WHERE organization_id = ${organizationId} AND deleted_at IS NULL AND waiting > 0`,
  sql`SELECT 'recurring-problem', 'recurring-invoice', id, coalesce(next_on, '') || ' ' || problem,
      json_object('name', name, 'client', client_name, 'reason', problem), updated_at
    FROM recurring_invoices WHERE organization_id = ${organizationId} AND deleted_at IS NULL AND problem IS NOT NULL`,
  sql`SELECT 'quote-expired', 'quote', id, valid_until, json_object('number', number, 'client', client_name, 'on', valid_until),
      valid_until || 'T23:59:59.000Z'
    FROM quotes WHERE organization_id = ${organizationId} AND deleted_at IS NULL AND state = 'open' AND valid_until < ${daySql(days)} AND valid_until >= ${since}`,
  sql`SELECT 'follow-up-due', 'client', n.client_id, n.id, json_object('client', c.name, 'note', substr(n.content, 1, 120), 'on', n.follow_up_on),
      n.follow_up_on || 'T00:00:00.000Z'
    FROM client_notes n JOIN clients c ON c.id = n.client_id
    WHERE n.organization_id = ${organizationId} AND n.deleted_at IS NULL AND n.done_at IS NULL AND n.follow_up_on <= ${days.today} AND n.follow_up_on >= ${since}`,
]

const mutedSchema = z.array(z.enum(notificationKinds)).catch([])

/** The kinds that a business has muted; those that stand are told all the same. */
export const mutedKinds = async (db: Db | Trx, organizationId: string): Promise<NotificationKind[]> => {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('organizationId', '=', organizationId)
    .where('userId', 'is', null)
    .where('key', '=', 'notifications.muted')
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  const muted = row === undefined ? [] : mutedSchema.parse(JSON.parse(row.value))
  return muted.filter((kind) => !alwaysToldKinds.includes(kind))
}

/** Puts what happened since the last look into the inbox, each occurrence once; how many came in. */
export const scanForNotifications = async (context: CommandContext): Promise<number> => {
  const { trx, organizationId, now, zones } = context
  const days = daysAt(zones, now)
  const moment = { organizationId, days, since: addDays(days.today, -daysBack) }
  const muted = new Set(await mutedKinds(trx, organizationId))
  const found = await rawRows<Found>(
    trx,
    sql`SELECT kind, entity, entity_id, occurrence, data, happened_at FROM (${sql.join(sources(moment), sql` UNION ALL `)}) f
      WHERE NOT EXISTS (SELECT 1 FROM notifications n WHERE n.organization_id = ${organizationId} AND n.kind = f.kind
        AND n.entity_id = f.entity_id AND n.occurrence = f.occurrence)
      ORDER BY happened_at LIMIT ${mostAtOnce}`,
  )
  const wanted = found.filter(({ kind }) => !muted.has(kind))
  for (const notification of wanted) {
    await trx
      .insertInto('notifications')
      .values({ ...context.newRow(), ...notification, readAt: null })
      .execute()
  }
  return wanted.length
}

/** Has the inbox looked at now: after something that may belong there. */
export const askForScan = (context: CommandContext): Promise<void> => runSoon(context, scanJob, context.organizationId)

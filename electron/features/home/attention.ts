import { sql } from 'kysely'
import { daysBetween } from '../../../shared/dates.ts'
import { formatAmount } from '../../../shared/money/format.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import type { Permission } from '../../../shared/permissions.ts'
import { maySee } from '../../people/shown.ts'
import type { Caller, Db } from '../../rpc/context.ts'
import type { Days } from '../../rpc/days.ts'
import { rawRows } from '../raw-rows.ts'
import type { Attention } from './attention-entry.ts'
import { quoteAttention } from './quotes.ts'
import { recurringAttention } from './recurring-attention.ts'
import { reminderAttention } from './reminder-attention.ts'

type Organization = { readonly id: string; readonly language: string; readonly currency: string }
type Moment = {
  readonly today: string
  readonly days: Days
  readonly now: string
  readonly overdue: readonly {
    readonly currency: string
    readonly overdueE4: Amount
    readonly overdueCount: number
  }[]
}

const dayMilliseconds = 86_400_000
/** A draft untouched for longer than this has probably been forgotten. */
const draftDays = 7

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

const amounts = (rows: readonly { readonly currency: string; readonly amountE4: Amount }[], language: string) =>
  rows
    .filter((row) => row.amountE4 !== zero)
    .map((row) => formatAmount(row.amountE4, row.currency, language))
    .join(' + ')

const overdue = async (db: Db, { id, language }: Organization, { today, overdue }: Moment): Promise<Attention[]> => {
  const count = overdue.reduce((sum, row) => sum + row.overdueCount, 0)
  if (count === 0) return []
  const oldest = await db
    .selectFrom('invoices')
    .select('dueOn')
    .where('organizationId', '=', id)
    .where('deletedAt', 'is', null)
    .where('state', '=', 'open')
    .where('dueOn', 'is not', null)
    .orderBy('dueOn')
    .limit(1)
    .executeTakeFirst()
  const days = oldest?.dueOn ? daysBetween(oldest.dueOn, today) : 0
  const sum = amounts(
    overdue.map((row) => ({ currency: row.currency, amountE4: row.overdueE4 })),
    language,
  )
  return [
    {
      kind: 'overdue',
      count,
      title: `${plural(count, 'invoice is', 'invoices are')} overdue`,
      detail: `${sum}, the oldest by ${plural(days, 'day', 'days')}`,
      route: '/invoices?filter=overdue',
    },
  ]
}

const drafts = async (db: Db, { id }: Organization, { now }: Moment): Promise<Attention[]> => {
  const before = new Date(Date.parse(now) - draftDays * dayMilliseconds).toISOString()
  const { count } = await db
    .selectFrom('invoices')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('organizationId', '=', id)
    .where('deletedAt', 'is', null)
    .where('state', '=', 'draft')
    .where('updatedAt', '<', before)
    .executeTakeFirstOrThrow()
  if (count === 0) return []
  return [
    {
      kind: 'draft',
      count,
      title: `${plural(count, 'draft waits', 'drafts wait')} to be issued`,
      detail: `Not touched for more than ${draftDays} days`,
      route: '/invoices?filter=draft',
    },
  ]
}

const failedMail = async (db: Db, { id }: Organization): Promise<Attention[]> => {
  const rows = await db
    .selectFrom('outboxMessages')
    .select(['subject', 'lastError'])
    .where('organizationId', '=', id)
    .where('deletedAt', 'is', null)
    .where('state', 'in', ['failed', 'bounced'])
    // With the plus the few that failed are sorted; without it SQLite would walk through all messages in their order.
    .orderBy(sql`+created_at`, 'desc')
    .limit(1000)
    .execute()
  const [last] = rows
  if (last === undefined) return []
  return [
    {
      kind: 'mail-failed',
      count: rows.length,
      title: `${plural(rows.length, 'message was', 'messages were')} not delivered`,
      detail: last.lastError === null ? last.subject : `${last.subject}: ${last.lastError}`,
      route: '/outbox?state=failed',
    },
  ]
}

const followUps = async (db: Db, { id }: Organization, { today }: Moment): Promise<Attention[]> => {
  const rows = await db
    .selectFrom('clientNotes as n')
    .innerJoin('clients as c', 'c.id', 'n.clientId')
    .select(['c.id', 'c.name', 'n.content'])
    .where('n.organizationId', '=', id)
    .where('n.followUpOn', 'is not', null)
    .where('n.followUpOn', '<=', today)
    .where('n.doneAt', 'is', null)
    .where('n.deletedAt', 'is', null)
    .orderBy('n.followUpOn')
    .limit(1000)
    .execute()
  const [first] = rows
  if (first === undefined) return []
  return [
    {
      kind: 'follow-up',
      count: rows.length,
      title: `${plural(rows.length, 'follow-up is', 'follow-ups are')} due`,
      detail: `${first.name}: ${first.content.replace(/\s+/g, ' ').slice(0, 120)}`,
      route: `/clients/${first.id}`,
    },
  ]
}

const credit = async (db: Db, { id, language }: Organization): Promise<Attention[]> => {
  // The indexes hold what has something left and nothing else.
  const rows = await rawRows(
    db,
    sql<{ currency: string; amountE4: Amount; count: number; payments: number }>`SELECT currency,
        sum(credit_e4) AS amount_e4, count(DISTINCT client_id) AS count, sum(is_payment) AS payments FROM (
      SELECT currency, credit_e4, client_id, 1 AS is_payment FROM payments INDEXED BY payments_credit
      WHERE organization_id = ${id} AND deleted_at IS NULL AND credit_e4 > 0
      UNION ALL SELECT currency, credit_e4, client_id, 0 FROM credit_notes INDEXED BY credit_notes_credit
      WHERE organization_id = ${id} AND deleted_at IS NULL AND state = 'issued')
      GROUP BY currency ORDER BY currency`,
  )
  const count = rows.reduce((sum, row) => sum + row.count, 0)
  if (count === 0) return []
  return [
    {
      kind: 'credit',
      count,
      title: `${plural(count, 'client has', 'clients have')} credit`,
      detail: `${amounts(rows, language)} received or credited and not yet used for an invoice`,
      route: rows.some((row) => row.payments > 0) ? '/payments?withCredit=true' : '/credit-notes?filter=issued',
    },
  ]
}

const cheques = async (db: Db, { id, language }: Organization): Promise<Attention[]> => {
  const rows = await db
    .selectFrom('payments')
    .select(['currency', sql<Amount>`sum(amount_e4)`.as('amountE4'), sql<number>`count(*)`.as('count')])
    .where('organizationId', '=', id)
    .where('deletedAt', 'is', null)
    .where('status', '=', 'pending')
    .groupBy('currency')
    .orderBy('currency')
    .execute()
  const count = rows.reduce((sum, row) => sum + row.count, 0)
  if (count === 0) return []
  return [
    {
      kind: 'cheque',
      count,
      title: `${plural(count, 'payment has', 'payments have')} not cleared yet`,
      detail: amounts(rows, language),
      route: '/payments?status=pending',
    },
  ]
}

/** What a person should look at today, the most pressing first; of what their role includes. */
export const attentionOf = async (
  context: Pick<Caller, 'permissions'> & { readonly db: Db },
  organization: Organization,
  moment: Moment,
): Promise<Attention[]> => {
  const { db } = context
  const forWhom = async (needed: Permission, look: () => Promise<Attention[]>) =>
    maySee(context, needed) ? await look() : []
  const parts = [
    await overdue(db, organization, moment),
    await forWhom('mail.read', () => failedMail(db, organization)),
    await reminderAttention(db, organization.id, moment.days),
    await forWhom('recurring.read', () => recurringAttention(db, organization.id)),
    await forWhom('clients.read', () => followUps(db, organization, moment)),
    await forWhom('quotes.read', () => quoteAttention(db, organization, moment)),
    await forWhom('payments.read', () => cheques(db, organization)),
    await forWhom('payments.read', () => credit(db, organization)),
    await drafts(db, organization, moment),
  ]
  return parts.flat()
}

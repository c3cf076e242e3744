import type { Db } from '../../rpc/context.ts'
import type { Days } from '../../rpc/days.ts'
import { dueCandidates } from '../reminders/due-candidates.ts'
import type { Attention } from './attention-entry.ts'

/** More than this is said as such; nobody works through them one by one. */
const most = 500
const shownNames = 2

const titleOf = (count: number) => {
  if (count > most) return `More than ${most} reminders are due`
  return count === 1 ? '1 reminder is due' : `${count} reminders are due`
}

/** Invoices whose reminder is due and waits for a person. */
export const reminderAttention = async (db: Db, organizationId: string, days: Days): Promise<Attention[]> => {
  const rows = await dueCandidates(db, organizationId, { days, after: null, limit: most + 1 })
  if (rows.length === 0) return []
  const names = [...new Set(rows.map((row) => row.clientName))]
  const others = names.length - shownNames
  const more = rows.length > most ? ' and others' : others > 0 ? ` and ${others} more` : ''
  return [
    {
      kind: 'reminder',
      count: Math.min(rows.length, most),
      title: titleOf(rows.length),
      detail: `${names.slice(0, shownNames).join(', ')}${more}`,
      route: '/reminders',
    },
  ]
}

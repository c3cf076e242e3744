import type { Db } from '../../rpc/context.ts'
import type { Attention } from './attention-entry.ts'

const shownNames = 3

const named = (names: readonly string[]) =>
  names.length > shownNames
    ? `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} more`
    : names.join(', ')

/** Schedules that ask something: periods that came due while nothing ran, and those that could not be made. */
export const recurringAttention = async (db: Db, organizationId: string): Promise<Attention[]> => {
  const rows = await db
    .selectFrom('recurringInvoices')
    .select(['id', 'name', 'waiting', 'problem'])
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where('state', '=', 'active')
    .where(({ eb, or }) => or([eb('waiting', '>', 0), eb('problem', 'is not', null)]))
    .orderBy('nextOn')
    .limit(200)
    .execute()
  const failed = rows.filter((row) => row.problem !== null)
  const waiting = rows.filter((row) => row.problem === null)
  const [broken] = failed
  const missed = waiting.reduce((count, row) => count + row.waiting, 0)
  const found: Attention[] = []
  if (broken !== undefined) {
    found.push({
      kind: 'recurring-problem',
      count: failed.length,
      title:
        failed.length === 1
          ? `${broken.name}, which repeats, needs you`
          : `${failed.length} recurring invoices need you`,
      detail: failed.length === 1 ? (broken.problem ?? '') : named(failed.map(({ name }) => name)),
      route: failed.length === 1 ? `/recurring/${broken.id}` : '/recurring',
    })
  }
  if (missed > 0) {
    found.push({
      kind: 'recurring',
      count: missed,
      title: `${missed === 1 ? '1 recurring invoice waits' : `${missed} recurring invoices wait`} for your decision`,
      detail: `Nothing is made of them until you say so: ${named(waiting.map(({ name }) => name))}`,
      route: '/recurring?state=waiting',
    })
  }
  return found
}
